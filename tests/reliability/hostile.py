#!/usr/bin/env python3
"""Builds sites from hostile inputs and measures time and memory.

    hostile.py PROGRAM [NAME…]           every input at two sizes; prints the table of docs/reliability.md
    hostile.py PROGRAM --short [NAME…]   small sizes; prints only what fails

An input grows to twice its size from one run to the next, to eight times in the short form. Time and memory that grow with
it grow as much at most, beside what a run costs with nothing to read; what grows with the square grows twice as much, or
eight times. Seconds are those of the processor, so that another program on the machine changes little. A run fails where
it ends in another way than it should (a panic, a signal, a limit of time), where its time grew by more than half beyond
what its input did, or where its memory is over the bound: 40 times the input, beyond what a small site takes.
"""

import argparse
import concurrent.futures
import os
import pathlib
import resource
import struct
import subprocess
import sys
import tempfile
import threading
import zlib

# Folders as deep as what a hostile tag asks for must be removed again.
sys.setrecursionlimit(20000)

# What a small site takes, and what may be taken for each byte of input beyond that.
BASE = 160 << 20
TIMES = 40
SECONDS = int(os.environ.get("HOSTILE_SECONDS", "300"))
# What the time may grow by beyond what the input grows by, and seconds that prove nothing.
SLACK, NOISE = 1.5, 1.0

CONFIG = 'title = "Lamps"\nbase_url = "https://lamps.example/"\nlanguages = ["en"]\n'
HEAD = "## Lamps That Learn\n\n(Ada Wick)\nhttps://arxiv.org/abs/2503.90001\n\n"
DAY = "content/2025-03-12.md"


def day(text):
    """A site of one digest with one entry of this text."""
    return {DAY: HEAD + text + "\n"}


def repeated(piece):
    """A digest whose text is one piece, n times."""
    return lambda n: day(piece * n)


def numbered(form, between="\n\n"):
    return lambda n: day(between.join(form.format(i=i) for i in range(n)))


def chunk(name, content):
    body = name + content
    return struct.pack(">I", len(content)) + body + struct.pack(">I", zlib.crc32(body))


def png(width, height, profile=b"", mode=2, fill=None):
    """A picture, with this colour profile; `fill` stands for compressed rows of its own."""
    rows = fill if fill is not None else zlib.compress(bytes(height * (1 + width * 3)), 9)
    head = struct.pack(">IIBBBBB", width, height, 8, mode, 0, 0, 0)
    colours = chunk(b"iCCP", b"lamp\0\0" + profile) if profile else b""
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + colours + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


def deflated(size):
    """`size` zero bytes, deflated piece by piece."""
    packer = zlib.compressobj(9)
    piece = bytes(1 << 20)
    return b"".join(packer.compress(piece) for _ in range(size >> 20)) + packer.flush()


def pictured(picture):
    return {"content/lamp.png": picture, **day("![Lamp](lamp.png)")}


def pages(n):
    return {f"content/page-{i}.md": f"# Page {i}\n\nWords.\n" for i in range(n)}


def menu_of_folders(n):
    return {f"content/lamps/page-{i}.md": f"# Page {i}\n\nWords.\n" for i in range(n)}


def one_day(n):
    return {DAY: "".join(f"## Lamp {i}\n\n(Ada Wick)\nhttps://arxiv.org/abs/2503.{i:05}\n\nWords.\n\n" for i in range(n))}


def equal_titles(n):
    return {DAY: "".join(f"## Scaling laws for lamps{'!' * (i % 7)}\n\nWords {i}.\n\n" for i in range(n))}


def front(form):
    return lambda n: {DAY: "---\n" + "".join(form.format(i=i) + "\n" for i in range(n)) + "---\n\n" + HEAD + "Words.\n"}


def settings(form):
    return lambda n: {"config.toml": CONFIG + "".join(form.format(i=i) + "\n" for i in range(n)), **day("Words.")}


