# What several ways share. Sourced by the scripts beside it, which run in the root of the repository.
version=$(sed -n 's/^version = "\(.*\)"$/\1/p' Cargo.toml | head -n 1)

# wrong WORDS…: the end of a try.
wrong() { echo "wrong: $*" >&2; exit 1; }

# makes_a_site PROGRAM FOLDER: the program begins a site in the folder and builds it.
makes_a_site() {
  [ "$("$1" --version)" = "offprint $version" ] || wrong "$1 says that it is $("$1" --version)"
  "$1" init "$2" --yes --quiet
  "$1" build --quiet --root "$2"
  [ -s "$2/public/index.html" ] || wrong "$1 built no page"
}

# release TARGET FOLDER: puts into the folder what a release holds for a target, with a script in the program's place
# that calls it: a program with all that debuggers need takes long to pack.
release() {
  mkdir -p "$2/stands-in"
  printf '#!/bin/sh\nexec "%s" "$@"\n' "$program" >"$2/stands-in/offprint"
  chmod +x "$2/stands-in/offprint"
  .github/pack "$1" "$2/stands-in" "$2"
  rm -r "$2/stands-in"
  cp install.sh "$2/"
  (cd "$2" && sha256sum -- offprint-* install.sh >SHA256SUMS)
}

here_target() { echo "$(uname -m)-unknown-linux-musl"; }
