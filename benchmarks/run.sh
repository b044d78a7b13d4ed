#!/bin/sh
# Builds and runs the JMH benchmarks, from any directory.
#   run.sh --quick [PATTERN]   one fork, short iterations, the smallest size of each benchmark: a look, not a measurement
#   run.sh [PATTERN]           three forks and all sizes: hours for all, minutes for one; PATTERN picks, for example Ledger
# Further arguments after -- go to JMH. Writes benchmarks/target/results/jmh-TIME.json with CPU, JDK, flags and commit.
set -eu
self=$0
while [ -h "$self" ]; do
    target=$(readlink "$self")
    case $target in /*) self=$target ;; *) self=$(dirname "$self")/$target ;; esac
done
here=$(CDPATH= cd -- "$(dirname -- "$self")" && pwd -P)

mode=full
pattern=.
while [ $# -gt 0 ]; do
    case $1 in
        --quick) mode=quick ;;
        --) shift; break ;;
        -h | --help) sed -n '2,5s/^# \{0,1\}//p' "$here/run.sh"; exit 0 ;;
        -*) echo "run.sh: unknown option $1; see --help" >&2; exit 2 ;;
        *) pattern=$1 ;;
    esac
    shift
done

flags="-Xmx1g -XX:+UseSerialGC"
quick=""
if [ "$mode" = quick ]; then
    quick="-f 1 -wi 2 -w 300ms -i 3 -r 300ms -p n=365 -p order=1,1,1 -p rows=1000 -p events=1000 -p symbols=12 -p days=430 -p assets=3"
fi
results=$here/target/results
stem=$results/jmh-$(date -u +%Y%m%dT%H%M%SZ)
commit=$(git -C "$here" rev-parse --short HEAD 2>/dev/null || echo unknown)
git -C "$here" diff --quiet HEAD 2>/dev/null || commit=$commit-modified

mkdir -p "$results"
# shellcheck disable=SC2086 # options without spaces of their own
LAMA_BENCH_FLAGS="$flags" "$here/launch" org.openjdk.jmh.Main "$pattern" -prof gc -jvmArgs "$flags" $quick \
    -rf json -rff "$stem.raw.json" "$@"
LAMA_BENCH_BUILT=1 "$here/launch" org.lama.benchmarks.ResultsFile "$stem.raw.json" "$stem.json" "$mode" "$commit" "$flags"
rm -f "$stem.raw.json"
echo "results: $stem.json"
