#!/usr/bin/env bash
# Makes the environment of the notebooks and opens JupyterLab on the Java kernel.
#   notebooks/run.sh           open the first study; more arguments go to JupyterLab, such as --no-browser --port 8899
#   notebooks/run.sh --test    execute every notebook and fail if a cell fails (what the CI does)
#   notebooks/run.sh --build   only make the environment and the class path
# Anything after --test goes to pytest. Needs bash, JDK 17 or newer, Maven and Python 3.10 or newer with venv.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
root=$(dirname "$here")
venv=$here/.venv
class_path=$here/target/class-path.txt

die() { printf '%s\n' "notebooks/run.sh: $*" >&2; exit 1; }

need() { command -v "$1" >/dev/null 2>&1 || die "$1 not found; $2"; }

make_venv() {
    if ! cmp -s "$here/requirements.txt" "$venv/requirements.txt"; then
        need python3 "install Python 3.10 or newer"
        printf 'Making %s ...\n' "$venv" >&2
        python3 -m venv --clear "$venv" || die "python3 cannot make a virtual environment; install python3-venv"
        "$venv/bin/pip" install --quiet --disable-pip-version-check -r "$here/requirements.txt" \
            || die "pip could not install $here/requirements.txt"
        # No question about news in the way of the first look.
        mkdir -p "$venv/share/jupyter/lab/settings"
        printf '%s\n' '{"@jupyterlab/apputils-extension:notification":{"checkForUpdates":false,"fetchNews":"false"}}' \
            > "$venv/share/jupyter/lab/settings/overrides.json"
        # Written last: a set-up that was cut off starts again.
        cp "$here/requirements.txt" "$venv/requirements.txt"
    fi
}

stale() {
    [ ! -f "$class_path" ] && return 0
    [ -n "$(cd "$root" && find pom.xml lama-core lama-models lama-backtest datasets notebooks \
        -name target -prune -o -name .venv -prune -o \
        \( -name pom.xml -o -path '*/src/main/*' -type f \) -newer "$class_path" -print -quit)" ]
}

build() {
    if stale; then
        need mvn "install Maven 3.8.6 or newer"
        printf 'Building LAMA ...\n' >&2
        (cd "$root" && mvn -q -B -DnoGates -Dmaven.test.skip=true -Dgates.skip=true -pl notebooks -am package >&2) \
            || die "the build failed; see the lines above"
        # The plugin leaves an unchanged file alone; without this the next start would build again.
        touch "$class_path"
    fi
}

need java "install JDK 17 or newer"
make_venv
build
JJAVA_CLASSPATH=$here/target/classes:$(cat "$class_path")
export JJAVA_CLASSPATH
export PATH=$venv/bin:$PATH

case "${1:-}" in
    --build) ;;
    --test)
        shift
        cd "$here"
        # What was tried on this machine before is remembered in the home of who runs this, and no test may hang on it.
        LAMA_LEDGERS=$(mktemp -d)
        export LAMA_LEDGERS
        trap 'rm -rf "$LAMA_LEDGERS"' EXIT
        pytest -q -p no:cacheprovider --nbmake --nbmake-timeout=900 "$@" ./*.ipynb
        ;;
    -h | --help) sed -n '2,6s/^# \{0,1\}//p' "${BASH_SOURCE[0]}" ;;
    *)
        cd "$here"
        [ "$(id -u)" -eq 0 ] && set -- --allow-root "$@"
        exec jupyter lab --notebook-dir="$here" "$@" 01-walk-forward.ipynb
        ;;
esac
