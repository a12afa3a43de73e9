// The search in a real browser: words, Korean inside of words, names, ids; what narrows it; a query in the address; the dialog over
// other pages; a site that changes under an open page, a page in another language. node tests/browser/search.mjs PROGRAM; needs what tests/qa/install.sh installs.
import { execFileSync } from "node:child_process";
import { mkdir, mkdtemp, readFile, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import assert from "node:assert/strict";
import { serve } from "../qa/serve.mjs";
import { chromium, executablePath, program, tally } from "./chromium.mjs";

const root = await mkdtemp(join(tmpdir(), "offprint-search-"));
const site = join(root, "public");
const times = (n, one) => Array.from({ length: n }, (_, i) => one(i));
const entry = (title, id, authors, text, tags) => `## ${title}\n\n(${authors})\nhttps://arxiv.org/abs/${id}\n\n${text}\n\n${tags}\n\n`;

// The many others make some words common, and fill several files.
const others = times(90, (i) => entry(`Candle number ${i}`, `2401.${String(10000 + i)}`, `Nn Mm${i}`, `초 ${i}번은 조용히 탄다. The flame is steady.`, "#candle"));
const digests = {
  "2025-01-02": [
    entry("Wicks in Zero Gravity", "2501.00001", "Bernhard Schölkopf, Ada Kerze", "강화학습으로 심지를 다듬는다.\n\n::: en\nTrimming, again: a wick trims itself. Trimming is hard.\n:::", "#zero-g #wick"),
    entry("Lamps and $\\sqrt{n}$ Flames", "2501.00002", "Mæ Lund", "심지를 강화하는 학습. 大規模言語モデル.", "#lamp"),
  ],
  "2025-01-03": [entry("A Second Look at Gravity", "2501.00003", "Ada Kerze", `중력을 다시 본다. Wicks are named here once.\n\n${"Words that nobody looks for. ".repeat(12)}Here it stands, deep in a text. After it comes ${"more and ".repeat(40)}more.`, "#lamp")],
};
const intros = { "2025-01-02": "Of this almanac.\n\n", "2025-01-03": '+++\ntitle = "An Almanac of Wax"\n+++\n\n' };
const write = async (extra = "") => {
  await mkdir(join(root, "content"), { recursive: true });
  for (const [date, entries] of Object.entries(digests)) await writeFile(join(root, `content/${date}.md`), (intros[date] ?? "") + entries.join(""));
  await writeFile(join(root, "content/about.md"), '+++\ntitle = "About This"\n+++\n\nNo almanac.\n\n## Soot & smoke\n\nSweep it.\n\n## Soot & smoke\n\nCall the chimneysweep.\n\n## Oil\n\nPour it.\n');
  await writeFile(join(root, "content/2024-01-01.md"), others.join(""));
  await writeFile(join(root, "config.toml"), `title = "Notes"\nbase_url = "https://example.org/notes/"\nlanguages = ["ko", "en"]\n[authors]\nmin_papers = 2\n[tag.lamp]\nlabel = { ko = "등불" }\n${extra}`);
  execFileSync(program, ["build", "--root", root, "--quiet"]);
};
await write();
const server = await serve(site, "/notes/");
const browser = await chromium.launch({ executablePath, args: ["--no-sandbox"] });
const context = await browser.newContext({ viewport: { width: 390, height: 844 } });
let page = await context.newPage();
const errors = [];
page.on("pageerror", (error) => errors.push(String(error)));
page.on("console", (message) => message.type() === "error" && errors.push(message.text()));

const plain = (text) => text.normalize("NFKC").replace(/\s+/g, " ");
const titles = async () => (await page.locator(".results .title").allInnerTexts()).map(plain);
const chips = () => page.locator(".chips a").allInnerTexts();
/** Types a query, and waits until its results are there. */
const ask = async (query) => {
  await page.locator("#search").fill(query);
  await page.locator("#search").press("Enter");
  await page.waitForSelector(".found:not([aria-busy])", { state: "attached" });
  // Chromium applies rules with `:has()` to new elements a frame late.
  await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
  return titles();
};
/** The words of a file. */
const wordsOf = async (number) => {
  const text = await readFile(join(site, `search/words/${number}.txt`), "utf8");
  return text.slice(text.indexOf("\n") + 1, text.indexOf("\n\n")).split("\n").map((line) => line.split(" ")[0]);
};
const status = () => page.locator("[role=status]").innerText();
const { test, end } = tally();

try {
  await page.goto(`${server.url}search/`);

  await test("words are found in titles first, whatever their case, by their beginnings, and without accents", async () => {
    assert.deepEqual(await ask("wicks"), ["Wicks in Zero Gravity", "A Second Look at Gravity"]);
    assert.deepEqual(await chips(), ["#wick"]);
    assert.equal(await status(), "찾은 글: 3");
    assert.deepEqual(await ask("GRAVITY wick"), ["Wicks in Zero Gravity", "A Second Look at Gravity"]);
    assert.deepEqual(await ask("trim"), ["Wicks in Zero Gravity"]);
    assert.deepEqual(await ask("scholkopf"), ["Wicks in Zero Gravity"]);
    assert.deepEqual(await ask("SCHÖLKOPF"), ["Wicks in Zero Gravity"]);
  });

  await test("Korean is found inside of words, with spaces or without, and so are Japanese and Chinese", async () => {
    assert.deepEqual((await ask("강화학습")).toSorted(), ["Lamps and n Flames", "Wicks in Zero Gravity"].toSorted());
    assert.deepEqual(await ask("화학"), ["Wicks in Zero Gravity"]);
    assert.deepEqual((await ask("심지")).length, 2);
    assert.deepEqual(await ask("言語モデル"), ["Lamps and n Flames"]);
    assert.deepEqual(await ask("중"), ["A Second Look at Gravity"]);
  });

  await test("a part of a page is found, and its link leads there", async () => {
    assert.deepEqual(await ask("chimneysweep"), ["About This"]);
    await page.waitForSelector(".results .parts a");
    assert.deepEqual(await page.locator(".results .parts a").allInnerTexts(), ["Soot & smoke"]);
    assert.equal(await page.locator(".results .parts a").getAttribute("href"), "/notes/about/#soot-smoke-2");
    assert.equal(await page.locator(".results .parts .summary mark").innerText(), "chimneysweep");
    await ask("oil");
    await page.waitForSelector(".results .page .parts a");
    assert.equal(await page.locator(".results .page .parts a").first().innerText(), "Oil");
  });

  await test("people are found by their names in any order, papers below them, and a paper says which of its authors is meant", async () => {
    for (const query of ["ada kerze", "Kerze Ada"]) {
      assert.deepEqual(await ask(query), ["Ada Kerze", "A Second Look at Gravity", "Wicks in Zero Gravity"]);
      assert.deepEqual((await page.locator(".group h2").allInnerTexts()).map(plain), ["저자 1", "논문 2"]);
    }
    assert.equal(await page.locator(".results a").first().getAttribute("href"), "/notes/authors/ada-kerze/");
    assert.equal(await page.locator(".results .by").first().innerText(), "논문 2편");
    assert.deepEqual(await page.locator(".results .paper .by mark").allInnerTexts(), ["Ada", "Kerze", "Ada", "Kerze"]);
  });

  await test("tags and their labels are a row above, in each language; ids are found in any form of address", async () => {
    assert.deepEqual(await ask("zero-g"), ["Wicks in Zero Gravity"]);
    assert.deepEqual(await chips(), ["#zero-g"]);
    for (const query of ["등불", "lamp"]) {
      assert.deepEqual((await ask(query)).toSorted(), ["A Second Look at Gravity", "Lamps and n Flames"].toSorted());
      assert.deepEqual(await chips(), ["#등불"]);
    }
    assert.equal(await page.locator(".chips a").first().getAttribute("href"), "/notes/tags/lamp/");
    const forms = ["2501.00002", "arXiv:2501.00002v3", "https://arxiv.org/pdf/2501.00002v1.pdf", "https://arxiv.org/html/2501.00002v2", "arxiv.org/abs/2501.00002", "https://doi.org/10.48550/arXiv.2501.00002", "https://huggingface.co/papers/2501.00002"];
    for (const form of forms) assert.deepEqual(await ask(form), ["Lamps and n Flames"], form);
  });

  await test("dates, months and plain pages are found, too", async () => {
    assert.deepEqual((await ask("almanac")).toSorted(), ["2025년 1월 2일", "About This", "An Almanac of Wax"]);
    assert.equal((await titles())[0], "An Almanac of Wax");
    assert.match((await page.locator(".results .summary").allInnerTexts()).join("|"), /Of this almanac\./);
    assert.equal((await ask("2024-01-01"))[0], "2024년 1월 1일");
    assert.equal((await ask("2025년 1월 3일"))[0], "An Almanac of Wax");
    for (const month of ["2024-01", "2024/01", "2024년 1월", "January 2024", "jan 2024"]) assert.deepEqual((await ask(month)).slice(0, 2), ["2024년 1월", "2024년 1월 1일"], month);
    for (const month of ["1월", "january"]) assert.deepEqual((await ask(month)).slice(0, 2), ["2025년 1월", "2024년 1월"], month);
    assert.equal((await ask("2024"))[0], "2024");
  });

  await test("other forms of an English word are found, parts of compounds, and one slip is forgiven and said", async () => {
    assert.deepEqual(await ask("wick"), ["Wicks in Zero Gravity", "A Second Look at Gravity"]);
    assert.deepEqual(await ask("trimmed"), ["Wicks in Zero Gravity"]);
    assert.equal((await ask("lamps flame"))[0], "Lamps and n Flames");
    assert.equal((await ask("ZeroGravity"))[0], "Wicks in Zero Gravity");
    for (const slip of ["gravtiy", "rgavity", "graviity", "gravety"]) {
      assert.deepEqual(await ask(slip), ["A Second Look at Gravity", "Wicks in Zero Gravity"], slip);
      assert.equal(await page.locator(".meant").innerText(), "이것을 찾으셨나요? gravity");
    }
    await page.locator(".meant button").click();
    await page.waitForFunction(() => document.querySelector("#search").value === "gravity" && document.querySelector(".meant").hidden);
  });

  await test("a search is narrowed by names, times, words that must not be there, and words as they are", async () => {
    assert.deepEqual(await ask("gravity tag:lamp"), ["A Second Look at Gravity"]);
    assert.deepEqual(await ask("tag:등불"), ["A Second Look at Gravity", "Lamps and n Flames"]);
    assert.deepEqual(await ask("tag:zero-g"), ["Wicks in Zero Gravity"]);
    assert.deepEqual(await ask('author:"ada kerze" -look'), ["Wicks in Zero Gravity"]);
    assert.deepEqual(await ask("author:schölkopf"), ["Wicks in Zero Gravity"]);
    assert.deepEqual(await ask("year:2025 lang:en"), ["A Second Look at Gravity", "Wicks in Zero Gravity"]);
    assert.deepEqual(await ask("after:2025-01-03"), ["A Second Look at Gravity"]);
    assert.equal((await ask("steady before:2025")).length, 7);
    assert.deepEqual(await ask("kerze before:2025"), []);
    assert.deepEqual(await ask('"zero gravity"'), ["Wicks in Zero Gravity"]);
    assert.deepEqual(await ask('"gravity zero"'), []);
    assert.deepEqual(await ask('"a wick trims itself"'), ["Wicks in Zero Gravity"]);
    assert.deepEqual(await ask("kerze kind:author"), ["Ada Kerze"]);
  });

  await test("what narrows a search can be chosen, with how much is left, and the address keeps all of it", async () => {
    await ask("flame");
    await page.locator("details.fold summary").click();
    await page.waitForSelector(".facets button");
    const button = page.locator(".facets button", { hasText: "candle" });
    assert.equal(plain(await button.innerText()), "candle 90");
    await button.click();
    await page.waitForFunction(() => document.querySelector("#search").value === "flame tag:candle" && document.querySelector('.facets [aria-pressed="true"]'));
    assert.match(page.url(), /\?q=flame\+tag%3Acandle$/);
    await page.locator(".facets [aria-pressed=true]").click();
    await page.waitForFunction(() => document.querySelector("#search").value === "flame");
    await ask("gravity");
    await page.locator("#order").selectOption("date");
    await page.waitForFunction(() => location.search === "?q=gravity&sort=date");
    assert.deepEqual(await titles(), ["A Second Look at Gravity", "Wicks in Zero Gravity"]);
    await page.locator("#order").selectOption("");
    await page.locator("details.fold summary").click();
  });

  await test("a common word hides nothing, and what no paper has is said", async () => {
    assert.deepEqual(await ask("the lamps"), ["Lamps and n Flames", "A Second Look at Gravity"]);
    assert.equal((await ask("flame candle")).length, 7);
    assert.deepEqual(await ask("qwertyuiop"), []);
    assert.equal(await status(), "이 낱말이 나오는 글이 없습니다.");
    assert.equal((await ask("lamps qwertyuiop"))[0], "Lamps and n Flames");
    assert.match(await status(), /^모든 낱말이 나오는 글이 없어/);
  });

  await test("more can be shown, and the focus goes to the first of them", async () => {
    assert.equal((await ask("candle")).length, 7);
    assert.equal(await status(), "찾은 글: 91");
    await page.locator(".further").click();
    await page.waitForFunction(() => document.querySelectorAll(".results > li").length === 14);
    await page.waitForFunction(() => document.activeElement.closest("li") === document.querySelectorAll(".results > li")[7]);
    await ask("wicks");
    assert.equal(await page.locator(".further").isVisible(), false);
  });

  await test("words are marked where results show them, but not in formulas", async () => {
    await ask("lamps n");
    assert.deepEqual(await page.locator("mark:visible").allInnerTexts(), ["Lamps"]);
    await ask("the lamps");
    assert.deepEqual(await page.locator(".title mark").allInnerTexts(), ["Lamps"]);
    await ask("강화학습");
    assert.equal(await page.locator("mark").first().innerText(), "강화학습");
    assert.equal(await page.locator(".results math").count(), 1);
  });

  await test("results speak the language that the reader chooses", async () => {
    const read = (number) => page.evaluate((number) => void (document.documentElement.dataset.reading = number), number);
    const told = async () => {
      const visible = await page.locator(".results li:first-child").evaluateAll((items) => items.map((item) => item.innerText));
      return plain(visible.join(" "));
    };
    await ask("flames");
    assert.match(await told(), /2025년 1월 2일.*#?등불/);
    await read("2");
    assert.match(await told(), /January 2, 2025.*#?lamp/);
    assert.doesNotMatch(await told(), /등불|1월/);
    await ask("kerze");
    assert.match(await told(), /2 papers/);
    await read("1");
    assert.match(await told(), /논문 2편/);
  });

  await test("a result shows the sentence that has the words, and no page is asked for it", async () => {
    const pages = [];
    const note = (request) => request.url().endsWith("/") && pages.push(request.url());
    page.on("request", note);
    await ask("trimming");
    await page.waitForFunction(() => document.querySelector(".results .summary")?.lang === "en");
    assert.equal(await page.locator(".results .summary").innerText(), "Trimming, again: a wick trims itself. Trimming is hard.");
    assert.deepEqual(await page.locator(".results .summary mark").allInnerTexts(), ["Trimming", "trims", "Trimming"]);
    await ask("deep-in-a-text");
    await page.waitForFunction(() => document.querySelector(".results .summary mark"));
    assert.match(await page.locator(".results .summary").innerText(), /^Here it stands, deep in a text\. After/);
    assert.deepEqual(pages, []);
    page.off("request", note);
  });

  await test("the address holds the query, and going back asks it again", async () => {
    await ask("wicks");
    await page.waitForTimeout(1600);
    await ask("ada kerze");
    await page.locator(".results .title a").nth(1).click();
    await page.waitForURL("**/papers/2501.00003/");
    await page.goBack();
    await page.waitForFunction(() => document.querySelectorAll(".results > li").length === 3);
    assert.equal(await page.locator("#search").inputValue(), "ada kerze");
    await page.goBack();
    await page.waitForFunction(() => document.querySelector("#search").value === "wicks" && document.querySelectorAll(".results > li").length === 2);
    await page.locator("#search").fill("");
    await page.waitForFunction(() => !location.search && !document.querySelector(".results"));
  });

  await test("what was looked for is offered again, until it is cleared", async () => {
    assert.equal(await page.locator(".recent li").first().innerText(), "ada kerze");
    await page.locator(".recent li button").first().click();
    await page.waitForFunction(() => document.querySelectorAll(".results > li").length === 3);
    await page.locator("#search").fill("");
    await page.locator(".recent .clear").click();
    assert.equal(await page.locator(".recent").isVisible(), false);
    assert.equal(await page.evaluate(() => localStorage.getItem("offprint-searches")), null);
  });

  await test("words are folded, cut and known by their stems as the program does it", async () => {
    const script = "/notes/search/" + (await readdir(join(site, "search"))).find((name) => /^find\..*js$/.test(name));
    const examples = JSON.parse(await readFile(join(import.meta.dirname, "words.json"), "utf8"));
    const made = (name, texts) => page.evaluate(async ([script, name, texts]) => { const module = await import(script); return texts.map((text) => module[name](text)); }, [script, name, texts]);
    const [texts, expected] = [examples.words.map(([text]) => text), examples.words.map(([, words]) => words)];
    assert.deepEqual(await made("words", texts), expected);
    assert.deepEqual(await made("stem", examples.stay), examples.stay);
    for (const forms of examples.stems) assert.equal(new Set(await made("stem", forms)).size, 1, String(forms));
    // Every word that a paper has can be looked up again: the program's files agree with the script on each.
    const files = await readdir(join(site, "search/words"));
    const listed = (await Promise.all(files.map((_, number) => wordsOf(number)))).flat().filter((word) => !word.includes(":"));
    assert.ok(listed.length > 50);
    assert.deepEqual(await made("words", listed), listed.map((word) => [[word]]));
  });

  await test("a dialog over any page finds, by keyboard alone, and under a strict policy of the server", async () => {
    const strict = await browser.newContext();
    const other = await strict.newPage();
    const wrong = [];
    other.on("pageerror", (error) => wrong.push(String(error)));
    other.on("console", (message) => message.type() === "error" && wrong.push(message.text()));
    await strict.route("**/*", async (route) => {
      const response = await route.fetch();
      await route.fulfill({ response, headers: { ...response.headers(), "content-security-policy": "default-src 'self'" } });
    });
    await other.goto(`${server.url}papers/2501.00001/`);
    await other.keyboard.press("/");
    await other.waitForSelector("dialog[open] #search:focus");
    await other.keyboard.type("second gravity", { delay: 20 });
    await other.waitForFunction(() => document.querySelector("dialog .results .title a")?.textContent === "A Second Look at Gravity");
    await other.keyboard.press("ArrowDown");
    assert.equal(await other.evaluate(() => document.activeElement.textContent), "A Second Look at Gravity");
    await other.keyboard.press("ArrowUp");
    assert.equal(await other.evaluate(() => document.activeElement.id), "search");
    await other.keyboard.press("Escape");
    assert.equal(await other.locator("dialog[open]").count(), 0);
    await other.keyboard.press("Control+k");
    await other.waitForSelector("dialog[open] #search:focus");
    assert.equal(await other.locator("dialog").evaluate((dialog) => Boolean(dialog.getAttribute("aria-label"))), true);
    await other.keyboard.press("ArrowDown");
    await other.keyboard.press("Enter");
    await other.waitForURL("**/papers/2501.00003/");
    assert.deepEqual(wrong, []);
    await strict.unrouteAll({ behavior: "ignoreErrors" });
    await strict.close();
  });

  await test("a browser is told how to ask the site", async () => {
    const link = await page.locator("link[rel=search]").getAttribute("href");
    const said = await readFile(join(site, link.replace("/notes/", "")), "utf8");
    assert.match(said, /template="https:\/\/example\.org\/notes\/search\/\?q=\{searchTerms\}"/);
  });

  await test("an open page notices that the site has changed", async () => {
    // Of two files of words, one is loaded before and the other after.
    const first = await wordsOf(0);
    const [before, after] = [(word) => first.includes(word), (word) => !first.includes(word)].map((is) => ["wicks", "lamps", "gravity", "zero", "second"].find(is));
    // In a browser that keeps nothing from before.
    const fresh = await browser.newContext();
    const known = page;
    page = await fresh.newPage();
    await page.goto(`${server.url}search/`);
    await ask(before);
    digests["2025-01-04"] = [entry(`New: ${after}`, "2501.00004", "Ada Kerze", "New.", "#wick")];
    await write();
    assert.ok((await ask(after)).includes(`New: ${after}`));
    await fresh.close();
    page = known;
  });

  await test("every language has a page of its own, where each has a tree", async () => {
    await write('[digests]\nlayout = "split"\n');
    await page.goto(`${server.url}en/search/?q=lamps`);
    await page.waitForSelector(".results li time");
    assert.equal(await page.locator("label[for=search]").innerText(), "Words, authors, tags, or an arXiv id");
    assert.equal(await page.locator(".results .title a").first().getAttribute("href"), "/notes/en/papers/2501.00002/");
    assert.equal(await page.locator(".results time").first().innerText(), "January 2, 2025");
  });

  await test("nothing is broken, and no result is wider than a phone", async () => {
    await ask("wicks");
    assert.equal(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), true);
    assert.deepEqual(errors, []);
  });

  await test("what cannot be loaded is said", async () => {
    await page.route("**/search/index.json", (route) => route.abort());
    await page.goto(`${server.url}search/?q=wicks`);
    await page.waitForFunction(() => document.querySelector("[role=status]").textContent.startsWith("검색을 불러오지"));
  });

  await test("without scripts there are ways to every paper, and no field that does nothing", async () => {
    const plain = await browser.newContext({ javaScriptEnabled: false });
    const page = await plain.newPage();
    await page.goto(`${server.url}search/`);
    assert.equal(await page.locator("#search").isVisible(), false);
    assert.equal(await page.locator("noscript .ways a, .ways a").first().isVisible(), true);
    await plain.close();
  });
} finally {
  await browser.close();
  await server.close();
  await rm(root, { recursive: true });
}
end();
