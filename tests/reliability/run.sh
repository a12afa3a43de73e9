#!/usr/bin/env bash
# tests/reliability/run.sh [--long] [PROGRAM]: kills, faults, several runs at once and other machines, as docs/reliability.md tells.
# Without --long a short form of under a minute. PROGRAM is target/debug/offprint where none is named.
set -eu
cd "$(dirname "$0")/../.."
exec python3 tests/reliability/run.py "$@"
