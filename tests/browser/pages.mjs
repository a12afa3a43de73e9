// Finished pages in a real browser: texts that are too long for a phone, the keyboard alone, no scripts, the weight of a
// first visit. node tests/browser/pages.mjs PROGRAM; needs what tests/qa/install.sh installs.
import { execFileSync } from "node:child_process";
import { existsSync, readdirSync } from "node:fs";
import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { crc32, deflateSync, gzipSync } from "node:zlib";
import assert from "node:assert/strict";
import { serve } from "../qa/serve.mjs";
import { chromium, executablePath, program } from "./chromium.mjs";

const LIMIT = 30 * 1024;
const root = await mkdtemp(join(tmpdir(), "offprint-pages-"));
const times = (n, one) => Array.from({ length: n }, (_, i) => one(i));

// Everything here is longer than anybody means it to be.
const title = "On the Length of Wicks and Everything Else That One Might Say Before a Colon: ".repeat(4).slice(0, 300).trim();
const table = `| ${times(14, (i) => `column${i}`).join(" | ")} |\n|${"---|".repeat(14)}\n| ${times(14, (i) => `value ${i}`).join(" | ")} |`;
const address = `https://example.org/${"pathsegmentwithoutanybreak".repeat(8)}`;
const digest = `+++
title = "${"가나다라마바사".repeat(12)} 띄어쓰기 없는 제목"
+++

## ${title}

(${times(100, (i) => `Ada${i} Kerze${i}`).join(", ")})
https://arxiv.org/abs/2501.00001
code: ${address}
venue: ${"Proceedings-of-the-very-long-".repeat(6)}

> It names ${address} and ${"Supercalifragilistic".repeat(8)}.

${times(10, (i) => `${"  ".repeat(i)}- ${i + 1}단계 목록의 글이 이어진다`).join("\n")}

${table}

${address}

\`\`\`python
flame = ${times(20, (i) => `wick_${i}(oil_${i})`).join(" + ")}
\`\`\`

$$
${times(24, (i) => `\\frac{\\partial L_{${i}}}{\\partial \\theta_{${i}}}`).join(" + ")}
$$

글 속의 $${times(30, (i) => `x_{${i}}^{2}`).join(" + ")}$ 수식과 짧은 $\\sqrt{\\frac{y}{g}}$ 수식, \`${"identifier_without_break_".repeat(6)}\`.

띄어쓰기없는${"글이끝없이이어지면".repeat(12)}

::: en
One ${"pneumonoultramicroscopicsilicovolcanoconiosis".repeat(4)}.
:::

#${"a-very-long-tag-".repeat(5)}end #wick

## ${"Nospaceinthistitle".repeat(10)}

https://arxiv.org/abs/2501.00002

짧은 글.

::: en
A short text.
:::

#wick
`;
await mkdir(join(root, "content"));
await writeFile(join(root, "content/2025-01-02.md"), digest);
await writeFile(join(root, "content/2025-01-03.md"), `## ${title}\n\nhttps://arxiv.org/abs/2501.00003\n\n${title}에 이어.\n\n![A lamp](lamp.svg)\n\n#wick\n`);
// Pictures of noise, which is as heavy as a picture can be.
const chunk = (name, data) => {
  const bytes = Buffer.concat([Buffer.alloc(4), Buffer.from(name), data, Buffer.alloc(4)]);
  bytes.writeUInt32BE(data.length, 0);
  bytes.writeUInt32BE(crc32(bytes.subarray(4, -4)), bytes.length - 4);
  return bytes;
};
const png = (width, height) => {
  const rows = Buffer.alloc((3 * width + 1) * height);
  for (let at = 0, seed = 7; at < rows.length; at++) {
    seed = (Math.imul(seed, 1103515245) + 12345) >>> 0;
    if (at % (3 * width + 1)) rows[at] = seed >>> 16;
  }
  const head = Buffer.alloc(13);
  head.writeUInt32BE(width, 0);
  head.writeUInt32BE(height, 4);
  head.set([8, 2], 8);
  return Buffer.concat([Buffer.from("\x89PNG\r\n\x1a\n", "latin1"), chunk("IHDR", head), chunk("IDAT", deflateSync(rows, { level: 1 })), chunk("IEND", Buffer.alloc(0))]);
};
await writeFile(join(root, "content/wide.png"), png(1000, 300));
await writeFile(join(root, "content/large.png"), png(2400, 300));
const sizes = ["![All](wide.png)", "![Bar|300](wide.png)", "![[wide.png|310]]", '<img src="wide.png" width="320" alt="Tag">', "![Braces](wide.png){width=330}", "![Large](large.png)"];
await writeFile(join(root, "content/2025-01-05.md"), `## Sizes\n\nhttps://arxiv.org/abs/2501.00005\n\n심지.\n\n${sizes.join("\n\n")}\n`);
await writeFile(join(root, "content/lamp.svg"), '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 400 300"><circle cx="200" cy="150" r="99"/></svg>');
const voted = (votes, i) => `## Lamp ${i}\n\nhttps://arxiv.org/abs/2501.0001${i}\n${votes ? `votes: ${votes}\n` : ""}\n심지 ${i}.\n`;
await writeFile(join(root, "content/2025-01-04.md"), [3, 0, 12, 100, 5, 7, 1].map(voted).join("\n"));
await writeFile(join(root, "config.toml"), 'title = "A Site With a Rather Long Name for a Phone"\nbase_url = "https://example.org/notes/"\nlanguages = ["ko", "en"]\nauthors = { min_papers = 1 }\n');
execFileSync(program, ["build", "--root", root, "--quiet"]);
const site = join(root, "public");
const { url, close } = await serve(site, "/notes/");
// The same in the theme of this repository that is not in the program.
await cp(join(import.meta.dirname, "../../themes/ledger"), join(root, "themes/ledger"), { recursive: true });
await writeFile(join(root, "config.toml"), `theme = "ledger"\n${await readFile(join(root, "config.toml"), "utf8")}`);
execFileSync(program, ["build", "--root", root, "--quiet", "--output", join(root, "ledger")]);
const ledger = await serve(join(root, "ledger"), "/notes/");
const browser = await chromium.launch({ executablePath, args: ["--no-sandbox"] });
// One page of each kind.
const kinds = ["", "2025/01/02/", "2025/01/", "2025/", "archive/", "papers/2501.00001/", "papers/2501.00002/", "tags/", "tags/wick/", "authors/", "authors/ada0-kerze0/", "stats/", "404.html"];
const paper = `${url}papers/2501.00001/`;

