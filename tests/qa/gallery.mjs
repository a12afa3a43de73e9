#!/usr/bin/env node
// gallery.mjs OFFPRINT [DIR]: the pictures of docs/gallery.md, made from the demo site in this repository.
// Builds it once for each theme and first language, takes four views of each theme, and puts them on two sheets a theme:
// DIR/THEME-desk.png and DIR/THEME-phone.png (DIR is docs/images). Needs what qa.mjs needs.
import { execFileSync } from "node:child_process";
import { cpSync, mkdtempSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { serve } from "./serve.mjs";

const repository = fileURLToPath(new URL("../../", import.meta.url));
const [program, target = join(repository, "docs/images")] = process.argv.slice(2);
if (!program) { console.error("usage: gallery.mjs OFFPRINT [DIR]"); process.exit(2); }
const mods = process.env.NODE_MODULES ?? fileURLToPath(new URL("./tools/node_modules", import.meta.url));
const { chromium } = createRequire(join(resolve(mods), "x.js"))("playwright-core");

const DESK = { width: 1280, height: 900 }, PHONE = { width: 390, height: 760 };
// Sheet, language, colours, page, size of the window, and by how much it is made smaller.
const VIEWS = [
  ["desk", "ko", "light", "", DESK, 0.42],
  ["desk", "en", "dark", "2025/04/16/", DESK, 0.42],
  ["phone", "ko", "dark", "", PHONE, 0.5],
  ["phone", "ko", "light", "2025/03/07/", PHONE, 0.5],
  ["phone", "en", "light", "papers/2504.10483/", PHONE, 0.5],
  ["phone", "en", "dark", "archive/", PHONE, 0.5],
];

/** The demo in a theme, with a language first; its settings are the repository's but for these. */
function build(folder, theme, lang) {
  const other = lang === "ko" ? "en" : "ko";
  const config = readFileSync(join(repository, "config.toml"), "utf8")
    .replace(/^theme = .*$/m, `theme = "${theme}"`)
    .replace(/^languages = .*$/m, `languages = ["${lang}", "${other}"]`);
  const site = join(folder, `${theme}-${lang}`);
  mkdirSync(site);
  writeFileSync(join(site, "config.toml"), config);
  cpSync(join(repository, "content"), join(site, "content"), { recursive: true });
  execFileSync(resolve(program), ["build", "--quiet", "--root", site, "--base-url", "https://demo.example/blog/"], { stdio: "inherit" });
  return join(site, "public");
}

/** One view as a picture. */
async function shot(browser, url, scheme, size, scale) {
  const context = await browser.newContext({ viewport: size, colorScheme: scheme, deviceScaleFactor: scale, reducedMotion: "reduce" });
  const page = await context.newPage();
  await page.goto(url, { waitUntil: "load" });
  const picture = await page.screenshot();
  await context.close();
  return { picture, width: Math.round(size.width * scale), height: Math.round(size.height * scale) };
}

/** Pictures side by side on one. */
async function sheet(browser, shots, path) {
  const gap = 12;
  const width = shots.reduce((sum, shot) => sum + shot.width + gap, gap);
  const height = Math.max(...shots.map((shot) => shot.height)) + 2 * gap;
  const images = shots.map((shot) => `<img width="${shot.width}" height="${shot.height}" src="data:image/png;base64,${shot.picture.toString("base64")}">`);
  const page = await browser.newPage({ viewport: { width, height } });
  await page.setContent(`<style>body{margin:0;display:flex;gap:${gap}px;padding:${gap}px;background:#999}</style>${images.join("")}`);
  await page.screenshot({ path });
  await page.close();
}

const folder = mkdtempSync(join(tmpdir(), "offprint-gallery-"));
const browser = await chromium.launch({ executablePath: process.env.CHROME ?? "/usr/bin/chromium", args: ["--no-sandbox", "--font-render-hinting=none"] });
try {
  mkdirSync(target, { recursive: true });
  for (const theme of ["offprint", "ledger"]) {
    const sheets = {};
    for (const lang of ["ko", "en"]) {
      const site = await serve(build(folder, theme, lang), "/blog/");
      for (const [name, , scheme, path, size, scale] of VIEWS.filter((view) => view[1] === lang)) {
        (sheets[name] ??= []).push(await shot(browser, site.url + path, scheme, size, scale));
      }
      await site.close();
    }
    for (const [name, shots] of Object.entries(sheets)) {
      const path = join(target, `${theme}-${name}.png`);
      await sheet(browser, shots, path);
      console.log(path);
    }
  }
} finally {
  await browser.close();
  rmSync(folder, { recursive: true, force: true });
}
