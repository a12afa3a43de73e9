# What the crate, and the context of the container, must hold: every file that the source embeds.
python3 - <<'END'
import pathlib, re, subprocess
packed = set(subprocess.run(["cargo", "package", "--list", "--locked", "--allow-dirty"], check=True, capture_output=True,
                            text=True).stdout.splitlines())
kept = [line[1:] for line in pathlib.Path(".dockerignore").read_text().splitlines() if line.startswith("!")]
here = pathlib.Path().resolve()
embedded = set()
for source in pathlib.Path("src").rglob("*.rs"):
    code = source.read_text().split("#[cfg(test)]")[0]
    for name in re.findall(r'include_(?:str|bytes)!\(\s*"([^"]+)"', code):
        embedded.add((source.parent / name).resolve().relative_to(here))
    for name in re.findall(r'include_dir!\(\s*"\$CARGO_MANIFEST_DIR/([^"]+)"', code):
        embedded |= {path for path in pathlib.Path(name).rglob("*") if path.is_file()}
assert len(embedded) > 100, embedded
for path in sorted(embedded):
    assert str(path) in packed, f"{path} is embedded, and `include` in Cargo.toml leaves it out of the crate"
    assert any(path.is_relative_to(top) for top in kept), f"{path} is embedded, and .dockerignore leaves it out"
print(f"{len(embedded)} embedded files are in the crate and in the context of the container")
END