const tests = [];
const test = (name, run) => tests.push([name, run]);
const opened = async (address, options) => {
  const context = await browser.newContext({ reducedMotion: "reduce", ...options });
  const page = await context.newPage();
  await page.goto(address);
  return page;
};

test("no page is wider than its window, folded parts open", async () => {
  for (const width of [320, 390, 1280]) {
    const page = await opened(url, { viewport: { width, height: 800 } });
    for (const address of [url, ledger.url].flatMap((start) => kinds.map((kind) => start + kind))) {
      await page.goto(address);
      const wide = await page.evaluate(() => {
        for (const part of document.querySelectorAll("details")) part.open = true;
        return document.documentElement.scrollWidth;
      });
      assert.ok(wide <= width, `${address} is ${wide} px wide in a window of ${width}`);
    }
    await page.context().close();
  }
});

// What the keyboard stands on: its number among the things to reach, and how it shows.
const standing = () => {
  const at = document.activeElement;
  if (!at || at === document.body) return null;
  const shown = at.matches(".choice input") ? at.nextElementSibling : at;
  const { outlineStyle, outlineWidth, outlineOffset } = getComputedStyle(shown);
  const box = shown.getBoundingClientRect(), room = Number.parseFloat(outlineOffset) + Number.parseFloat(outlineWidth);
  const cut = shown.closest(".toc");
  const edge = cut?.getBoundingClientRect();
  return {
    what: at.outerHTML.slice(0, 90), number: at.dataset.number, text: at.matches("math, pre, .math, .table, .shelf *, img[role]"),
    outlined: outlineStyle !== "none" && Number.parseFloat(outlineWidth) >= 2,
    inside: box.bottom > 0 && box.top < innerHeight && box.width > 1,
    whole: !cut || getComputedStyle(cut).overflowY === "visible" || (box.left - room >= edge.left - 0.5 && box.right + room <= edge.right + 0.5),
    fits: !at.matches("math") || at.scrollWidth > at.clientWidth,
  };
};

