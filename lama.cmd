@echo off
rem LAMA launcher for Windows: builds what it needs on first use, then runs the command line.
rem It does not notice changed sources: delete lama-backtest\target\class-path.txt to build again.
setlocal
set "HOME_DIR=%~dp0"
set "STAMP=%HOME_DIR%lama-backtest\target\class-path.txt"
set "ARGUMENT_FILE=%HOME_DIR%lama-backtest\target\lama.args"
if defined JAVA_HOME (set "JAVA=%JAVA_HOME%\bin\java.exe") else (set "JAVA=java")
"%JAVA%" -version >nul 2>&1 || (
    echo lama: no Java found. Install a JDK 17 or newer and put it on PATH, or set JAVA_HOME. 1>&2
    exit /b 2
)
rem Servers and SQL need libraries of more than 90 MB that most do not: set LAMA_FULL=1 to have them.
set "BUILD=-Dquick"
if defined LAMA_FULL set "BUILD=-Dfull"
if defined LAMA_FULL if exist "%STAMP%" (findstr /l duckdb "%STAMP%" >nul || del "%STAMP%")
if not exist "%STAMP%" (
    echo lama: building, first use ... 1>&2
    if exist "%ARGUMENT_FILE%" del "%ARGUMENT_FILE%"
    pushd "%HOME_DIR%"
    call mvn -q -B %BUILD% -DnoGates -Dgates.skip=true -Dmaven.test.skip=true -pl lama-backtest -am package 1>&2 || (popd & exit /b 1)
    popd
)
rem A class path is longer than a variable or a command line may be, so it goes through a file. Slashes, since backslashes
rem would need doubling there.
if not exist "%ARGUMENT_FILE%" (
    powershell -NoProfile -ExecutionPolicy Bypass -Command "$r = $env:HOME_DIR; $c = @('lama-backtest', 'lama-models', 'datasets', 'lama-core' | ForEach-Object { $r + $_ + '\target\classes' }) + (Get-Content $env:STAMP); [IO.File]::WriteAllText($env:ARGUMENT_FILE, '-cp ' + [char]34 + ($c -join ';').Replace('\', '/') + [char]34, [Text.Encoding]::Default)" || exit /b 1
)
if not defined LAMA_HEAP if "%~1"=="study" set "LAMA_HEAP=768m"
if not defined LAMA_HEAP if "%~1"=="calibrate" set "LAMA_HEAP=768m"
if not defined LAMA_HEAP if "%~1"=="rerun" set "LAMA_HEAP=768m"
if not defined LAMA_HEAP set "LAMA_HEAP=1g"
rem The dot keeps the closing quote from being escaped by the folder's last backslash.
"%JAVA%" -Xmx%LAMA_HEAP% "-Dlama.home=%HOME_DIR%." "@%ARGUMENT_FILE%" org.lama.backtest.cli.Main %*
exit /b %ERRORLEVEL%
