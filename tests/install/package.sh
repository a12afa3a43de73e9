# cargo install: the packaged crate is small, holds all that is embedded, and builds by itself.
. tests/install/common.sh
folder=$1
largest=3000000

CARGO_TARGET_DIR=$folder/packed cargo package --locked --no-verify --allow-dirty --quiet 2>&1 |
  { grep -v '^warning: ignoring test' || true; }
crate=$folder/packed/package/offprint-$version.crate
size=$(wc -c <"$crate")
[ "$size" -le $largest ] || wrong "the crate has $size bytes"
tar -xzf "$crate" -C "$folder"
inside=$folder/offprint-$version
git ls-files -z src themes | while IFS= read -r -d '' file; do
  [ ! -e "$file" ] || cmp -s "$file" "$inside/$file" || wrong "$file is not in the crate as it is here"
done
# The crates it needs are those of the build of this repository, so only the program itself is compiled; what that build
# made is put back in its place afterwards.
target=${CARGO_TARGET_DIR:-$PWD/target}
(cd "$inside" && CARGO_TARGET_DIR=$target cargo build --locked --quiet)
cp "$target/debug/offprint" "$folder/program"
cargo build --locked --quiet
makes_a_site "$folder/program" "$folder/site"
echo "the crate has $size bytes, and builds"
