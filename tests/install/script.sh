# install.sh: from a folder and from a server, and never what is not what was released.
. tests/install/common.sh
folder=$1
target=$(here_target)
archive=offprint-$version-$target.tar.gz
release "$target" "$folder/dist"

install() { env -u OFFPRINT_VERSION HOME="$folder/home" OFFPRINT_FROM="$folder/dist" "$@" sh install.sh; }
# refused CODE WORDS SETTING…: the script ends with the code, says the words, and leaves nothing in the folder.
refused() {
  local wanted=$1 words=$2 code=0 said; shift 2
  said=$(install OFFPRINT_DIR="$folder/none" "$@" 2>&1) || code=$?
  [ "$code" = "$wanted" ] || wrong "the code is $code, not $wanted: $said"
  case $said in *"$words"*) ;; *) wrong "\"$words\" is not in: $said" ;; esac
  [ -z "$(ls -A "$folder/none")" ] || wrong "something was left behind: $(ls -A "$folder/none")"
}

install | grep -q "is not in your PATH" || wrong "it does not say that the folder is not in the path"
makes_a_site "$folder/home/.local/bin/offprint" "$folder/site"
[ "$(ls -A "$folder/home/.local/bin")" = offprint ] || wrong "more than the program was installed"
# Once more, over the one that is there, by version, into a folder with a space.
install OFFPRINT_VERSION="v$version" OFFPRINT_DIR="$folder/of mine" PATH="$folder/of mine:$PATH" >"$folder/said"
[ "$(wc -l <"$folder/said")" = 1 ] || wrong "a folder in the path is not said to be missing there: $(cat "$folder/said")"
install >/dev/null

# From a server on loopback, with curl and with wget.
python3 -u -m http.server --bind 127.0.0.1 --directory "$folder/dist" 0 >"$folder/log" 2>/dev/null & server=$!
trap 'kill "$server"' EXIT
for _ in $(seq 100); do grep -q port "$folder/log" && break; sleep 0.1; done
port=$(sed -n 's/.* port \([0-9]*\) .*/\1/p' "$folder/log")
mkdir "$folder/tools"
for tool in sh uname mkdir mktemp cut grep head sed tar gzip mv rm cp ls sha256sum wget dirname bash; do
  at=$(command -v "$tool") && ln -s "$at" "$folder/tools/$tool"
done
for path in "$PATH" "$folder/tools"; do
  rm -rf "$folder/served"
  install OFFPRINT_FROM="http://127.0.0.1:$port/" OFFPRINT_DIR="$folder/served" PATH="$path" >/dev/null
  makes_a_site "$folder/served/offprint" "$folder/served/site"
done
refused 3 "there is no release" OFFPRINT_FROM="http://127.0.0.1:$port/elsewhere"

refused 3 "no archive" OFFPRINT_VERSION=99.0.0
refused 3 "there is no release" OFFPRINT_FROM="$folder/nowhere"
printf '#!/bin/sh\n[ "$1" = -m ] && echo vax || echo Ultrix\n' >"$folder/tools/uname.odd"
chmod +x "$folder/tools/uname.odd" && mkdir "$folder/odd" && mv "$folder/tools/uname.odd" "$folder/odd/uname"
mkdir -p "$folder/none"
refused 3 "machines of type vax" PATH="$folder/odd:$PATH"
cp "$folder/dist/SHA256SUMS" "$folder/sums"
sed -i 's/^[0-9a-f]\{8\}/00000000/' "$folder/dist/SHA256SUMS"
refused 1 "it did not come through whole"
: >"$folder/dist/SHA256SUMS"
refused 3 "no archive"
cp "$folder/sums" "$folder/dist/SHA256SUMS"
head -c 1000 "$folder/dist/$archive" >"$folder/cut" && mv "$folder/cut" "$folder/dist/$archive"
refused 1 "it did not come through whole"
rm "$folder/dist/$archive"
refused 1 "could not be fetched"
# A script that came through only in part does nothing.
head -n -1 install.sh >"$folder/part.sh"
[ -z "$(HOME=$folder/home sh "$folder/part.sh")" ] || wrong "half of the script does something"