def metadata(form):
    return lambda n: {
        DAY: "## Lamps That Learn\n\n(Ada Wick)\n" + "".join(form.format(i=i) + "\n" for i in range(n)) + "\nWords.\n"
    }


def note(text):
    source = '[[sources]]\npath = "notes"\nformat = "notes"\n'
    return {"config.toml": CONFIG + source, "notes/250312 Lamps.md": text}


def bibliography(n):
    entry = "@article{{l{i}, title={{Lamp {i}}}, author={{Wick, Ada}}, year={{2025}}, urldate={{2025-03-12}}}}\n"
    source = '[[sources]]\npath = "library"\n'
    return {"config.toml": CONFIG + source, "library/lamps.bib": "".join(entry.format(i=i) for i in range(n))}


def source(name, form, head=""):
    """A source of one file with n items."""
    config = CONFIG + '[[sources]]\npath = "notes"\n'
    day = lambda i: f"2025-{i // 28 % 12 + 1:02}-{i % 28 + 1:02}"
    item = lambda i: form.format(i=i, id=f"{2001 + i // 9000 % 90}.{10000 + i % 9000}", day=day(i))
    return lambda n: {"config.toml": config, f"notes/{name}": head + "".join(map(item, range(n)))}


# Name, what makes the files of n, the larger n; and how a run may end where that is not 0.
INPUTS = [
    ("equal headings", numbered("### Notes\n\nLine {i}."), 8000),
    ("headings that count", lambda n: day("\n\n".join(f"### Notes-{i % 9}\n\nLine." for i in range(n))), 8000),
    ("different headings", numbered("### Notes {i}\n\nLine."), 8000),
    ("tags of an entry", lambda n: day("Words.\n\n" + " ".join(f"#tag{i}" for i in range(n))), 3000),
    ("tags of the front matter", front("tags{i}: x"), 3000, 1),
    ("tags of a site", lambda n: {f"content/2025-03-{1 + k:02}.md": HEAD.replace("90001", f"9{k:04}") + "Words.\n\n" + " ".join(f"#tag{k}x{i}" for i in range(n // 20)) for k in range(20)}, 6000),
    ("nested tags", lambda n: day("Words.\n\n" + "#" + "/".join(f"t{i}" for i in range(n))), 2000),
    ("authors", lambda n: {DAY: HEAD.replace("Ada Wick", ", ".join(f"Ada W. Wick{i}" for i in range(n))) + "Words.\n"}, 40000),
    ("equal authors", lambda n: {DAY: HEAD.replace("Ada Wick", ", ".join(["Ada Wick"] * n)) + "Words.\n"}, 40000),
    ("links of the metadata", metadata("https://lamps.example/paper/{i}"), 6000),
    ("lines of the metadata", metadata("key{i}: value"), 6000),
    ("unknown keys of the front matter", front("key{i}: value"), 6000),
    ("unknown keys of config.toml", settings("key{i} = 1"), 6000, 1),
    ("tags of config.toml", settings("[tag.t{i}]\nlabel = \"T\""), 3000),
    ("redirects of config.toml", lambda n: {"config.toml": CONFIG + "[redirects]\n" + "".join(f'"/old{i}/" = "/2025/03/12/"\n' for i in range(n)), **day("Words.")}, 4000),
    ("redirects that lead on", lambda n: {"config.toml": CONFIG + "[redirects]\n" + "".join(f'"/old{i}/" = "/old{i + 1}/"\n' for i in range(n)), **day("Words.")}, 400, 1),
    ("aliases", lambda n: {DAY: "---\naliases:\n" + "".join(f"  - old/{i}\n" for i in range(n)) + "---\n\n" + HEAD}, 4000),
    ("entries of a day", one_day, 4000),
    ("titles that differ in signs", equal_titles, 4000),
    ("pages in every menu", pages, 4000),
    ("pages in a folder", menu_of_folders, 4000),
    ("footnotes", lambda n: day("\n".join(f"Word[^{i}]." for i in range(n)) + "\n\n" + "\n".join(f"[^{i}]: Note." for i in range(n))), 6000),
    ("footnotes without a note", numbered("Word[^{i}]."), 6000),
    ("one footnote, named often", lambda n: day("Word[^1].\n" * n + "\n[^1]: Note."), 6000),
    ("reference links", lambda n: day(" ".join(f"[word][r{i}]" for i in range(n)) + "\n\n" + "\n".join(f"[r{i}]: https://lamps.example/{i}" for i in range(n))), 6000),
    ("links to parts of the text", numbered("[word](#part-{i})"), 6000),
    ("wikilinks", numbered("[[Lamp {i}]]", " "), 6000),
    ("wikilinks to one note", lambda n: day("[[Lamp]] " * n), 6000),
    ("mentions of papers", lambda n: day("\n\n".join(f"https://arxiv.org/abs/2504.{i:05}" for i in range(n))), 6000),
    ("columns of a table", lambda n: day("|" + "a|" * n + "\n|" + "-|" * n + "\n" + ("|" + "b|" * n + "\n") * 2), 6000),
    ("rows of a table that lack columns", lambda n: day("|" + "a|" * n + "\n|" + "-|" * n + "\n" + "|b|\n" * n), 1000),
    ("quotes in quotes", lambda n: day(">" * n + " Word."), 200000),
    ("lists in lists", lambda n: day("- " * n + "Word."), 20000),
    ("quotes and lists", lambda n: day("> - " * n + "Word."), 20000),
    ("lists by indentation", lambda n: day("\n".join("  " * i + "- Word." for i in range(n))), 1000),
    ("brackets", repeated("["), 400000),
    ("brackets of pictures", repeated("!["), 200000),
    ("links that never close", repeated("[a](b"), 400000),
    ("links in links", lambda n: day("[" * n + "a" + "](b)" * n), 40000),
    ("stars", repeated("*a **b "), 100000),
    ("stars that close nothing", repeated("a**b"), 100000),
    ("backticks", lambda n: day(" ".join("`" * (i % 600 + 1) for i in range(n))), 4000),
    ("dollars", repeated("$a "), 200000),
    ("dollars and letters", repeated("$$a"), 200000),
    ("braces in a formula", lambda n: day("$" + "{" * n + "}" * n + "$"), 20000),
    ("fractions in fractions", lambda n: day("$" + "\\frac{1}{" * n + "x" + "}" * n + "$"), 20000),
    ("formulas", repeated("$x_1^2$ "), 60000),
    ("HTML that never closes", repeated("<b>"), 100000),
    ("HTML comments that never close", repeated("<!-- "), 100000),
    ("HTML of different kinds", repeated("<div><p><i></div>"), 50000),
    ("attributes of HTML", lambda n: day("<b " + " ".join(f"a{i}=1" for i in range(n)) + ">x</b>"), 10000),
    ("entities", repeated("&amp;"), 200000),
    ("addresses", lambda n: day("https://lamps.example/" * n), 60000),
    ("brackets in addresses", lambda n: day("https://lamps.example/" + "(" * n), 200000),
    ("one long line", repeated("word "), 1000000),
    ("one long word", repeated("a"), 4000000),
    ("empty lines", repeated("\n"), 4000000),
    ("definitions", repeated("word\n: text\n\n"), 40000),
    ("code without end", repeated("```\n~~~\n"), 100000),
    ("quotes line by line", repeated("> > > > a\n"), 100000),
    ("lines that begin with quotes", repeated(">\n"), 400000),
    ("one emoji", repeated("👩‍👩‍👧‍👦"), 60000),
    ("letters that combine", lambda n: day("a" + "\u0301" * n), 400000),
    ("a title that never ends", lambda n: {DAY: "## " + "Lamp " * n + "\n\n(Ada Wick)\n\nWords.\n"}, 100000),
    ("empty titles", lambda n: {DAY: "## \n\nWords.\n\n" * n}, 2000),
    ("YAML in YAML", lambda n: {DAY: "---\nextra: " + "{a: " * n + "1" + "}" * n + "\n---\n\n" + HEAD}, 20000, 1),
    # Two brackets begin a wikilink, so that this is a text.
    ("brackets in YAML", lambda n: {DAY: "---\nextra: " + "[" * n + "]" * n + "\n---\n\n" + HEAD}, 20000),
    ("YAML that refers to itself", lambda n: {DAY: "---\na0: &a0 [x]\n" + "".join(f"a{i + 1}: &a{i + 1} [*a{i}, *a{i}, *a{i}, *a{i}]\n" for i in range(n)) + "---\n\n" + HEAD}, 40, 1),
    ("TOML in TOML", lambda n: {DAY: "+++\nextra = " + "[" * n + "]" * n + "\n+++\n\n" + HEAD}, 20000, 1),
    ("tables in TOML", lambda n: {DAY: "+++\n[" + ".".join(["a"] * n) + "]\n+++\n\n" + HEAD}, 20000, 1),
    ("comments of a note", lambda n: note("https://arxiv.org/abs/2503.90001\n\n" + "%% a\n\n" * n), 40000),
    ("comments of a line", lambda n: note("https://arxiv.org/abs/2503.90001\n\n" + "a %%b%% " * n), 200000),
    ("tags of a note", lambda n: note("https://arxiv.org/abs/2503.90001\n\nWords.\n\n" + "".join(f"#tag{i}\n" for i in range(n))), 3000),
    ("languages of a note", lambda n: note("https://arxiv.org/abs/2503.90001\n\n" + "<english>Words.</english>\n\n말.\n\n" * n), 10000),
    ("a bibliography", bibliography, 4000),
    ("rows of a list", source("list.md", "| {day} | Lamps of kind {i} | https://arxiv.org/abs/{id} | calm |\n", "| Date | Title | Link | Mood |\n|-|-|-|-|\n"), 4000),
    ("bullets of a list", source("list.md", "- [Lamps of kind {i}](https://arxiv.org/abs/{id}). Ada Wick, Bo Flame.\n", "# 2025-03-12\n\n"), 4000),
    ("records of RIS", source("lamps.ris", "TY  - JOUR\nTI  - Lamps of kind {i}\nAU  - Wick, Ada\nDO  - 10.5555/lamp.{i}\nER  -\n"), 4000),
    ("rows of CSV", source("lamps.csv", '"Lamps of kind {i}",https://arxiv.org/abs/{id},{day},calm\n', "Title,URL,Date,Mood\n"), 4000),
    ("quotes of CSV that never close", source("lamps.csv", '"Lamps","""', "Title,URL\n"), 100000),
    ("records of EndNote", source("lamps.xml", "<record><titles><title>Lamps of kind {i}</title></titles></record>\n", "<xml><records>\n"), 4000),
    ("days or months", source("list.md", "- 3/{i}/2025 1/2/2025: [Lamps {i}](https://arxiv.org/abs/{id})\n", "# Lamps\n\n"), 4000),
    ("paragraphs that alternate", lambda n: note("https://arxiv.org/abs/2503.90001\n\n*Lamps* (Ada Wick)\n\n" + "등불은 오래 기다린다.\n\nLamps wait for long.\n\n" * n), 20000),
    ("a colour profile that inflates", lambda n: pictured(png(1200, 800, deflated(n << 20))), 900),
    ("pixels that inflate", lambda n: pictured(png(n, n, fill=deflated(n * n * 3))), 8000),
    ("a picture of a wrong size", lambda n: pictured(png(n, n, fill=zlib.compress(b"\0"))), 60000),
    ("chunks of a picture", lambda n: pictured(png(900, 600)[:-12] + chunk(b"tEXt", b"a\0b") * n + chunk(b"IEND", b"")), 200000),
    ("20 MB of links that never close", lambda n: day("[a](b" * (n * 200000)), 20),
    ("20 MB of quotes", lambda n: day(">" * (n * 1000000)), 20),
    ("20 MB of quoted lines", lambda n: day(">\n" * (n * 500000)), 20),
    ("20 MB of brackets", lambda n: day("[" * (n * 1000000)), 20),
    ("20 MB of stars", lambda n: day("*a" * (n * 500000)), 20),
]

# What the short form makes of the larger size: its two sizes.
SHORTER = (64, 8)


def write(folder, files):
    size = 0
    files.setdefault("config.toml", CONFIG)
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        data = content if isinstance(content, bytes) else content.encode()
        path.write_bytes(data)
        size += len(data)
    return size


def run(program, folder):
    """Exit code (negative: a signal, None: the limit of time), seconds, bytes of memory at the peak, and what was said."""
    with tempfile.TemporaryFile() as said:
        process = subprocess.Popen([program, "--root", str(folder), "build"], stdout=said, stderr=said)
        alarm = threading.Timer(SECONDS, process.kill)
        alarm.start()
        _, status, used = os.wait4(process.pid, 0)
        late = not alarm.is_alive()
        alarm.cancel()
        seconds = used.ru_utime + used.ru_stime
        said.seek(0)
        code = None if late else os.waitstatus_to_exitcode(status)
        return code, seconds, used.ru_maxrss << 10, said.read().decode("utf-8", "replace")


def measure(program, make, n):
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        size = write(folder, make(n))
        return size, *run(program, folder)


def wrong(result, wanted):
    """Why a run is not as it should be."""
    size, code, seconds, memory, said = result
    if code is None:
        return f"took over {SECONDS} s"
    if code not in wanted:
        return f"ended with {code}: {said[-600:]}"
    if memory > BASE + TIMES * size:
        return f"took {memory >> 20} MiB for {size} bytes"
    return None


def grown(small, large, sizes):
    """Why two runs are not as they should be beside each other: `large` may take what `small` takes, times what it is larger."""
    # What every input begins with makes a small one larger than its number says.
    times = max(large[0] / small[0], sizes[1] / sizes[0])
    allowed = NOISE + small[2] * times * SLACK
    return f"{small[2]:.2f} s for {small[0]} bytes, {large[2]:.2f} s for {large[0]}" if large[2] > allowed else None


def measure_all(asked):
    """Each input with its results, small and large, two inputs at a time in the short form."""
    inputs = [one for one in INPUTS if not asked.names or one[0] in asked.names]
    if asked.short and not asked.names:
        inputs = [one for one in inputs if one[2] >= SHORTER[0]]
    def both(one):
        sizes = [max(one[2] // part, 1) for part in (SHORTER if asked.short else (2, 1))]
        return one, sizes, [measure(asked.program, one[1], n) for n in sizes]
    with concurrent.futures.ThreadPoolExecutor(2 if asked.short else 1) as pool:
        yield from pool.map(both, inputs)


def main():
    arguments = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    arguments.add_argument("program")
    arguments.add_argument("names", nargs="*")
    arguments.add_argument("--short", action="store_true")
    asked = arguments.parse_args()
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    failures = []
    if not asked.short:
        print("| input | n | bytes | seconds | MiB | 2n | bytes | seconds | MiB |")
        print("| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |")
    for (name, _, _, *ends), sizes, results in measure_all(asked):
        if not asked.short:
            cells = (f"{n:,} | {size:,} | {seconds:.2f} | {memory >> 20}" for n, (size, _, seconds, memory, _) in zip(sizes, results))
            print(f"| {name} | {' | '.join(cells)} |", flush=True)
        whys = [*(wrong(result, ends or [0]) for result in results), grown(*results, sizes)]
        failures += [f"{name}: {why}" for why in whys if why]
    for failure in failures:
        print(failure, file=sys.stderr)
    sys.exit(1 if failures else 0)


if __name__ == "__main__":
    main()
