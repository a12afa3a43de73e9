#!/usr/bin/env bash
# tests/reliability/s3.sh [PROGRAM]: publishes to a server of S3 (moto, from PyPI) on this machine, as docs/reliability.md tells. Without
# PROGRAM it builds one with the feature s3. The server is installed once, below target/. What is missing is an error, never a pass.
set -eu
cd "$(dirname "$0")/../.."
moto=${MOTO_SERVER:-target/moto/bin/moto_server}
if [ ! -x "$moto" ]; then
  python3 -m venv target/moto
  target/moto/bin/pip install --quiet 'moto[server,s3]==5.2.5'
fi
if [ $# = 0 ]; then
  cargo build --locked --features s3
fi
exec python3 tests/reliability/s3.py "${1:-target/debug/offprint}" "$moto"
