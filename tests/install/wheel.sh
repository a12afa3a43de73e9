# A Python wheel: built as a release does, but unoptimised and without what only releases have, and installed in a
# virtual environment. Needs maturin from PyPI.
. tests/install/common.sh
folder=$1
python3 -m venv "$folder/tools"
"$folder/tools/bin/pip" install --quiet maturin==1.16.0 wheel==0.45.1
host=$(rustc -vV | sed -n 's/^host: //p')
PATH="$folder/tools/bin:$PATH" .github/wheel "$host" "$folder/dist" --profile dev --features cards
wheel=$(ls "$folder"/dist/offprint-"$version"-py3-none-*.whl)
python3 -m venv "$folder/clean"
"$folder/clean/bin/pip" install --quiet --no-index --no-deps "$wheel"
makes_a_site "$folder/clean/bin/offprint" "$folder/site"
"$folder/clean/bin/pip" uninstall --quiet --yes offprint
[ ! -e "$folder/clean/bin/offprint" ] || wrong "the program is still there after it was uninstalled"
# What the program is made of, for those who must know.
python3 - "$folder/dist" "$version" "$host" <<'END'
import json, pathlib, sys
bill = json.loads(pathlib.Path(sys.argv[1], f"offprint-{sys.argv[2]}-{sys.argv[3]}.cdx.json").read_text())
assert bill["bomFormat"] == "CycloneDX" and bill["metadata"]["component"]["version"] == sys.argv[2]
names = {part["name"] for part in bill["components"]}
assert {"tera", "pulldown-cmark"} <= names, "the bill of materials leaves crates out"
assert "divan" not in names, "the bill of materials lists what only tests use"
print(f"{len(names)} crates are in the bill of materials")
END
