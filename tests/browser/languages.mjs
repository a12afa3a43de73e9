// What a reader's choice of a language changes, and what links show before they are followed, in a real browser and both
// themes. node tests/browser/languages.mjs PROGRAM; needs what tests/qa/install.sh installs.
import { execFileSync } from "node:child_process";
import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import assert from "node:assert/strict";
import { serve } from "../qa/serve.mjs";
import { chromium, executablePath, program } from "./chromium.mjs";

const root = await mkdtemp(join(tmpdir(), "offprint-languages-"));
await mkdir(join(root, "content"));
await writeFile(join(root, "content/2025-03-12.md"), `## Lamps That Learn

(Ada Wick, Bo Flame, Cy Ember)
https://arxiv.org/abs/2503.00001

등불이 배웁니다. 그리고 꺼집니다.

::: en
Lamps learn. Then they go out.
:::

#lamps
`);
await writeFile(join(root, "content/2025-03-13.md"), `## Wicks That Wait

https://arxiv.org/abs/2503.00002

앞의 [등불 논문](https://arxiv.org/abs/2503.00001)을 잇습니다.

#lamps
`);
await writeFile(join(root, "config.toml"), `title = { ko = "등불 노트", en = "Lamp notes" }
base_url = "https://lamps.example/notes/"
languages = ["ko", "en"]

[tag.lamps]
label = { ko = "등불", en = "Lamps" }
description = { ko = "빛을 내는 것들.", en = "Things that give light." }
`);
execFileSync(program, ["build", "--root", root, "--quiet"]);
await cp(join(import.meta.dirname, "../../themes/ledger"), join(root, "themes/ledger"), { recursive: true });
await writeFile(join(root, "config.toml"), `theme = "ledger"\n${await readFile(join(root, "config.toml"), "utf8")}`);
execFileSync(program, ["build", "--root", root, "--quiet", "--output", join(root, "ledger")]);
const sites = { offprint: await serve(join(root, "public"), "/notes/"), ledger: await serve(join(root, "ledger"), "/notes/") };
const browser = await chromium.launch({ executablePath, args: ["--no-sandbox"] });
const tests = [];
const test = (name, run) => tests.push([name, run]);
const opened = async (address, options) => {
  const context = await browser.newContext({ reducedMotion: "reduce", viewport: { width: 1280, height: 800 }, ...options });
  const page = await context.newPage();
  page.asked = [];
  page.on("request", (request) => page.asked.push(new URL(request.url()).pathname));
  await page.goto(address);
  return page;
};
const seen = (page, where) => page.locator(where).first().innerText();

