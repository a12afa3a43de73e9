"""Breaks the program on purpose, and looks whether it keeps what it promises. Prints a line for each trial; ends with 1 if one failed."""
import argparse, http.server, os, pathlib, random, re, shutil, signal, subprocess, sys, tempfile, threading, time

parser = argparse.ArgumentParser()
parser.add_argument("--long", action="store_true")
parser.add_argument("program", nargs="?", default="target/debug/offprint")
options = parser.parse_args()
PROGRAM = str(pathlib.Path(options.program).resolve())
TODAY = "2025-06-01"
random.seed(7)
failures = 0


def run(site, *arguments, **more):
    return subprocess.run([PROGRAM, *arguments], cwd=site, capture_output=True, text=True, stdin=subprocess.DEVNULL, timeout=300, **more)


def start(site, *arguments, **more):
    return subprocess.Popen([PROGRAM, *arguments], cwd=site, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, stdin=subprocess.DEVNULL, **more)


def entry(number):
    return f"## Lamps {number}\n\n(Ada Wick)\nhttps://arxiv.org/abs/2503.{number:05}v1\n\n> They dim.\n\nText {number}. #lamps\n"


def make(site, days=12, backwards=False):
    (site / "content").mkdir(parents=True)
    add = f'add = {{ service = "http://127.0.0.1:{arxiv.server_port}/api", pause = 0, timeout = 5 }}\n'
    (site / "config.toml").write_text(f'title = "Lamps"\nbase_url = "https://lamps.example/notes/"\n{add}')
    numbers = range(1, days + 1)
    for day in reversed(numbers) if backwards else numbers:
        (site / f"content/2025-03-{day:02}.md").write_text("\n".join(entry(day * 10 + at) for at in range(3)))
    return site


class Arxiv(http.server.BaseHTTPRequestHandler):
    """Answers like the API of arXiv: it has every paper."""

    def do_GET(self):
        ids = re.search("id_list=([^&]*)", self.path).group(1).split(",")
        papers = "".join(f"<entry><id>http://arxiv.org/abs/{one}v1</id><title>Lamps {one}</title><published>2025-03-10T00:00:00Z</published>"
                         f"<summary>They dim.</summary><author><name>Ada Wick</name></author></entry>" for one in ids)
        self.send_response(200)
        self.end_headers()
        self.wfile.write(f'<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom">{papers}</feed>'.encode())

    def log_message(self, *_): pass


arxiv = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Arxiv)
arxiv.handle_error = lambda *_: None
threading.Thread(target=arxiv.serve_forever, daemon=True).start()


def tree(folder):
    return {str(p.relative_to(folder)): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file() and ".git" not in p.parts}


def leavings(site):
    # A lock outlives its process as an empty file, until the next command that takes it.
    return [str(p.relative_to(site)) for p in site.rglob(".*offprint-*") if not p.name.endswith("-lock")]


def told(name, trials, bad, note=""):
    global failures
    failures += bool(bad)
    print(f"{'ok    ' if not bad else 'FAILED'} {name}: {trials} trials{', ' + note if note else ''}{': ' + str(bad[:3]) if bad else ''}", flush=True)


def kill(process, longest):
    time.sleep(random.uniform(0, longest))
    process.send_signal(signal.SIGKILL)
    process.wait()


def kills_of_build(folder, trials):
    site = make(folder / "kills")
    digest = site / "content/2025-03-12.md"
    texts = [digest.read_text(), digest.read_text() + "\n" + entry(999)]
    whole = []
    for text in texts:
        digest.write_text(text)
        begun = time.time()
        assert run(site, "build", "--today", TODAY).returncode == 0
        longest = (time.time() - begun) * 1.1
        whole.append(tree(site / "public"))
    bad, now = [], 1
    for trial in range(trials):
        digest.write_text(texts[trial % 2])
        kill(start(site, "build", "--today", TODAY), longest)
        seen = tree(site / "public")
        if seen not in whole: bad.append(f"trial {trial}: neither site")
    digest.write_text(texts[0])
    last = run(site, "build", "--today", TODAY)
    if last.returncode or tree(site / "public") != whole[0] or leavings(site): bad.append(("the next build", last.stderr, leavings(site)))
    told("build killed: old site or new, and the next build works", trials, bad)


