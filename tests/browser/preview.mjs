// The preview in a real browser: what stays in place, what is loaded again, what is said.
// node tests/browser/preview.mjs PROGRAM; needs what tests/qa/install.sh installs.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { connect, createServer } from "node:net";
import { mkdtemp, mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import assert from "node:assert/strict";
import { chromium, executablePath, program } from "./chromium.mjs";

const root = await mkdtemp(join(tmpdir(), "offprint-browser-"));
// Long enough for a busy machine; nothing waits this long unless something is wrong.
const patience = 60_000;

const write = async (path, text) => {
  await mkdir(dirname(join(root, path)), { recursive: true });
  await writeFile(join(root, path), text);
};
const read = (path) => readFile(join(root, path), "utf8");
const edit = async (path, from, to) => write(path, (await read(path)).replace(from, to));

const config = `title = "Lamps"
base_url = "https://example.org/notes/"
languages = ["ko", "en"]
theme = "mine"
preview = { editor = "edit:{path}:{line}" }
`;
const filler = "오래 타는 등불에 대하여.\n\n".repeat(80);
await write("config.toml", config);
await write("content/2025-03-12.md", `## Inferring the Wick

(Ada Kerze)
https://arxiv.org/abs/2503.00101

> A flame knows its wick.

${filler}심지는 하나다.

::: en
There is one wick.
:::

#lamps

## Oil Without Lamps

(Ada Kerze)
https://arxiv.org/abs/2503.00102

기름만으로도 된다. ![](lamp.svg)

#oil
`);
await write("content/2025-03-14.md", "+++\ndraft = true\n+++\n\n## Lamps at Noon\n\n(Bo Licht)\nhttps://arxiv.org/abs/2503.00103\n\n낮에 켠 등불.\n\n#lamps\n");
const svg = (width) => `<svg xmlns="http://www.w3.org/2000/svg" width="40" height="20"><rect width="${width}" height="9"/></svg>`;
await write("content/lamp.svg", svg(9));
await write("themes/mine/theme.toml", 'name = "mine"\ntheme_api = 1\nextends = "offprint"\n');
await write("themes/mine/templates/partials/footer.html", "<footer>one</footer>\n");
await write("themes/mine/static/own.css", ":root { --own: 1 }\n");
await write("themes/mine/templates/base.html", '{% extends "parent/base.html" %}\n{% block head %}<link rel="stylesheet" href="{{ asset(path="own.css") }}">{% endblock head %}\n');
for (const name of ["date", "home"]) {
  await write(`themes/mine/templates/${name}.html`, `{% extends "parent/${name}.html" %}\n{% block head %}<link rel="stylesheet" href="{{ asset(path="own.css") }}">{% endblock head %}\n`);
}

const serve = async (port) => {
  const server = spawn(program, ["serve", "--root", root, "--port", String(port), "--drafts"], { stdio: ["ignore", "ignore", "pipe"] });
  let said = "";
  server.stderr.setEncoding("utf8");
  for await (const text of server.stderr) {
    said += text;
    const address = /serving at http:\/\/127\.0\.0\.1:(\d+)/.exec(said);
    if (address) {
      server.stderr.resume();
      return { server, port: Number(address[1]) };
    }
  }
  throw new Error(`it did not start: ${said}`);
};

let { server, port } = await serve(0);
const browser = await chromium.launch({ executablePath, args: ["--no-sandbox"] });
const origin = `http://127.0.0.1:${port}`;
const date = `${origin}/notes/2025/03/12/`;

const tests = [];
const test = (name, run) => tests.push([name, run]);
// A page that listens, with a mark that a reload would wipe out.
const open = async (url, options = {}) => {
  const context = await browser.newContext(options);
  const page = await context.newPage();
  page.setDefaultTimeout(patience);
  await visit(page, url);
  return page;
};
const visit = async (page, url) => {
  await page.goto(url);
  await page.waitForFunction(() => document.documentElement.dataset.offprint);
  await page.evaluate(() => (window.unloaded = "never"));
};
const stayed = (page) => page.evaluate(() => window.unloaded === "never");
const see = (page, text) => page.waitForFunction((text) => document.body.innerText.includes(text), text, { timeout: patience });
const holds = (page, text) => page.waitForFunction((text) => document.querySelector("main").textContent.includes(text), text, { timeout: patience });
const said = (page, kind) => page.evaluate((kind) => document.querySelector("offprint-preview")?.shadowRoot.querySelector(`.${kind}`)?.innerText ?? "", kind);
const until = async (what, holds) => {
  const start = Date.now();
  while (!(await holds())) {
    assert(Date.now() - start < patience, `${what}: not in ${patience} ms`);
    await new Promise((resume) => setTimeout(resume, 20));
  }
};

test("text changes in place: scroll, open details, the language and the focus stay", async () => {
  const page = await open(date);
  await page.evaluate(() => {
    document.querySelectorAll("main details").forEach((details) => (details.open = true));
    document.documentElement.dataset.reading = "ko";
    scrollTo({ top: 900, behavior: "instant" });
  });
  const before = await page.evaluate(() => [scrollY, document.querySelectorAll("main details[open]").length]);
  await edit("content/2025-03-12.md", "심지는 하나다.", "심지는 둘이다.");
  await holds(page, "심지는 둘이다.");
  const after = await page.evaluate(() => [scrollY, document.querySelectorAll("main details[open]").length]);
  assert.deepEqual(after, before);
  assert.equal(await page.evaluate(() => document.documentElement.dataset.reading), "ko");
  assert(await stayed(page));
  await edit("content/2025-03-12.md", "## Oil Without Lamps", "## Oil And No Lamps");
  await see(page, "Oil And No Lamps");
  await edit("content/2025-03-12.md", "기름만으로도 된다.", "기름만으로도 된다.\n\n새 문단.\n\n또 하나.");
  await see(page, "또 하나.");
  await edit("content/2025-03-12.md", "\n\n새 문단.\n\n또 하나.", "");
  await page.waitForFunction(() => !document.body.innerText.includes("새 문단."), null, { timeout: patience });
  assert(await stayed(page));
  const main = await page.evaluate(async () => {
    const now = new DOMParser().parseFromString(await (await fetch(location.href)).text(), "text/html").querySelector("main");
    const live = document.querySelector("main").cloneNode(true);
    for (const main of [now, live]) main.querySelectorAll("details").forEach((details) => details.removeAttribute("open"));
    // What scripts of the theme add for the reader.
    live.querySelectorAll("button.yours").forEach((button) => button.remove());
    live.querySelectorAll(".toc [aria-current]").forEach((link) => link.removeAttribute("aria-current"));
    return [live.outerHTML, now.outerHTML];
  });
  assert.equal(main[0], main[1]);
});

test("a style sheet is swapped in place", async () => {
  const page = await open(date);
  const own = () => page.evaluate(() => getComputedStyle(document.documentElement).getPropertyValue("--own").trim());
  assert.equal(await own(), "1");
  await write("themes/mine/static/own.css", ":root { --own: 2 }\n");
  await until("the style is new", async () => (await own()) === "2");
  assert.equal(await page.evaluate(() => document.querySelectorAll('link[href*="own."]').length), 1);
  assert(await stayed(page));
});

test("an image is shown anew", async () => {
  const page = await open(date);
  await write("content/lamp.svg", svg(30));
  await page.waitForFunction(() => [...document.images].some((image) => image.src.includes("offprint=")), null, { timeout: patience });
  assert(await stayed(page));
});

test("what stands around the text loads the page again, at the same place", async () => {
  const page = await open(date);
  await page.evaluate(() => scrollTo({ top: 700, behavior: "instant" }));
  await write("themes/mine/templates/partials/footer.html", "<footer>two</footer>\n");
  await see(page, "two");
  assert(!(await stayed(page)));
  await until("the place is kept", async () => (await page.evaluate(() => scrollY)) === 700);
});

test("mistakes lie over the last good page and go when they are put right", async () => {
  const page = await open(date);
  await write("config.toml", `titel = 1\n${config}`);
  await until("it is said", async () => /config\.toml:1:1/.test(await said(page, "errors")));
  await see(page, "Oil And No Lamps");
  const late = await open(`${origin}/notes/`);
  await until("it is said to who comes later", async () => /titel/.test(await said(late, "errors")));
  await write("config.toml", config);
  await until("it goes", async () => (await said(page, "errors")) === "" && (await said(late, "errors")) === "");
  assert(await stayed(page));
});

test("another page offers to go to what changed", async () => {
  const page = await open(`${origin}/notes/tags/`);
  await edit("content/2025-03-12.md", "기름만으로도", "기름 없이도");
  await until("it is offered", async () => /Oil And No Lamps/.test(await said(page, "note")));
  await page.locator("offprint-preview .note a").click();
  await page.waitForURL(`${date}#p-2503-00102`);
});

test("drafts are marked and sources are named, outside of what is built", async () => {
  const page = await open(`${origin}/notes/2025/03/14/`);
  await until("it is marked", async () => /draft/.test(await page.locator("offprint-mark").allInnerTexts().then(String)));
  const link = page.locator("offprint-preview .sources a").first();
  assert.match(await link.getAttribute("href"), /^edit:.*\/content\/2025-03-14\.md:5$/);
  await edit("content/2025-03-14.md", "낮에 켠", "밤에 켠");
  await see(page, "밤에 켠");
  await until("it is marked once again", async () => (await page.locator("offprint-mark").count()) === 1);
  assert(await stayed(page));
});

test("the site's sub-path is where it will be", async () => {
  const page = await open(`${origin}/`);
  assert.equal(page.url(), `${origin}/notes/`);
  await page.getByRole("link", { name: "Oil And No Lamps" }).first().click();
  await page.waitForURL(`${origin}/notes/papers/2503.00102/`);
});

test("a phone sees what is wrong without scrolling sideways", async () => {
  const page = await open(date, { viewport: { width: 360, height: 640 }, isMobile: true, hasTouch: true });
  await write("content/2025-03-15.md", `+++\ndate = "${"이천이십오년".repeat(30)}"\n+++\n`);
  await until("it is said", async () => (await said(page, "errors")).includes("2025-03-15.md"));
  assert(await page.evaluate(() => document.documentElement.scrollWidth <= 360), "it is as wide as the phone");
  await rm(join(root, "content/2025-03-15.md"));
  await until("it goes", async () => (await said(page, "errors")) === "");
});

// A browser allows six connections to a server.
const nine = async (prepare) => {
  const context = await browser.newContext();
  context.setDefaultTimeout(patience);
  await prepare(context);
  const pages = [];
  for (let count = 0; count < 9; count += 1) pages.push(await context.newPage());
  return pages;
};

test("nine windows follow", async () => {
  const pages = await nine(() => {});
  for (const page of pages) await visit(page, date);
  await edit("content/2025-03-12.md", "There is one wick.", "There are nine wicks.");
  for (const page of pages) await holds(page, "There are nine wicks.");
  for (const page of pages) assert(await stayed(page));
});

test("without shared workers, those windows follow that somebody sees", async () => {
  const pages = await nine((context) => context.addInitScript(() => delete window.SharedWorker));
  const hide = (page, hidden) => page.evaluate((hidden) => {
    Object.defineProperty(document, "hidden", { value: hidden, configurable: true });
    document.dispatchEvent(new Event("visibilitychange"));
  }, hidden);
  for (const page of pages) {
    await visit(page, date);
    await hide(page, true);
  }
  await hide(pages[0], false);
  await edit("content/2025-03-12.md", "There are nine wicks.", "There are ten wicks.");
  await holds(pages[0], "There are ten wicks.");
  for (const page of pages.slice(1)) {
    await hide(page, false);
    await holds(page, "There are ten wicks.");
    await hide(page, true);
  }
  for (const page of pages) assert(await stayed(page));
});

test("after the server comes back, so does the page", async () => {
  const page = await open(date);
  server.kill("SIGINT");
  await once(server, "exit");
  await edit("content/2025-03-12.md", "기름 없이도", "아무것도 없이");
  ({ server } = await serve(port));
  await see(page, "아무것도 없이");
});

// A server between the browser and the preview: streams of events that pass it can die without anybody hearing of it, as
// they do when a machine sleeps or changes its network. Whatever is asked for anew goes through.
const between = async () => {
  const streams = new Set();
  const relay = createServer((near) => {
    const far = connect(port, "127.0.0.1");
    for (const end of [near, far]) end.on("error", () => {}).on("close", () => (near.destroy(), far.destroy()));
    near.on("data", (data) => {
      if (data.includes("/__offprint/events")) streams.add(far);
      far.write(data);
    });
    far.on("data", (data) => near.write(data));
  });
  relay.listen(0, "127.0.0.1");
  await once(relay, "listening");
  const silence = () => {
    for (const far of streams) far.removeAllListeners("data").resume();
    return streams.size;
  };
  return { relay, silence, date: `http://127.0.0.1:${relay.address().port}/notes/2025/03/12/` };
};

for (const [how, prepare] of [["", () => {}], [", without shared workers too", () => delete window.SharedWorker]]) {
  test(`when the stream of events dies silently, open pages and new ones follow again${how}`, async () => {
    const { relay, silence, date } = await between();
    const context = await browser.newContext();
    context.setDefaultTimeout(patience);
    await context.addInitScript(prepare);
    const page = await context.newPage();
    await visit(page, date);
    await until("it listens", silence);
    await edit("content/2025-03-12.md", "There are ten wicks.", "There are no wicks.");
    const late = await context.newPage();
    await visit(late, date);
    for (const one of [late, page]) await holds(one, "There are no wicks.");
    await edit("content/2025-03-12.md", "There are no wicks.", "There are ten wicks.");
    for (const one of [late, page]) await holds(one, "There are ten wicks.");
    assert(await stayed(page));
    assert(await stayed(late));
    relay.close();
  });
}

let failed = 0;
for (const [name, run] of tests) {
  try {
    await run();
    console.log(`ok      ${name}`);
  } catch (error) {
    failed += 1;
    console.log(`FAILED  ${name}\n${error.stack}`);
  }
  for (const context of browser.contexts()) await context.close();
}
await browser.close();
server.kill("SIGINT");
await rm(root, { recursive: true });
console.log(`${tests.length - failed} passed, ${failed} failed`);
process.exitCode = failed ? 1 : 0;
