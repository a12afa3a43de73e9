#!/usr/bin/env bash
# Installs what check.sh needs and is not there yet: a browser, Java, xmllint and Python from the system's packages
# (Debian, Ubuntu), the checkers and Node 22 from npm into tools/ beside this file, which git ignores.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
tools=$here/tools
# One version each, so that a new release of a checker never breaks a build that was fine.
npm_packages="node@22.23.3 vnu-jar@26.9.27 html-validate@11.18.0 axe-core@4.14.1 playwright-core@1.65.1
  schema-dts@2.1.0 typescript@5.9.3"

as_root() {
  if [ "$(id -u)" = 0 ]; then "$@"
  elif command -v sudo >/dev/null; then sudo "$@"
  else echo "install.sh: neither root nor sudo; install by hand: $missing" >&2; exit 1
  fi
}
missing=""
need() { command -v "$1" >/dev/null || missing="$missing $2"; }
need chromium chromium
need java default-jre-headless
need xmllint libxml2-utils
need python3 python3
need npm npm
need cc build-essential
# Without a font that has Hangul the browser measures boxes instead of text.
[ -n "$(find /usr/share/fonts -iname '*CJK*' -print -quit 2>/dev/null)" ] || missing="$missing fonts-noto-cjk"
if [ -n "$missing" ]; then
  export DEBIAN_FRONTEND=noninteractive
  as_root apt-get update -qq
  # shellcheck disable=SC2086
  as_root apt-get install -y -qq --no-install-recommends $missing >/dev/null
fi

# shellcheck disable=SC2086
wanted=$(echo $npm_packages)
if [ "$(cat "$tools/installed" 2>/dev/null)" != "$wanted" ]; then
  export PUPPETEER_SKIP_DOWNLOAD=1 PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD=1
  mkdir -p "$tools"
  [ -f "$tools/package.json" ] || echo '{ "private": true }' >"$tools/package.json"
  # shellcheck disable=SC2086
  npm install --prefix "$tools" --no-audit --no-fund --loglevel=error $npm_packages
  echo "$wanted" >"$tools/installed"
fi