def kills_of_edits(folder, trials):
    for name, arguments in [("import", ["import", "markdown", "../list.md", "--date", "2025-03-12", "--force"]), ("check --fix", ["check", "--fix", "--yes", "--today", TODAY]), ("new", ["new", "2025-05-01"]), ("add", ["add", "2503.00500", "--refresh", "--date", "2025-03-12"])]:
        site = make(folder / f"kills-{arguments[0]}", days=4)
        (folder / "list.md").write_text(entry(77) * 40)
        odd = entry(5).replace("abs/", "pdf/")
        before = {p.name: p.read_text() for p in (site / "content").iterdir()}
        target = site / ("content/2025-05-01.md" if name == "new" else "content/2025-03-12.md")
        first = None if name == "new" else odd
        def reset():
            target.unlink(missing_ok=True)
            if first is not None: target.write_text(first)
        reset()
        begun = time.time(); run(site, *arguments); longest = (time.time() - begun) * 1.1
        after, bad = target.read_text(), []
        for trial in range(trials):
            reset()
            kill(start(site, *arguments), longest)
            seen = target.read_text() if target.exists() else None
            if seen not in (first, after): bad.append(f"trial {trial}")
            if any((site / "content" / other).read_text() != text for other, text in before.items()): bad.append(f"trial {trial}: another text")
        run(site, "build", "--today", TODAY)
        if leavings(site): bad.append(leavings(site))
        told(f"{name} killed: old text or new, and nothing left after a build", trials, bad)


def git(folder, *arguments):
    return subprocess.run(["git", "-c", "user.name=A", "-c", "user.email=a@b.c", *arguments], cwd=folder, check=True, capture_output=True, text=True).stdout


def kills_of_publish(folder, trials):
    if not shutil.which("git"): return print("skipped publish killed: there is no git")
    site = make(folder / "publish", days=4)
    git(folder, "init", "-q", "--bare", "remote.git"); git(site, "init", "-q", "-b", "main")
    git(site, "remote", "add", "origin", "../remote.git"); git(site, "add", "."); git(site, "commit", "-qm", "x")
    digest, bad = site / "content/2025-03-04.md", []
    texts = [digest.read_text(), digest.read_text() + "\n" + entry(999)]
    whole = set()
    for text in texts:
        digest.write_text(text); begun = time.time(); said = run(site, "publish"); longest = (time.time() - begun) * 1.1
        assert said.returncode == 0, said.stderr
        whole.add(git(folder / "remote.git", "rev-parse", "gh-pages^{tree}"))
    for trial in range(trials):
        digest.write_text(texts[trial % 2])
        kill(start(site, "publish", start_new_session=True), longest)
        if git(folder / "remote.git", "rev-parse", "gh-pages^{tree}") not in whole: bad.append(f"trial {trial}")
    time.sleep(1)
    last = run(site, "publish")
    if last.returncode: bad.append(last.stderr)
    told("publish killed: the branch has the old site or the new, and the next publication works", trials, bad)


def full_disk(folder):
    disk = folder / "disk"; disk.mkdir()
    if os.geteuid() or subprocess.run(["mount", "-t", "tmpfs", "-o", "size=300k", "none", disk], capture_output=True).returncode:
        return print("skipped full disk: only root can mount one")
    try:
        site = make(folder / "full")
        said, bad = run(site, "build", "--output", str(disk / "public")), []
        if said.returncode != 1 or "free some space" not in said.stderr: bad.append(said.stderr)
        if list(disk.iterdir()): bad.append(list(disk.iterdir()))
        told("a full disk is called one, and nothing is left on it", 1, bad)
        subprocess.run(["mount", "-o", "remount,size=50m", disk], check=True)
        bad = []
        for _ in range(2):
            said = run(site, "build", "--today", TODAY, "--output", str(disk))
            if said.returncode or "file-by-file" not in said.stderr: bad.append(said.stderr)
        run(site, "build", "--today", TODAY)
        if tree(disk) != tree(site / "public") or leavings(disk): bad.append("another site")
        told("a mount is written into, and holds the same site", 2, bad)
        subprocess.run(["mount", "-o", "remount,ro", disk], check=True)
        said = run(site, "build", "--output", str(disk))
        told("a disk that is mounted read-only is called that", 1, [said.stderr] if said.returncode != 1 or "mounted" not in said.stderr else [])
    finally:
        subprocess.run(["umount", disk])


