// The search in a real browser: words, Korean inside of words, names, ids; a query in the address, a site that changes under an
// open page, a page in another language. node tests/browser/search.mjs PROGRAM; needs what tests/qa/install.sh installs.
import { execFileSync } from "node:child_process";
import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import assert from "node:assert/strict";
import { serve } from "../qa/serve.mjs";
import { chromium, executablePath, program } from "./chromium.mjs";

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
  await writeFile(join(root, "content/about.md"), '+++\ntitle = "About This"\n+++\n\nNo almanac.\n');
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

const titles = async () => (await page.locator(".results .title").allInnerTexts()).map((title) => title.normalize("NFKC").replace(/\s+/g, " "));
/** Types a query, and waits until its results are there. */
const ask = async (query) => {
  await page.locator("#search").fill(query);
  await page.locator("#search").press("Enter");
  await page.waitForSelector(".results:not([aria-busy])", { state: "attached" });
  return titles();
};
const status = () => page.locator("[role=status]").innerText();
let [passed, failed] = [0, 0];
const test = async (name, body) => {
  try {
    await body();
    passed += 1;
  } catch (error) {
    failed += 1;
    console.error(`FAILED: ${name}\n${error.stack}`);
  }
};

try {
  await page.goto(`${server.url}search/`);

  await test("words are found in titles first, whatever their case, by their beginnings, and without accents", async () => {
    assert.deepEqual(await ask("wicks"), ["Wicks in Zero Gravity", "#wick", "A Second Look at Gravity"]);
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

  await test("authors, tags and their labels, ids and their addresses are found", async () => {
    assert.deepEqual(await ask("ada kerze"), ["Ada Kerze", "A Second Look at Gravity", "Wicks in Zero Gravity"]);
    assert.equal(await page.locator(".results a").first().getAttribute("href"), "/notes/authors/ada-kerze/");
    assert.deepEqual(await ask("zero-g"), ["#zero-g", "Wicks in Zero Gravity"]);
    assert.deepEqual(await ask("등불"), ["#등불", "A Second Look at Gravity", "Lamps and n Flames"]);
    assert.equal(await page.locator(".results .by").first().innerText(), "논문 2편");
    assert.equal(await page.locator(".results a").first().getAttribute("href"), "/notes/tags/lamp/");
    assert.deepEqual(await ask("2501.00002"), ["Lamps and n Flames"]);
    assert.equal((await ask("https://arxiv.org/abs/2501.00003"))[0], "A Second Look at Gravity");
  });

  await test("dates and plain pages are found, too", async () => {
    assert.deepEqual(await ask("almanac"), ["An Almanac of Wax", "2025년 1월 2일", "About This"]);
    assert.deepEqual(await page.locator(".results .title a").evaluateAll((links) => links.map((link) => link.getAttribute("href"))), ["/notes/2025/01/03/", "/notes/2025/01/02/", "/notes/about/"]);
    assert.deepEqual(await page.locator(".results time").allInnerTexts(), ["2025년 1월 3일"]);
    assert.match((await page.locator(".results .summary").allInnerTexts()).join("|"), /\|Of this almanac\.\|/);
    assert.deepEqual(await ask("2024-01-01"), ["2024년 1월 1일", "2024년 1월"]);
    assert.match(await page.locator(".results .summary").first().innerText(), /^Candle number 0 · Candle number 1 · /);
    assert.equal((await ask("2025년 1월 3일"))[0], "An Almanac of Wax");
    assert.deepEqual(await ask("2024-01"), ["2024년 1월", "2024년 1월 1일"]);
    assert.equal((await ask("2024"))[0], "2024");
  });

  await test("other forms of an English word are found, and one slip is forgiven and said", async () => {
    assert.deepEqual((await ask("wick")).slice(0, 3), ["#wick", "Wicks in Zero Gravity", "A Second Look at Gravity"]);
    assert.deepEqual(await ask("trimmed"), ["Wicks in Zero Gravity"]);
    assert.equal((await ask("lamps flame"))[0], "Lamps and n Flames");
    assert.deepEqual(await ask("gravtiy"), ["A Second Look at Gravity", "Wicks in Zero Gravity"]);
    assert.equal(await status(), "찾은 글: 2 (대신 찾은 낱말: gravity)");
    const script = await page.locator("script[type=module]").getAttribute("src");
    const stems = (words) => page.evaluate(async ([script, words]) => { const { stem } = await import(script); return words.map((word) => stem(word)); }, [script, words]);
    for (const same of [["wick", "wicks"], ["trim", "trimmed", "trimming"], ["study", "studies", "studied"], ["diffuse", "diffused", "diffusing"], ["loss", "losses"], ["model", "models", "modeling", "modelling"]]) {
      assert.equal(new Set(await stems(same)).size, 1, String(same));
    }
    assert.deepEqual(await stems(["thing", "string", "basis", "gas", "bus", "the", "강화", "gpt4"]), ["thing", "string", "basis", "gas", "bus", "the", "강화", "gpt4"]);
  });

  await test("a search is narrowed by names, times, words that must not be there, and words as they are", async () => {
    assert.deepEqual(await ask("gravity tag:lamp"), ["A Second Look at Gravity"]);
    assert.deepEqual(await ask("tag:등불"), ["A Second Look at Gravity", "Lamps and n Flames"]);
    assert.deepEqual(await ask("tag:zero-g"), ["Wicks in Zero Gravity"]);
    assert.deepEqual(await ask('author:"ada kerze" -look'), ["Wicks in Zero Gravity"]);
    assert.deepEqual(await ask("author:schölkopf"), ["Wicks in Zero Gravity"]);
    assert.deepEqual(await ask("year:2025 lang:en"), ["A Second Look at Gravity", "Wicks in Zero Gravity", "Lamps and n Flames"].filter((title) => title !== "Lamps and n Flames"));
    assert.deepEqual(await ask("after:2025-01-03"), ["A Second Look at Gravity"]);
    assert.equal((await ask("steady before:2025")).length, 10);
    assert.deepEqual(await ask("kerze before:2025"), []);
    assert.deepEqual(await ask('"zero gravity"'), ["Wicks in Zero Gravity"]);
    assert.deepEqual(await ask('"gravity zero"'), []);
    assert.deepEqual(await ask('"a wick trims itself"'), ["Wicks in Zero Gravity"]);
    assert.equal((await ask("https://arxiv.org/abs/2501.00003"))[0], "A Second Look at Gravity");
  });

  await test("a common word hides nothing, and what no paper has is said", async () => {
    assert.deepEqual(await ask("the lamps"), ["Lamps and n Flames", "#등불", "A Second Look at Gravity"]);
    assert.equal((await ask("flame candle")).length, 10);
    assert.deepEqual(await ask("qwertyuiop"), []);
    assert.equal(await status(), "이 낱말이 나오는 글이 없습니다.");
    assert.equal((await ask("lamps qwertyuiop"))[0], "Lamps and n Flames");
    assert.match(await status(), /^모든 낱말이 나오는 글이 없어/);
  });

  await test("more can be shown, and the focus goes to the first of them", async () => {
    assert.equal((await ask("candle")).length, 10);
    assert.equal(await status(), "찾은 글: 91");
    await page.locator(".further").click();
    await page.waitForFunction(() => document.querySelectorAll(".results > li").length === 20);
    assert.equal(await page.evaluate(() => document.activeElement.closest("li") === document.querySelectorAll(".results > li")[10]), true);
    await ask("wicks");
    assert.equal(await page.locator(".further").isVisible(), false);
  });

  await test("words are marked where results show them, but not in formulas", async () => {
    await ask("lamps n");
    assert.deepEqual(await page.locator("mark").allInnerTexts(), ["Lamps"]);
    await ask("the lamps");
    assert.deepEqual(await page.locator("mark").allInnerTexts(), ["Lamps"]);
    await ask("강화학습");
    assert.equal(await page.locator("mark").first().innerText(), "강화학습");
    assert.equal(await page.locator(".results math").count(), 1);
  });

  await test("a result shows where its page has the words, if its summary does not", async () => {
    await ask("trimming");
    await page.waitForFunction(() => document.querySelector(".results .summary").lang === "en");
    assert.equal(await page.locator(".results .summary").innerText(), "Trimming, again: a wick trims itself. Trimming is hard.");
    assert.deepEqual(await page.locator(".results .summary mark").allInnerTexts(), ["Trimming", "trims", "Trimming"]);
    await ask("deep-in-a-text");
    await page.waitForFunction(() => document.querySelector(".results .summary mark"));
    assert.match(await page.locator(".results .summary").innerText(), /^Here it stands, deep in a text\. After/);
  });

  await test("the address holds the query, and asks it again", async () => {
    await ask("ada kerze");
    await page.locator(".results .title a").nth(1).click();
    await page.waitForURL("**/papers/2501.00003/");
    await page.goBack();
    await page.waitForFunction(() => document.querySelectorAll(".results > li").length === 3);
    assert.equal(await page.locator("#search").inputValue(), "ada kerze");
    await page.locator("#search").fill("");
    await page.waitForFunction(() => !location.search && !document.querySelector(".results").children.length);
  });

  await test("words of a query are folded and cut as the program does it", async () => {
    const script = await page.locator("script[type=module]").getAttribute("src");
    const words = (text) => page.evaluate(async ([script, text]) => (await import(script)).words(text), [script, text]);
    assert.deepEqual(await words("Few-Step MODELS, GPT-4"), [["few"], ["step"], ["models"], ["gpt"], ["4"]]);
    assert.deepEqual(await words("Mæhlum Łukasz e\u0301t\u00e9 Ωμέγας"), [["maehlum"], ["lukasz"], ["ete"], ["ωμεγασ"]]);
    assert.deepEqual(await words("≠ = \u0301 … 、。"), []);
    assert.deepEqual(await words("GPT모델을 3개 뇌"), [["gpt"], ["모델", "델을"], ["3"], ["개"], ["뇌"]]);
    assert.deepEqual(await words("が\u30ac 大規模\u1112\u1161\u11ab글"), [["がガ"], ["大規", "規模", "模한", "한글"]]);
    assert.deepEqual(await words("é".repeat(1000)), [["e".repeat(24)]]);
    assert.deepEqual(await words("\u{20000}\u{20001}x"), [["\u{20000}\u{20001}"], ["x"]]);
    // Every word that a paper has can be looked up again: the program's files agree with the script on each.
    const lines = (await readFile(join(site, "search/words/0.txt"), "utf8")).split("\n").slice(1, -1);
    assert.ok(lines.length > 50);
    for (const line of lines) {
      const word = line.split(" ")[0];
      if (word.includes(":")) continue;
      assert.deepEqual(await words(word), [[word]]);
    }
  });

  await test("an open page notices that the site has changed", async () => {
    // Of two files of words, one is loaded before and the other after.
    const first = (await readFile(join(site, "search/words/0.txt"), "utf8")).split("\n").map((line) => line.split(" ")[0]);
    const [before, after] = [(word) => first.includes(word), (word) => !first.includes(word)].map((is) => ["wicks", "lamps", "gravity", "zero", "second"].find(is));
    // In a browser that keeps nothing from before.
    const fresh = await browser.newContext();
    const known = page;
    page = await fresh.newPage();
    await page.goto(`${server.url}search/`);
    await ask(before);
    digests["2025-01-04"] = [entry(`New: ${after}`, "2501.00004", "Ada Kerze", "New.", "#wick")];
    await write();
    assert.equal((await ask(after))[0], `New: ${after}`);
    await fresh.close();
    page = known;
  });

  await test("every language has a page of its own, where each has a tree", async () => {
    await write('[digests]\nlayout = "split"\n');
    await page.goto(`${server.url}en/search/?q=lamps`);
    await page.waitForSelector(".results li");
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
console.log(`${passed} passed, ${failed} failed`);
process.exit(failed ? 1 : 0);
