"""Publishes to a real server of S3 on this machine, through a proxy that notes what is asked and breaks things on purpose.

tests/reliability/s3.py PROGRAM MOTO_SERVER; s3.sh finds both. Prints a line for each trial; ends with 1 if one failed."""
import http.client, http.server, json, os, pathlib, re, socket, subprocess, sys, tempfile, threading, time, urllib.parse

PROGRAM, MOTO = (str(pathlib.Path(path).resolve()) for path in sys.argv[1:3])
failures = 0


def told(name, bad, note=""):
    global failures
    failures += bool(bad)
    print(f"{'FAILED' if bad else 'ok    '} {name}{', ' + note if note else ''}{': ' + str(bad) if bad else ''}", flush=True)


# What is private is given to whoever signs; this server does not look at what is signed.
SIGNED = {"Authorization": "AWS4-HMAC-SHA256 Credential=ada/20250101/us-east-1/s3/aws4_request, SignedHeaders=host, Signature=0"}


def free_port():
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return one.getsockname()[1]


def ask(port, method, path, body=None, headers={}):
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    connection.request(method, path, body=body, headers=headers)
    answer = connection.getresponse()
    content = answer.read()
    connection.close()
    return answer.status, dict(answer.getheaders()), content


class Proxy(http.server.BaseHTTPRequestHandler):
    """Hands everything on; `fault` may answer in place of the store."""
    protocol_version = "HTTP/1.1"
    asked, fault, now, most = [], staticmethod(lambda method, key, count: None), 0, 0
    lock = threading.Lock()

    def serve(self):
        body = self.rfile.read(int(self.headers.get("content-length") or 0))
        key = urllib.parse.unquote(urllib.parse.urlsplit(self.path).path).split("/", 2)[-1]
        with Proxy.lock:
            Proxy.now += 1
            Proxy.most = max(Proxy.most, Proxy.now)
            count = sum(1 for method, one, _ in Proxy.asked if (method, one) == (self.command, key))
            fault = Proxy.fault(self.command, key, count)
            Proxy.asked.append((self.command, key, fault))
        try:
            if fault == "drop":
                self.close_connection = True
                return self.connection.shutdown(socket.SHUT_RDWR)
            if fault:
                status, headers, content = fault, {}, b""
            else:
                headers = {name: value for name, value in self.headers.items() if name.lower() != "connection"}
                status, headers, content = ask(store, self.command, self.path, body, headers)
        finally:
            with Proxy.lock:
                Proxy.now -= 1
        self.send_response(status)
        for name, value in headers.items():
            if name.lower() not in ("content-length", "transfer-encoding", "connection", "server", "date"):
                self.send_header(name, value)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(content)

    do_GET = do_PUT = do_DELETE = do_HEAD = do_POST = serve
    def log_message(self, *_): pass


def begin(fault=lambda method, key, count: None):
    Proxy.asked, Proxy.fault, Proxy.most = [], staticmethod(fault), 0


def publish(site, *more, to="s3://notes", env=None):
    keys = {"AWS_ACCESS_KEY_ID": "ada", "AWS_SECRET_ACCESS_KEY": "wick", "AWS_REGION": "us-east-1"} if env is None else env
    clean = {name: value for name, value in os.environ.items() if not name.startswith("AWS_")}
    command = [PROGRAM, "publish", "--to", to, "--endpoint", f"http://127.0.0.1:{proxy.server_port}", *more]
    return subprocess.run(command, cwd=site, capture_output=True, text=True, timeout=300, env=clean | keys)


def objects(bucket="notes"):
    found, token = {}, ""
    while True:
        query = "?list-type=2" + (f"&continuation-token={urllib.parse.quote(token)}" if token else "")
        text = ask(store, "GET", f"/{bucket}{query}")[2].decode()
        for key in re.findall("<Key>([^<]*)</Key>", text):
            found[key] = True
        more = re.search("<NextContinuationToken>([^<]*)<", text)
        if not more:
            return set(found)
        token = more.group(1)