def denied(folder):
    if not os.geteuid() and not shutil.which("setpriv"): return print("skipped permissions: root may write everywhere, and there is no setpriv")
    site, bad = make(folder / "denied"), []
    (site / "public").mkdir()
    for path in [folder, *folder.parents]:
        if path != pathlib.Path("/") and not os.access(path, os.X_OK): return print("skipped permissions: the folder cannot be reached")
    as_user = ["setpriv", "--reuid=65534", "--regid=65534", "--clear-groups"] if not os.geteuid() else []
    os.chmod(folder, 0o755); os.chmod(site, 0o555); os.chmod(site / "public", 0o777)
    if as_user: os.chown(site / "public", 65534, 65534)
    program = folder / "offprint"; shutil.copy(PROGRAM, program); os.chmod(program, 0o755)
    for _ in range(2):
        said = subprocess.run([*as_user, program, "build", "--today", TODAY], cwd=site, capture_output=True, text=True, env={**os.environ, "HOME": "/nonexistent"})
        if said.returncode or "file-by-file" not in said.stderr: bad.append(said.stderr)
    os.chmod(site / "public", 0o555)
    if as_user: os.chown(site / "public", 0, 0)
    said = subprocess.run([*as_user, program, "build"], cwd=site, capture_output=True, text=True)
    if said.returncode != 1 or "permission" not in said.stderr: bad.append(said.stderr)
    os.chmod(site, 0o755); os.chmod(site / "public", 0o755)
    told("a folder beside which nothing can be written is written into; one that cannot be is told", 3, bad)


def at_once(folder, many):
    site = make(folder / "once")
    assert run(site, "build", "--today", TODAY).returncode == 0
    whole, bad = tree(site / "public"), []
    builds = [start(site, "build", "--today", TODAY) for _ in range(many)]
    while any(build.poll() is None for build in builds):
        if tree_or_none(site / "public") not in (whole, None): bad.append("another site in between")
    if any(build.returncode for build in builds) or tree(site / "public") != whole or leavings(site): bad.append(leavings(site))
    told("builds into one folder at once", many, bad)
    for number in range(many): (folder / f"list-{number}.md").write_text(entry(500 + number))
    imports = [start(site, "import", "markdown", f"../list-{number}.md", "--date", "2025-04-01") for number in range(many)]
    wrote = [number for number, one in enumerate(imports) if one.wait() == 0]
    texts = "".join(p.read_text() for p in (site / "content").iterdir())
    lost = [number for number in wrote if f"Lamps {500 + number}\n" not in texts]
    told("imports at once: what was said to be written is there", many, lost, f"{len(wrote)} wrote, the others were refused")
    adds = [start(site, "add", f"2504.{number:05}", "--date", "2025-03-12") for number in range(many)]
    wrote = [number for number, one in enumerate(adds) if one.wait() == 0]
    text = (site / "content/2025-03-12.md").read_text()
    lost = [number for number in wrote if text.count(f"## Lamps 2504.{number:05}\n") != 1]
    if len(wrote) != many or entry(120) not in text or leavings(site): lost.append((len(wrote), leavings(site)))
    told("papers added to one digest at once: all are there, each once", many, lost)


def tree_or_none(folder):
    # Reading a folder while it is swapped may find half of each: only a quiet look counts.
    try:
        before = os.stat(folder).st_ino; seen = tree(folder)
        return seen if os.stat(folder).st_ino == before else None
    except OSError: return None


def equal_bytes(folder, long):
    trees, bad, trials = [], [], 0
    for backwards in (False, True):
        for threads in ("1", "2", "7") if long else ("1", "4"):
            for zone in ("UTC", "Asia/Seoul", "Pacific/Kiritimati") if long else ("Pacific/Kiritimati",):
                for locale in ("C", "tr_TR.UTF-8", "ko_KR.UTF-8") if long else ("tr_TR.UTF-8",):
                    site = make(folder / f"equal-{trials}", backwards=backwards)
                    environment = {**os.environ, "RAYON_NUM_THREADS": threads, "TZ": zone, "LANG": locale, "LC_ALL": locale}
                    said = run(site, "build", "--today", TODAY, env=environment)
                    trees.append(tree(site / "public")); trials += 1
                    if said.returncode or trees[-1] != trees[0]: bad.append((threads, zone, locale, backwards))
                    shutil.rmtree(site)
    told("threads, zones, locales and orders of making: equal bytes", trials, bad)


with tempfile.TemporaryDirectory() as name:
    folder, long = pathlib.Path(name), options.long
    os.environ.update(XDG_CACHE_HOME=str(folder / "cache"), NO_PROXY="127.0.0.1", no_proxy="127.0.0.1")
    kills_of_build(folder, 500 if long else 10)
    kills_of_edits(folder, 200 if long else 6)
    kills_of_publish(folder, 200 if long else 5)
    full_disk(folder)
    denied(folder)
    at_once(folder, 12 if long else 5)
    equal_bytes(folder, long)
print("failed" if failures else "all as promised", f"({failures})" if failures else "")
sys.exit(bool(failures))
