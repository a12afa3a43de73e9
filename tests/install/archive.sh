# cargo binstall: what Cargo.toml says of the archives is what .github/pack makes, for every target of the release workflow.
. tests/install/common.sh
folder=$1

release "$(here_target)" "$folder/dist"
python3 - "$version" "$(here_target)" "$folder/dist" <<'END'
import re, sys, tarfile, tomllib
version, here, dist = sys.argv[1:]
package = tomllib.load(open("Cargo.toml", "rb"))["package"]
binstall = package["metadata"]["binstall"]
workflow = open(".github/workflows/release.yml").read()
targets = re.findall(r"target: ([\w-]+)", workflow)
pack = open(".github/pack").read()
name = re.search(r'^name="(.*)"$', pack, re.M).group(1)
endings = {"tgz": "tar.gz", "zip": "zip"}

def filled(text, target, ending):
    windows = "windows" in target
    values = {"name": package["name"], "bin": package["name"], "repo": package["repository"], "version": version,
              "target": target, "archive-suffix": "." + ending, "binary-ext": ".exe" if windows else ""}
    return re.sub(r"\{ ([\w-]+) \}", lambda found: values[found.group(1)], text)

assert here in targets, targets
assert set(binstall["overrides"]) <= set(targets), "an override for a target that is not released"
for target in targets:
    kind = binstall["overrides"].get(target, {}).get("pkg-fmt", binstall["pkg-fmt"])
    # `.tgz` and `.tar.gz` are one kind; binstall tries both endings.
    address = filled(binstall["pkg-url"], target, endings[kind])
    packed = name.replace("$version", version).replace("$target", target)
    packed += ".zip" if "windows" in target else ".tar.gz"
    wanted = f"{package['repository']}/releases/download/v{version}/{packed}"
    assert address == wanted, f"{address} is not {wanted}"
    if target == here:
        inside = filled(binstall["bin-dir"], target, endings[kind])
        assert inside in tarfile.open(f"{dist}/{packed}").getnames(), f"no {inside} in {packed}"
print(f"{len(targets)} archives are where binstall looks for them")
END
