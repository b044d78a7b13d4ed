@echo off
rem LAMA launcher for Windows: builds what it needs on first use, then runs the command line.
setlocal
set "HOME_DIR=%~dp0"
set "STAMP=%HOME_DIR%lama-backtest\target\class-path.txt"
if defined JAVA_HOME (set "JAVA=%JAVA_HOME%\bin\java.exe") else (set "JAVA=java")
if not exist "%STAMP%" (
    echo lama: building, first use ... 1>&2
    pushd "%HOME_DIR%"
    call mvn -q -B -DnoGates -Dgates.skip=true -DskipTests -pl lama-backtest -am package 1>&2 || (popd & exit /b 1)
    popd
)
set /p DEPENDENCIES=<"%STAMP%"
if not defined LAMA_HEAP set "LAMA_HEAP=1g"
set "CP=%HOME_DIR%lama-backtest\target\classes;%HOME_DIR%lama-models\target\classes;%HOME_DIR%datasets\target\classes;%HOME_DIR%lama-core\target\classes;%DEPENDENCIES%"
"%JAVA%" -Xmx%LAMA_HEAP% -cp "%CP%" org.lama.backtest.cli.Main %*
exit /b %ERRORLEVEL%