for (const [theme, { url }] of Object.entries(sites)) {
  test(`${theme}: the language chosen holds on every page, for all that is said in several`, async () => {
    const page = await opened(`${url}tags/lamps/`);
    assert.match(await seen(page, "h1"), /등불/);
    assert.doesNotMatch(await seen(page, "main"), /Things|March/);
    await page.locator("#reading-2").check();
    assert.match(await seen(page, "h1"), /Lamps/);
    for (const [kind, words] of [["", "Archive"], ["archive/", "2 papers"], ["tags/", "Lamps"], ["2025/03/12/", "March 12, 2025"], ["2025/03/", "March 2025"], ["papers/2503.00001/", "March 12, 2025"], ["tags/lamps/", "Things that give light."]]) {
      await page.goto(url + kind);
      const [text, name] = [await seen(page, "body"), await seen(page, ".name")];
      assert.ok(text.includes(words), `/${kind}: ${words} in ${text}`);
      assert.equal(name, "Lamp notes");
      assert.doesNotMatch(text, /2025년|태그|아카이브|빛을/, `/${kind}`);
    }
    await page.context().close();
  });

  test(`${theme}: what only screen readers hear, and what scripts write, is in the language that is read`, async () => {
    const page = await opened(`${url}2025/03/12/`, { permissions: ["clipboard-read", "clipboard-write"] });
    const named = () => page.evaluate(() => [".yours", "header.site nav", ".links", ".body summary"].map((where) => document.querySelector(where).ariaLabel));
    assert.deepEqual(await named(), ["나중에 읽기: Lamps That Learn", "주 메뉴", "링크", "본문: Lamps That Learn"]);
    await page.locator("#reading-2").check();
    const english = ["Read later: Lamps That Learn", "Main", "Links", "Text: Lamps That Learn"];
    assert.deepEqual(await named(), english);
    await page.reload();
    assert.deepEqual(await named(), english);
    await page.locator("h1").click();
    await page.keyboard.press("?");
    assert.match(await seen(page, "dialog"), /Keys[^가-힣]*Close/);
    await page.keyboard.press("Escape");
    await page.goto(`${url}papers/2503.00001/`);
    const copy = page.locator(".copy").first();
    await copy.click();
    await page.waitForFunction(() => document.querySelector(".copy").innerText === "Copied");
    await page.waitForFunction(() => document.querySelector(".copy").innerText === "Copy: BibTeX");
    await page.locator("#reading-1").check();
    assert.doesNotMatch(await copy.innerText(), /Copy/);
    assert.equal(await page.evaluate(() => document.querySelector("header.site nav").ariaLabel), "주 메뉴");
    await page.context().close();
  });

  test(`${theme}: a link shows title, byline and first sentence once one stays on it`, async () => {
    const page = await opened(`${url}papers/2503.00002/`);
    const link = page.locator(".texts a").first();
    await link.hover();
    await page.waitForSelector(".preview:not([hidden])");
    const text = await seen(page, ".preview");
    assert.match(text, /Lamps That Learn/);
    assert.match(text, /Ada Wick \+2 · 2025년 3월 12일/);
    assert.match(text, /등불이 배웁니다/);
    assert.equal(await link.getAttribute("aria-describedby"), "preview");
    // What is shown may be pointed at; Escape takes it away.
    await page.locator(".preview").hover();
    await page.waitForTimeout(400);
    assert.ok(await page.isVisible(".preview"));
    await page.keyboard.press("Escape");
    assert.ok(await page.isHidden(".preview"));
    const [of, all] = [await page.locator("body").boundingBox(), await page.evaluate(() => document.documentElement.scrollWidth)];
    assert.ok(all <= 1280 && of);
    // By keyboard, and from memory.
    const asked = page.asked.length;
    await page.mouse.move(0, 0);
    await page.locator(".texts a").first().focus();
    await page.keyboard.press("Shift+Tab");
    await page.keyboard.press("Tab");
    await page.waitForSelector(".preview:not([hidden])");
    assert.equal(page.asked.length, asked);
    await page.keyboard.press("Tab");
    assert.ok(await page.isHidden(".preview"));
    await page.locator("#reading-2").check();
    await link.hover();
    await page.waitForFunction(() => document.querySelector(".preview:not([hidden]) .words")?.textContent === "Lamps learn. Then they go out.");
    assert.match(await seen(page, ".preview"), /Ada Wick \+2 · March 12, 2025/);
    await page.context().close();
  });

  test(`${theme}: a finger that stays shows it, one that scrolls does not`, async () => {
    const page = await opened(`${url}papers/2503.00002/`, { hasTouch: true, viewport: { width: 390, height: 800 } });
    const at = await page.locator(".texts a").first().boundingBox();
    const touch = await page.context().newCDPSession(page);
    const send = (type, more = 0) =>
      touch.send("Input.dispatchTouchEvent", { type, touchPoints: type === "touchEnd" ? [] : [{ x: at.x + 8, y: at.y + 8 + more }] });
    await send("touchStart");
    await send("touchMove", 30);
    await page.waitForTimeout(600);
    assert.ok(await page.isHidden(".preview"), "scrolled");
    await send("touchEnd");
    await send("touchStart");
    await page.waitForSelector(".preview:not([hidden])");
    await send("touchEnd");
    await page.waitForTimeout(300);
    assert.ok(page.url().endsWith("2503.00002/"), "still here");
    assert.ok(await page.isVisible(".preview"));
    const box = await page.locator(".preview").boundingBox();
    assert.ok(box.x >= 0 && box.x + box.width <= 390, "within the window");
    await page.locator(".preview").tap();
    await page.waitForURL(/2503\.00001/);
    await page.context().close();
  });
}

test("a server that forbids what stands in the page does not stop it", async () => {
  const server = createServer(async (request, response) => {
    const answer = await fetch(new URL(request.url, sites.offprint.url));
    response.writeHead(answer.status, { "content-type": answer.headers.get("content-type"), "content-security-policy": "default-src 'self'" });
    response.end(Buffer.from(await answer.arrayBuffer()));
  });
  await new Promise((ready) => server.listen(0, "127.0.0.1", ready));
  const page = await opened(`http://127.0.0.1:${server.address().port}/notes/papers/2503.00002/`);
  const faults = [];
  page.on("console", (message) => message.type() === "error" && faults.push(message.text()));
  await page.locator(".texts a").first().hover();
  await page.waitForSelector(".preview:not([hidden])");
  const [link, box] = [await page.locator(".texts a").first().boundingBox(), await page.locator(".preview").boundingBox()];
  assert.ok(Math.abs(box.x - link.x) < 2 && box.y > link.y && box.y - link.y < 60, "below its link");
  assert.deepEqual(faults, []);
  await page.context().close();
  server.close();
});

let failed = 0;
for (const [name, run] of tests) {
  try {
    await run();
    console.log(`ok    ${name}`);
  } catch (error) {
    failed += 1;
    console.log(`FAIL  ${name}\n${error.stack}`);
  }
}
await browser.close();
for (const { close } of Object.values(sites)) await close();
await rm(root, { recursive: true });
process.exit(failed ? 1 : 0);
