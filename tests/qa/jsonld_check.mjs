#!/usr/bin/env node
// JSON-LD check, offline: every <script type="application/ld+json"> must parse, name schema.org types,
// and type-check against the schema-dts typings (unknown types or properties fail).
// usage: node jsonld_check.mjs DIR        (install.sh brings what it needs; NODE_MODULES may name another folder)
import { readFileSync, readdirSync, writeFileSync, mkdtempSync, rmSync } from "node:fs";
import { join, relative, resolve } from "node:path";
import { createRequire } from "node:module";
const mods = process.env.NODE_MODULES ?? new URL("./tools/node_modules", import.meta.url).pathname;
const ts = createRequire(join(mods, "x.js"))("typescript");
const root = resolve(process.argv[2]);
const pages = [];
(function walk(d) { for (const e of readdirSync(d, { withFileTypes: true })) { const p = join(d, e.name); e.isDirectory() ? walk(p) : e.name.endsWith(".html") && pages.push(p); } })(root);
const RE = /<script\b[^>]*type\s*=\s*["']?application\/ld\+json["']?[^>]*>([\s\S]*?)<\/script>/gi;
let blocks = 0, findings = [];
const src = ['import type {Graph, Thing, WithContext} from "schema-dts";', 'type Doc = WithContext<Exclude<Thing, string>> | Graph;'];
const origin = [];
for (const p of pages) {
  for (const m of readFileSync(p, "utf8").matchAll(RE)) {
    blocks++;
    let v;
    try { v = JSON.parse(m[1]); } catch (e) { findings.push(`${relative(root, p)}: not JSON: ${e.message}`); continue; }
    if (v["@context"] !== "https://schema.org") findings.push(`${relative(root, p)}: @context is ${JSON.stringify(v["@context"])}`);
    origin[src.length] = relative(root, p);
    // the exact type is asked for, so that errors name the property and not the 900-member union
    const t = typeof v["@type"] === "string" && /^[A-Z]\w*$/.test(v["@type"]) ? v["@type"] : null;
    src.push(t ? `export const b${blocks}: WithContext<Exclude<import("schema-dts").${t}, string>> = ${JSON.stringify(v)};` : `export const b${blocks}: Doc = ${JSON.stringify(v)};`);
  }
}
const dir = mkdtempSync(join(mods, "..", ".jsonld-"));
const file = join(dir, "blocks.ts");
writeFileSync(file, src.join("\n"));
const prog = ts.createProgram([file], { strict: true, noEmit: true, skipLibCheck: true, module: 199, moduleResolution: 99, target: 99, types: [] });
for (const d of ts.getPreEmitDiagnostics(prog)) {
  const line = d.file ? d.file.getLineAndCharacterOfPosition(d.start).line : 0;
  findings.push(`${origin[line] ?? "?"}: ${ts.flattenDiagnosticMessageText(d.messageText, " | ").slice(0, 300)}`);
}
rmSync(dir, { recursive: true });
for (const f of findings) console.log(f);
console.log(JSON.stringify({ pages: pages.length, blocks, findings: findings.length }));
process.exit(findings.length || !blocks ? 1 : 0);
