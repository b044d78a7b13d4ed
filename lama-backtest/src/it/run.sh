#!/bin/sh
# Proves that programs need LAMA's two coordinates alone: installs LAMA into a repository of its own, then builds and tests
# from it (1) the consumer project beside this file and (2) a project that 'lama new' wrote. Needs the libraries in Maven's
# own repository, as any build of LAMA leaves them there; touches nothing outside lama-backtest/target/it.
set -eu
here=$(CDPATH= cd -- "$(dirname -- "$0")" && pwd -P)
home=$(CDPATH= cd -- "$here/../../.." && pwd -P)
scratch=$home/lama-backtest/target/it
libraries=${MAVEN_REPOSITORY:-$HOME/.m2/repository}

rm -rf "$scratch/consumer" "$scratch/Crossing" "$scratch/ledgers"
mkdir -p "$scratch"
# what was tried on this machine before is remembered in the home of who runs this, and no test may hang on it
export LAMA_LEDGERS="$scratch/ledgers"
[ -d "$scratch/repository" ] || cp -al "$libraries" "$scratch/repository" 2>/dev/null || cp -r "$libraries" "$scratch/repository"
rm -rf "$scratch/repository/io/github/lamatrading"
maven() { mvn -q -B -nsu "-Dmaven.repo.local=$scratch/repository" "$@"; }

maven -f "$home/pom.xml" -DnoGates -Dgates.skip=true -Dmaven.test.skip=true -pl lama-backtest -am install
cp -r "$here/consumer" "$scratch/consumer"
maven -f "$scratch/consumer/pom.xml" test
"$home/lama" new Crossing --in "$scratch"
maven -f "$scratch/Crossing/pom.xml" test
echo "consumer and new project: built and tested from the two coordinates"
