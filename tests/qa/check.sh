#!/usr/bin/env bash
# check.sh SITE_DIR PUBLIC_URL: every page check, offline, one line each; exit 1 if any failed.
# PUBLIC_URL is e.g. https://user.github.io/blog/; the site is served under its path. install.sh installs the tools.
set -u
site=$(realpath "$1"); url=$2
here=$(cd "$(dirname "$0")" && pwd)
export NODE_MODULES=${NODE_MODULES:-$here/tools/node_modules}
export PATH="$NODE_MODULES/.bin:$PATH"
base=$(node -p 'new URL(process.argv[1]).pathname' "$url") || exit 1
log=$(mktemp -d); trap 'rm -rf "$log"' EXIT
bad=0
step() {
  local name=$1 start=$SECONDS; shift
  if "$@" >"$log/$name" 2>&1; then echo "ok    $name $((SECONDS - start))s"
  else bad=1; echo "FAIL  $name $((SECONDS - start))s"; head -20 "$log/$name" | sed 's/^/      /'; fi
}
# Runs a checker on every file of a kind; a site without one has nothing to check there.
each() {
  local kind=$1; shift
  [ -z "$(find "$site" -name "*.$kind" -print -quit)" ] && return
  find "$site" -name "*.$kind" -print0 | xargs -0 "$@"
}
vnu() { java -jar "$NODE_MODULES/vnu-jar/build/dist/vnu.jar" --format gnu "$@"; }
export -f vnu
step nu-html vnu --skip-non-html --Werror "$site"
step nu-css each css bash -c 'vnu --css "$@"' vnu
step nu-svg each svg bash -c 'vnu --svg "$@"' vnu
step html-validate html-validate --config "$here/.htmlvalidate.json" --max-warnings 0 "$site/**/*.html"
step xml each xml xmllint --noout --nonet
step atom python3 "$here/feed_check.py" "$site" "$url"
step json-ld node "$here/jsonld_check.mjs" "$site"
step browser node "$here/qa.mjs" "$site" --base "$base" --site "$url"
exit $bad
