# Dockerfile: its steps are run as written, in a folder in place of an image, and the program runs with that folder as its
# whole world. Needs root, as a build of an image has. PROFILE=dev compiles faster than what is released.
. tests/install/common.sh
folder=$1
[ "$(id -u)" = 0 ] || wrong "only root can run the steps of the Dockerfile"

# place PATH: where something of the image lies here; what the system brings lies where it says.
place() { case $1 in /source*) echo "$folder$1" ;; *) echo "$1" ;; esac; }
# context FOLDER: copies what .dockerignore lets through.
context() {
  sed -n 's/^!//p' .dockerignore | while IFS= read -r kept; do cp -r $kept "$1/"; done
}

stage=build at=$folder
mkdir -p "$folder/image"
while IFS= read -r line <&3; do
  read -r word rest <<<"$line"
  case $stage:$word in
    *:"#"* | *:) ;;
    *:FROM) case $rest in scratch) stage=image ;; *" AS build") ;; *) wrong "an unknown stage: $rest" ;; esac ;;
    build:ARG) name=${rest%%=*}; export "$name=${!name:-${rest#*=}}" ;;
    build:WORKDIR) at=$(place "$rest"); mkdir -p "$at" ;;
    build:RUN) echo "-- $rest"; (cd "$at" && sh -e -c "$rest") || wrong "the step failed" ;;
    build:COPY) [ "$rest" = ". ." ] || wrong "another COPY: $rest"; context "$at" ;;
    image:COPY)
      read -r from what to <<<"$rest"
      [ "$from" = --from=build ] || wrong "copied from elsewhere: $rest"
      mkdir -p "$folder/image$(dirname "$to")"
      cp -r "$(place "$what")" "$folder/image$to" ;;
    image:WORKDIR) mkdir -p "$folder/image$rest"; site=$rest ;;
    image:ENTRYPOINT) entry=$(sed 's/^\["\(.*\)"\]$/\1/' <<<"$rest") ;;
    *) wrong "a step that is not known here: $line" ;;
  esac
done 3<Dockerfile

inside() { chroot "$folder/image" "$entry" "$@"; }
[ "$(inside --version)" = "offprint $version" ] || wrong "it says that it is $(inside --version)"
inside init "$site/notes" --yes --quiet --timezone Asia/Seoul
inside build --quiet --root "$site/notes"
[ -s "$folder/image$site/notes/public/index.html" ] || wrong "no page was built"
echo "the image holds $(du -sm "$folder/image" | cut -f 1) MB, the program $(wc -c <"$folder/image$entry") bytes"
