#!/bin/sh
# Puts the released program offprint into a folder of yours, after comparing its checksum. Nothing else is touched.
#
#   OFFPRINT_VERSION  which release, such as 0.2.0; the latest where it is not set
#   OFFPRINT_DIR      the folder; ~/.local/bin where it is not set
#   OFFPRINT_FROM     another address or folder that holds the archives and SHA256SUMS
#
# Exit codes: 0 installed; 3 there is no such release for this machine; 1 anything else, and nothing was installed.
set -eu

say() { printf '%s\n' "$*"; }
fail() { code=$1; shift; printf 'install.sh: %s\n' "$*" >&2; exit "$code"; }
have() { command -v "$1" >/dev/null 2>&1; }

source="or build it from source: cargo install --locked offprint"

target() {
  case $(uname -m) in
    x86_64 | amd64) machine=x86_64 ;;
    aarch64 | arm64) machine=aarch64 ;;
    *) fail 3 "there are no releases for machines of type $(uname -m); $source" ;;
  esac
  case $(uname -s) in
    Linux) say "$machine-unknown-linux-musl" ;;
    Darwin) say "$machine-apple-darwin" ;;
    *) fail 3 "this script knows Linux and macOS, and this is $(uname -s); take the archive from $releases" ;;
  esac
}

# fetch NAME: brings a file of the release into the current folder.
fetch() {
  case $from in
    http://* | https://*)
      if have curl; then curl -fsSL --retry 3 -o "$1" "$from/$1"
      elif have wget; then wget -q -O "$1" "$from/$1"
      else fail 1 "this needs curl or wget"
      fi ;;
    *) cp "$from/$1" "$1" ;;
  esac
}

sum() {
  if have sha256sum; then sha256sum "$1"
  elif have shasum; then shasum -a 256 "$1"
  else fail 1 "this needs sha256sum or shasum, to see whether the archive came through whole"
  fi | cut -d ' ' -f 1
}

# All of it is a function, called on the last line: a script that was cut short on its way does nothing.
main() {
  releases=https://github.com/offprint/offprint/releases
  version=${OFFPRINT_VERSION:-}
  version=${version#v}
  if [ -n "$version" ]; then from=$releases/download/v$version; else from=$releases/latest/download; fi
  from=${OFFPRINT_FROM:-$from}
  from=${from%/}
  to=${OFFPRINT_DIR:-${HOME:?}/.local/bin}
  target=$(target)

  mkdir -p "$to"
  to=$(cd "$to" && pwd)
  # Beside its place, so that the last step is a change of name: a program that runs is never half replaced.
  work=$(mktemp -d "$to/.offprint-XXXXXX")
  trap 'rm -rf "$work"' EXIT
  trap 'exit 1' HUP INT TERM
  cd "$work"

  fetch SHA256SUMS || fail 3 "there is no release ${version:-yet} at $from; $source"
  # A line is a checksum, two spaces, and the archive's name: offprint-VERSION-TARGET.tar.gz.
  line=$(grep -E "^[0-9a-f]{64}  offprint-${version:-[0-9][0-9A-Za-z.+-]*}-$target\.tar\.gz$" SHA256SUMS | head -n 1)
  [ -n "$line" ] || fail 3 "the release has no archive for $target; $source"
  wanted=${line%% *}
  archive=${line##* }
  fetch "$archive" || fail 1 "$archive could not be fetched from $from"
  got=$(sum "$archive")
  [ "$got" = "$wanted" ] ||
    fail 1 "$archive has the checksum $got, not $wanted: it did not come through whole, or is not what was released"
  tar -xzf "$archive"
  ./"${archive%.tar.gz}"/offprint --version >/dev/null || fail 1 "$archive holds no program that runs here"
  mv -f "${archive%.tar.gz}/offprint" "$to/offprint"

  say "installed $("$to/offprint" --version) as $to/offprint"
  case :$PATH: in
    *":$to:"*) ;;
    *) say "$to is not in your PATH yet: add it, or call $to/offprint" ;;
  esac
}

main