def sent():
    return [key for method, key, fault in Proxy.asked if method == "PUT" and not fault]


def removed():
    return [key for method, key, fault in Proxy.asked if method == "DELETE" and not fault]


def tree(site):
    return {str(p.relative_to(site / "public")) for p in (site / "public").rglob("*") if p.is_file()}


def digest(site, day, papers):
    text = "\n".join(f"## Lamps {day} {one}\n\n(Ada Wick)\nhttps://arxiv.org/abs/2503.{day:02}{one:03}\n\n> They dim.\n\nText. #lamps\n" for one in range(papers))
    (site / f"content/2025-03-{day:02}.md").write_text(text)


def make(folder, name, days=4):
    site = folder / name
    (site / "content").mkdir(parents=True)
    (site / "config.toml").write_text('title = "Lamps"\nbase_url = "https://lamps.example/"\n')
    for day in range(1, days + 1):
        digest(site, day, 3)
    return site


def order(before):
    """What is wrong with the order of requests: new files, new pages, changed files, changed pages, removals."""
    def step(method, key):
        if method == "DELETE":
            return 4
        return (2 if key in before else 0) + key.endswith(".html")
    steps = [(step(method, key), key) for method, key, fault in Proxy.asked if method in ("PUT", "DELETE") and not fault and key != ".offprint"]
    return [(one, two) for one, two in zip(steps, steps[1:]) if two[0] < one[0]], {one for one, _ in steps}


