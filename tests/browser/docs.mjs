// The documentation as a site, in a browser: no page is endless, contents and headings are links, code can be copied, the menu folds
// on phones, and each question of a newcomer is answered by one search. node tests/browser/docs.mjs PROGRAM; needs what
// tests/qa/install.sh installs.
import { execFileSync } from "node:child_process";
import { mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import assert from "node:assert/strict";
import { serve } from "../qa/serve.mjs";
import { chromium, executablePath, program, tally } from "./chromium.mjs";

/** Pixels that a page may be high on a desk. */
const HIGHEST = 8000;
/** What a newcomer types, and a place that answers it, which must be among the first three results. */
const QUESTIONS = [
  ["install", "install/"],
  ["obsidian vault", "vault/"],
  ["private notes", "recipes/#private-notes"],
  ["own domain", "domain/"],
  ["comments giscus", "config-people/#comments"],
  ["two languages", "languages/"],
  ["change colour", "own-theme/#a-colour-or-another-option"],
  ["newsletter mail", "newsletter/"],
  ["move from hugo", "moving/#hugo"],
  ["upgrade theme", "upgrading/#files-of-a-theme-that-you-copied"],
];

const site = await mkdtemp(join(tmpdir(), "offprint-docs-"));
execFileSync(program, ["build", "--root", join(import.meta.dirname, "../../docs"), "--output", join(site, "public"), "--quiet"]);
const server = await serve(join(site, "public"), "/offprint/docs/");
const browser = await chromium.launch({ executablePath, args: ["--no-sandbox"] });
const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, permissions: ["clipboard-read", "clipboard-write"] });
const page = await context.newPage();
const errors = [];
page.on("pageerror", (error) => errors.push(String(error)));
const { test, end } = tally();

try {
  await test("no page is endless", async () => {
    const folders = (await readdir(join(import.meta.dirname, "../../docs"))).filter((file) => file.endsWith(".md") && file !== "index.md");
    const high = [];
    for (const path of ["", ...folders.map((file) => file.replace(".md", "/"))]) {
      await page.goto(server.url + path);
      const height = await page.evaluate(() => document.documentElement.scrollHeight);
      if (height > HIGHEST) high.push(`${path}: ${height}`);
    }
    assert.deepEqual(high, []);
  });

  await test("contents and headings are links, pages have neighbours, code is copied as it is typed", async () => {
    await page.goto(`${server.url}tutorial/`);
    const parts = await page.locator(".toc a").evaluateAll((links) => links.map((link) => link.getAttribute("href")));
    assert.ok(parts.length > 3);
    const headings = await page.locator(".texts :is(h2, h3) > a.to-part").evaluateAll((links) => links.map((link) => link.getAttribute("href")));
    assert.ok(parts.every((part) => headings.includes(part)), `${parts} ${headings}`);
    assert.equal(await page.locator(".pager .prev").innerText(), "Install");
    const block = page.locator(".code-block", { has: page.locator("code.language-console") }).first();
    await block.hover();
    await block.locator("button.copy").click();
    const copied = await page.evaluate(() => navigator.clipboard.readText());
    assert.ok(copied.startsWith("offprint ") && !copied.includes("$"), copied);
  });

  await test("the menu stands open on a desk and is folded on a phone", async () => {
    const link = page.locator(".docs-menu a", { hasText: "Components" });
    assert.ok(await link.isVisible());
    await page.setViewportSize({ width: 390, height: 844 });
    await page.goto(`${server.url}config/`);
    assert.ok(!(await link.isVisible()));
    assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), "the page is wider than the phone");
    await page.locator(".docs-menu summary").click();
    assert.ok(await link.isVisible());
    await page.setViewportSize({ width: 1280, height: 900 });
  });

  for (const [question, answer] of QUESTIONS) {
    await test(`one search answers: ${question}`, async () => {
      await page.goto(`${server.url}search/?q=${encodeURIComponent(question)}`);
      await page.waitForSelector(".results [data-whole] a");
      await page.waitForLoadState("networkidle");
      const found = await page.locator(".results > li").evaluateAll((results) =>
        results.slice(0, 3).flatMap((result) => [...result.querySelectorAll("a")].map((link) => link.getAttribute("href"))),
      );
      assert.ok(found.includes(`/offprint/docs/${answer}`), found.join("\n"));
    });
  }
  assert.deepEqual(errors, []);
} finally {
  await browser.close();
  await server.close();
  await rm(site, { recursive: true });
}
end();