for (const width of [390, 1280]) {
  test(`the keyboard reaches everything at ${width} px, and one sees where it is`, async () => {
    const page = await opened(url, { viewport: { width, height: 800 } });
    for (const kind of kinds) {
      await page.goto(url + kind);
      const all = await page.evaluate(() => {
        const reach = [...document.querySelectorAll("a[href], button, summary, input:not([type=radio]), input:checked, .view:not(:has(:checked)) label:first-of-type input")];
        return reach.filter((one) => one.checkVisibility({ visibilityProperty: true }) && !one.disabled).map((one, i) => ((one.dataset.number = i), one.outerHTML.slice(0, 90)));
      });
      const reached = new Set();
      for (;;) {
        await page.keyboard.press("Tab");
        const at = await page.evaluate(standing);
        if (!at || reached.has(at.number)) break;
        assert.ok(at.number !== undefined || at.text, `/${kind}: nobody wants to stand on ${at.what}`);
        assert.ok(at.outlined && at.inside && at.whole, `/${kind}: one does not see that one is on ${at.what}`);
        assert.ok(at.fits, `/${kind}: a short formula is a stop: ${at.what}`);
        if (at.number !== undefined) reached.add(at.number);
      }
      assert.deepEqual(all.filter((_, i) => !reached.has(String(i))), [], `/${kind}: out of reach`);
    }
    await page.context().close();
  });
}

test("authors unfold into the line they belong to, on screen and on paper", async () => {
  const page = await opened(paper, { viewport: { width: 1280, height: 800 } });
  const [fifth, sixth] = [4, 5].map((n) => page.locator(".page-head .authors a").nth(n));
  const level = async () => Math.abs((await fifth.boundingBox()).y - (await sixth.boundingBox()).y);
  await page.emulateMedia({ media: "print" });
  assert.ok((await level()) < 2, "on paper");
  await page.emulateMedia({ media: "screen" });
  assert.ok(await sixth.isHidden());
  await page.locator(".authors summary").click();
  assert.ok((await level()) < 2, "on screen");
  await page.context().close();
});

test("keys skip, unfold and switch; the switches are remembered", async () => {
  const page = await opened(paper, { colorScheme: "light" });
  await page.keyboard.press("Tab");
  await page.keyboard.press("Enter");
  await page.keyboard.press("Tab");
  assert.ok(await page.evaluate(() => document.querySelector("main").contains(document.activeElement)));
  await page.focus("details.cite summary");
  await page.keyboard.press("Enter");
  assert.ok(await page.isVisible(".cite pre"));
  await page.focus("button.theme");
  await page.keyboard.press("Space");
  await page.focus("#reading-all");
  await page.keyboard.press("ArrowLeft");
  await page.reload();
  assert.equal(await page.evaluate(() => getComputedStyle(document.documentElement).colorScheme), "dark");
  assert.equal(await page.getAttribute("button.theme", "aria-pressed"), "true");
  assert.ok(await page.isVisible('.texts > [lang="en"]'));
  assert.ok(await page.isHidden('.texts > [lang="ko"]'));
  await page.context().close();
});

test("without scripts all is there, the language can be switched, and no button is dead", async () => {
  const page = await opened(paper, { javaScriptEnabled: false });
  const texts = page.locator(".texts > div");
  assert.ok((await texts.count()) >= 2, "both languages");
  for (const text of await texts.all()) assert.ok(await text.isVisible());
  assert.ok(await page.isHidden("button.theme"));
  await page.locator("details.cite summary").click();
  assert.ok(await page.isVisible(".cite pre"));
  assert.ok(await page.isHidden(".copy"));
  await page.locator("#reading-2").check();
  assert.ok(await page.isHidden('.texts > [lang="ko"]'));
  await page.context().close();
});