def trials(folder):
    site = make(folder, "site")
    begin()
    first = publish(site, "--dry-run")
    told("a dry run sends nothing", [first.stderr] * (first.returncode or bool(sent()) or "added   index.html" not in first.stdout))

    begin()
    all_new = publish(site)
    there = tree(site)
    wrong = first.returncode or all_new.returncode or sorted(objects() ^ there) or order(set())[0]
    told("a site arrives whole", wrong and [all_new.stderr, wrong], f"{len(there)} files, at most {Proxy.most} at once")
    told("no more at once than asked for", [Proxy.most] if Proxy.most > 8 else [])

    bad = []
    hashed = next(name for name in sorted(there) if re.search(r"\.[0-9a-f]{8}\.css$", name))
    for key, kind, cache in [("index.html", "text/html; charset=utf-8", "max-age=0"), (hashed, "text/css; charset=utf-8", "immutable"),
                             ("papers.bib", "application/x-bibtex; charset=utf-8", "max-age=0"), ("feed.xml", "application/xml; charset=utf-8", "max-age=0")]:
        _, headers, content = ask(store, "GET", f"/notes/{key}", headers=SIGNED)
        headers = {name.lower(): value for name, value in headers.items()}
        if headers.get("content-type") != kind or cache not in headers.get("cache-control", "") or content != (site / "public" / key).read_bytes():
            bad.append((key, headers))
    told("types, cache headers and bytes are right", bad)

    begin()
    again = publish(site)
    told("the same site is not sent again", [again.stderr, Proxy.asked] if again.returncode or sent() or removed() or "this very site" not in again.stderr else [])

    before = objects()
    digest(site, 5, 3)
    (site / "content/2025-03-01.md").unlink()
    begin()
    changed = publish(site, "--format", "json")
    result = json.loads(changed.stdout.splitlines()[-1])["result"]
    wrong, steps = order(before)
    missing = sorted(objects() ^ tree(site))
    bad = [changed.stderr, wrong, steps, missing] if changed.returncode or wrong or missing or steps != {0, 1, 2, 3, 4} else []
    told("files before pages before removals", bad, f"{len(result['added'])} added, {len(result['changed'])} changed, {len(result['removed'])} removed")
    told("only what changed is sent", [len(sent())] if len(sent()) != len(result["added"]) + len(result["changed"]) + 1 else [], f"{len(sent())} of {len(tree(site))} files")

    before = objects()
    digest(site, 6, 3)
    (site / "content/2025-03-02.md").unlink()
    begin(lambda method, key, count: "drop" if method == "PUT" and len(sent()) >= 10 else None)
    broken = publish(site, "--retries", "0")
    kept = before - objects()
    told("a store that goes away stops it, and nothing is removed", [broken.stderr, kept] if broken.returncode != 1 or kept or removed() or "goes on where it stopped" not in broken.stderr else [])
    came = set(sent()) - {".offprint"}
    begin()
    resumed = publish(site)
    twice = came & set(sent())
    told("the next run goes on there", [resumed.stderr, twice] if resumed.returncode or twice or objects() ^ tree(site) else [], f"{len(came)} files were not sent again")

    digest(site, 7, 3)
    begin(lambda method, key, count: (503, "drop")[len(key) % 2] if method in ("PUT", "DELETE") and count == 0 else None)
    patient = publish(site)
    told("what fails once is tried again", [patient.stderr] if patient.returncode or objects() ^ tree(site) else [], f"{sum(1 for one in Proxy.asked if one[2])} failures")

    ask(store, "PUT", "/shared")
    ask(store, "PUT", "/shared/holiday.jpg", b"sea")
    begin()
    refused = publish(site, to="s3://shared")
    told("a bucket of somebody else is left alone", [refused.stderr] if refused.returncode != 1 or sent() or "holiday.jpg" not in refused.stderr else [])
    begin()
    beside = publish(site, to="s3://shared/notes/blog")
    wanted = {"holiday.jpg"} | {f"notes/blog/{name}" for name in tree(site)}
    told("a folder of it is fine", [beside.stderr, sorted(objects("shared") ^ wanted)[:3]] if beside.returncode or objects("shared") ^ wanted else [])

    begin()
    nobody = publish(site, env={})
    gone = publish(site, "--retries", "0", to="s3://no-such-bucket")
    told("no key and no bucket are told", [nobody.stderr, gone.stderr] if nobody.returncode != 1 or "AWS_ACCESS_KEY_ID" not in nobody.stderr or gone.returncode != 1 or "cannot be asked" not in gone.stderr else [])

    names = make(folder, "names", 1)
    (names / "content/등불 100% [a]+b.md").write_text("+++\ntitle = \"Lamps\"\n+++\n\nText.\n")
    (names / "static").mkdir()
    (names / "static/a b+c=d&e#f.txt").write_text("odd")
    ask(store, "PUT", "/odd")
    begin()
    odd = publish(names, to="s3://odd")
    has = {key.replace("&amp;", "&") for key in objects("odd")}
    again = publish(names, to="s3://odd")
    told("any name arrives and is found again", [odd.stderr, again.stderr, sorted(has ^ tree(names))] if odd.returncode or has ^ tree(names) or "this very site" not in again.stderr else [])

    many = make(folder, "many", 28)
    for day in range(1, 29):
        digest(many, day, 12)
    ask(store, "PUT", "/many")
    begin()
    started = time.monotonic()
    large = publish(many, "--parallel", "16", to="s3://many")
    took = time.monotonic() - started
    begin()
    again = publish(many, to="s3://many")
    told("lists of more than a thousand names", [large.stderr, again.stderr] if large.returncode or "this very site" not in again.stderr or objects("many") ^ tree(many) else [], f"{len(tree(many))} files in {took:.0f} s")


store = free_port()
server = subprocess.Popen([MOTO, "-H", "127.0.0.1", "-p", str(store)], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
proxy = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Proxy)
proxy.handle_error = lambda *_: None
threading.Thread(target=proxy.serve_forever, daemon=True).start()
try:
    for _ in range(600):
        try:
            ask(store, "PUT", "/notes")
            break
        except OSError:
            time.sleep(0.1)
    else:
        sys.exit("the server of S3 does not start")
    with tempfile.TemporaryDirectory() as folder:
        trials(pathlib.Path(folder))
finally:
    server.terminate()
    server.wait()
sys.exit(bool(failures))