test("pictures come in the width that suits, as their writer wants them, and dimmed in the dark", async () => {
  for (const [deviceScaleFactor, file] of [[1, /wide\.\w+\.480w\.webp$|wide\.png$/], [2, /wide\.png$/]]) {
    const page = await opened(`${url}papers/2501.00005/`, { viewport: { width: 1280, height: 900 }, deviceScaleFactor });
    const pictures = await page.$$eval(".texts img", async (all) => {
      for (const img of all) img.loading = "eager";
      await Promise.all(all.map((img) => img.decode()));
      return all.map(({ currentSrc, clientWidth, clientHeight }) => ({ currentSrc, clientWidth, clientHeight }));
    });
    assert.match(pictures[0].currentSrc, file);
    assert.deepEqual(pictures.slice(1, 5).map(({ clientWidth }) => clientWidth), [300, 310, 320, 330]);
    assert.deepEqual(pictures.slice(1, 5).map(({ clientHeight }) => clientHeight), [90, 93, 96, 99]);
    // What is shown small is loaded small.
    if (deviceScaleFactor === 1) for (const { currentSrc } of pictures.slice(1, 5)) assert.match(currentSrc, /480w\.webp$/);
    await page.context().close();
  }
  const dims = async (page) => page.$eval(".texts img", (img) => getComputedStyle(img).filter);
  const page = await opened(`${url}papers/2501.00005/`, { colorScheme: "dark" });
  assert.equal(await dims(page), "brightness(0.86)");
  await page.locator("button.theme").click();
  assert.equal(await dims(page), "none");
  await page.context().close();
});

test("a picture opens in its largest width by a click, and Escape closes it", async () => {
  const page = await opened(`${url}papers/2501.00005/`, { viewport: { width: 1280, height: 900 } });
  const picture = page.getByRole("button", { name: "Large" });
  await picture.click();
  const zoomed = page.locator("dialog.zoomed");
  assert.match(await zoomed.locator("img").evaluate((img) => img.currentSrc || img.src), /large\.\w+\.1440w\.webp$/);
  assert.ok((await zoomed.locator("img").evaluate((img) => img.decode().then(() => img.clientWidth))) > 900);
  await page.keyboard.press("Escape");
  await zoomed.waitFor({ state: "detached" });
  await page.context().close();
});

test("a figure opens over the page by keyboard, and its place is kept", async () => {
  for (const start of [url, ledger.url]) {
    const page = await opened(`${start}papers/2501.00003/`, { viewport: { width: 390, height: 800 } });
    const figure = page.getByRole("button", { name: "A lamp" });
    await figure.focus();
    await page.keyboard.press("Enter");
    const opens = page.getByRole("dialog", { name: "A lamp" });
    await opens.waitFor();
    assert.ok(await opens.evaluate((box) => box.contains(document.activeElement)), "one stands in it");
    await page.keyboard.press("Escape");
    await opens.waitFor({ state: "detached" });
    assert.ok(await figure.evaluate((img) => img === document.activeElement), "one stands where one stood");
    await page.context().close();
  }
});

test("the language that is chosen holds for summaries on the home page", async () => {
  const page = await opened(url, { javaScriptEnabled: false });
  const [korean, english] = ["ko", "en"].map((lang) => page.locator(`.summary > [lang="${lang}"]`).last());
  assert.ok((await korean.isVisible()) && (await english.isHidden()), "one of them, the first");
  await page.locator("#reading-2").check();
  assert.ok((await korean.isHidden()) && (await english.isVisible()), "the one that is chosen");
  await page.context().close();
});

test("what is copied of a text has its formulas as TeX, and nothing that is hidden", async () => {
  const page = await opened(paper);
  await page.locator("#reading-1").check();
  const copied = await page.evaluate(() => {
    getSelection().selectAllChildren(document.querySelector(".texts"));
    const clipboardData = new DataTransfer();
    document.querySelector(".texts").dispatchEvent(new ClipboardEvent("copy", { clipboardData, bubbles: true }));
    return clipboardData.getData("text/plain");
  });
  assert.match(copied, /짧은 \$\\sqrt\{\\frac\{y\}\{g\}\}\$ 수식/);
  assert.match(copied, /\$\$\\frac\{\\partial L_\{0\}\}/);
  assert.doesNotMatch(copied, /pneumono/);
  await page.context().close();
});

test("the papers of a day stand in the order that a reader chooses", async () => {
  const page = await opened(`${url}2025/01/04/`);
  const titles = () => page.locator(".column > article .title").allTextContents();
  await page.locator('.order input[value="votes"]').check();
  assert.deepEqual((await titles()).map((title) => title.at(-1)), ["3", "2", "5", "4", "0", "6", "1"]);
  assert.ok(await page.isHidden('.order label:has([value="venue"])'));
  await page.locator('.order input[value=""]').check();
  assert.equal((await titles())[0], "Lamp 0");
  await page.context().close();
});

test("nothing moves where a reader asked for that", async () => {
  for (const [at, kind, reducedMotion] of [[url, "", "reduce"], [ledger.url, "", "reduce"], [url, "papers/2501.00003/", "reduce"], [ledger.url, "papers/2501.00003/", "reduce"], [url, "", "no-preference"]]) {
    const page = await opened(at + kind, { reducedMotion, viewport: { width: 1280, height: 500 } });
    // Whatever begins to move says so, and whoever is sent somewhere is there at once.
    await page.evaluate(() => {
      globalThis.moved = [];
      for (const name of ["animationstart", "transitionrun"]) addEventListener(name, ({ target }) => moved.push(target.className), true);
    });
    const gone = await page.evaluate(() => (scrollTo(0, 200), scrollY === 200));
    await page.locator("main :is(.calendar td, .aside .papers, .pager) a").first().hover();
    await page.waitForSelector(".preview:not([hidden])");
    await page.keyboard.press("Escape");
    for (const key of ["j", "k", "?", "Escape", "/"]) await page.keyboard.press(key);
    await page.waitForSelector("dialog[open]");
    await page.waitForTimeout(200);
    const moved = await page.evaluate(() => moved);
    if (reducedMotion === "reduce") assert.deepEqual([moved, gone], [[], true], kind);
    else assert.deepEqual([moved.includes("preview"), gone], [true, false]);
    await page.context().close();
  }
});

test("a page that is not there leads to the search, and on where there are no scripts", async () => {
  const page = await opened(`${url}nowhere/at/all/`);
  await page.locator("main input[name=q]").fill("lamp");
  await page.keyboard.press("Enter");
  await page.waitForURL(/\/search\/\?q=lamp/);
  await page.waitForSelector(".found .results a");
  await page.context().close();
  const plain = await opened(`${url}nowhere/`, { javaScriptEnabled: false });
  assert.ok(await plain.isHidden("main input[name=q]"));
  assert.ok(await plain.isVisible(".ways a"));
  await plain.context().close();
});

test("a first visit of a paper is light", async () => {
  const page = await opened("about:blank");
  let weight = 0;
  const load = [];
  // The face of titles is optional: a browser shows the page without it.
  page.on("response", (response) => response.url().endsWith(".woff2") || load.push(response.body().then((body) => (weight += gzipSync(body).length))));
  await page.goto(paper, { waitUntil: "networkidle" });
  await Promise.all(load);
  // The icon is loaded when the browser likes; it counts as well.
  for (const icon of readdirSync(site).filter((name) => /^favicon.*\.svg$/.test(name))) weight += gzipSync(await readFile(join(site, icon))).length;
  assert.ok(load.length >= 3, "a page, a style, a script");
  assert.ok(weight <= LIMIT, `${weight} bytes`);
  await page.context().close();
});

let failed = 0;
for (const [name, run] of tests) {
  try {
    await run();
    console.log(`ok    ${name}`);
  } catch (error) {
    failed += 1;
    console.log(`FAIL  ${name}\n      ${error.message}`);
  }
}
await browser.close();
await close();
await ledger.close();
await rm(root, { recursive: true });
console.log(`${tests.length - failed} passed, ${failed} failed`);
process.exit(failed ? 1 : 0);
