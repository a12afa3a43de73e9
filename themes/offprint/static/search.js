// The search. Asks for the files of words that a query needs, finds what has them, and shows the results.
// Words are folded as the program folds them (src/prose/word.rs); what the files hold is in docs/themes.md.

const WIDE = "\\u1100-\\u11ff\\u3005-\\u3007\\u3040-\\u318f\\u31f0-\\u31ff\\u3400-\\u4dbf\\u4e00-\\u9fff\\uac00-\\ud7ff\\uf900-\\ufaff\\u{20000}-\\u{3ffff}";
const PARTS = new RegExp(`[${WIDE}]+|[^${WIDE}]+`, "gu");
const BEGINS_WIDE = new RegExp(`^[${WIDE}]`, "u");
const isWide = (text) => BEGINS_WIDE.test(text);
const beginning = (text, count) => [...text].slice(0, count).join("");

/** Letters that no decomposition makes plain, each before what people type for it. */
const PLAIN = new Map("ςσ øo łl đd ðd ßss æae œoe þth ħh ıi".split(" ").map((pair) => [pair[0], pair.slice(1)]));
const RUNS = /[\p{Alphabetic}\p{N}\p{M}]+/gu;

/** Small letters without accents, ligatures and wide letters as plain ones. */
const fold = (run) => {
  const small = run.normalize("NFKD").replace(/[\u0300-\u036f]/g, "").toLowerCase().normalize("NFC");
  return small.replace(/[ß-ς]/g, (letter) => PLAIN.get(letter) ?? letter);
};

/** The words of a text, each as what is looked up: itself, or all pairs of its characters. */
export const words = (text) => {
  const runs = (text.replace(/\u00ad/g, "").match(RUNS) ?? []).flatMap((run) => fold(run).match(RUNS) ?? []);
  return runs.flatMap((run) => run.match(PARTS)).map((part) => (isWide(part) ? pairs(part) : [beginning(part, 24)]));
};

const pairs = (part) => {
  const characters = [...part];
  return characters.length === 1 ? [part] : characters.slice(1).map((second, at) => characters[at] + second);
};

/** The file that a word is in. */
const shard = (word, count) => {
  let hash = 0x811c9dc5;
  const stem = beginning(word, isWide(word) ? 1 : 3);
  for (let at = 0; at < stem.length; at++) hash = Math.imul(hash ^ stem.charCodeAt(at), 0x1000193);
  return ((hash ^ (hash >>> 15)) >>> 0) % count;
};

/** Numbers of what has a word, and ranks, out of the digits of a line. */
const postings = function* (digits) {
  let [last, number, factor] = [0, 0, 1];
  for (let at = 0; at < digits.length; at++) {
    const digit = digits.charCodeAt(at) - 48;
    number += (digit % 32) * factor;
    factor *= 32;
    if (digit < 32) {
      last += Math.floor(number / 4);
      yield [last, number % 4];
      [number, factor] = [0, 1];
    }
  }
};

/** What a word counts in texts, there again and again, in names and tags, in titles. */
const RANKS = [1, 2, 4, 8];

/** What has a word, by a file of words, with what it counts there; and whether it is too common to be asked for. */
const withWord = (file, word) => {
  const scores = new Map();
  // What begins with the word counts as well, unless too much would: what is short, or common. Pairs are whole, and a single
  // character is in many.
  const whole = isWide(word) ? [...word].length > 1 : word.length < 3 || file.includes(`\n${word} *`);
  const wanted = whole ? `\n${word} ` : `\n${word}`;
  let common = false;
  for (let at = file.indexOf(wanted); at >= 0; at = file.indexOf(wanted, at + 1)) {
    const space = file.indexOf(" ", at);
    const same = file.slice(at + 1, space) === word ? 1 : 0.5;
    const digits = file.slice(space + 1, file.indexOf("\n", space));
    common ||= digits.startsWith("*");
    for (const [number, rank] of postings(digits.replace("*", ""))) {
      scores.set(number, Math.max(scores.get(number) ?? 0, RANKS[rank] * same));
    }
  }
  return { scores, common };
};

/** Adds scores, by number, to what was found: how many words that tell something it has, and their sum. */
const add = (found, scores, hit, factor) => {
  for (const [number, score] of scores) {
    const [hits, sum] = found.get(number) ?? [0, 0];
    found.set(number, [hits + hit, sum + score * factor]);
  }
};

/** What has one word of a query: of many pairs, most. */
const withPairs = (pairs, total) => {
  const telling = pairs.filter((pair) => !pair.common);
  const needed = telling.length > 1 ? Math.ceil(telling.length * 0.6) : telling.length;
  const found = new Map();
  for (const { scores, common } of pairs) add(found, scores, common ? 0 : 1, Math.log2(1 + total / scores.size));
  const scores = [...found].filter(([, [hits]]) => hits >= needed).map(([number, [, score]]) => [number, score]);
  return { scores, common: telling.length === 0 };
};

/** What was found in the order in which it is shown, and whether it has all words. */
const rank = (groups) => {
  const telling = groups.filter((group) => !group.common);
  const needed = telling.length ? telling : groups;
  const found = new Map();
  for (const group of groups) add(found, group.scores, needed.includes(group) ? 1 : 0, 1);
  const all = [...found].filter(([, [hits]]) => hits === needed.length);
  const some = all.length ? all : [...found];
  some.sort(([a, [hitsA, scoreA]], [b, [hitsB, scoreB]]) => hitsB - hitsA || scoreB - scoreA || a - b);
  return { numbers: some.map(([number]) => number), complete: all.length > 0 };
};

const form = document.querySelector("form.search");
const input = form.querySelector("input");
const status = form.querySelector("[role=status]");
const list = document.querySelector(".results");
const further = document.querySelector(".further");
/** Shows what comes after what is shown. */
let next = () => {};
further.addEventListener("click", () => next());
const { index, words: folder, results, found, some, none, failed } = form.dataset;
const AT_ONCE = 10;

/** Files that came before a newer site was published do not belong to those that come after. */
class Stale extends Error {}

/** What was fetched of one version of the site. */
const files = { sizes: undefined, kept: new Map() };
const forget = () => {
  files.sizes = undefined;
  files.kept.clear();
};
const fetched = async (address, options) => {
  const answer = await fetch(address, options);
  if (!answer.ok) throw new Error(`${answer.status} ${address}`);
  return answer;
};
const sizes = () => (files.sizes ??= fetched(index, { cache: "no-cache" }).then((answer) => answer.json()));
const kept = (address, read) => {
  if (!files.kept.has(address)) files.kept.set(address, read(address));
  return files.kept.get(address);
};
const check = (version, known) => {
  if (version !== known) throw new Stale();
};
const wordsFile = async (number) => {
  const { version } = await sizes();
  return kept(`${folder}${number}.txt?v=${version}`, async (address) => {
    const text = await (await fetched(address)).text();
    check(text.slice(0, text.indexOf("\n")), version);
    return text;
  });
};
const resultOf = async (number) => {
  const { version, results: each } = await sizes();
  const file = await kept(`${results}${Math.floor(number / each)}.json?v=${version}`, async (address) => {
    const file = await (await fetched(address)).json();
    check(file.version, version);
    return file;
  });
  return file.results[number % each];
};

/** So many words of a query are looked up, and so many pairs of each: more say nothing new, and each may be a file. */
const MOST = 12;
const find = async (query) => {
  const { found: total, words: count } = await sizes();
  const lookUp = async (word) => withWord(await wordsFile(shard(word, count)), word);
  const group = async (pairs) => withPairs(await Promise.all(pairs.slice(0, MOST).map(lookUp)), total);
  const asked = words(query).slice(0, MOST);
  const groups = await Promise.all(asked.map(group));
  const telling = asked.filter((_, at) => !groups[at].common).map(([first]) => first);
  return { ...rank(groups), shown: pattern(query, new Set(telling)) };
};

/** What shows where a text has those words of a query that tell something. */
const pattern = (query, telling) => {
  const parts = query.split(/[^\p{Alphabetic}\p{N}\p{M}]+/u).flatMap((run) => run.match(PARTS) ?? []);
  const shown = parts.filter((part) => telling.has(words(part)[0]?.[0]));
  // Pairs are found across a space, too; other words at their beginning, short ones whole.
  const letter = "[\\p{Alphabetic}\\p{N}\\p{M}]";
  const latin = (part) => `(?<!${letter})${part}${part.length < 3 ? `(?!${letter})` : ""}`;
  const shape = (part) => (isWide(part) ? [...part].join("\\s?") : latin(part));
  return new RegExp(shown.map(shape).join("|") || "$^", "giu");
};

const mark = (result, pattern) => {
  const walker = document.createTreeWalker(result, NodeFilter.SHOW_TEXT);
  const nodes = [];
  while (walker.nextNode()) if (!walker.currentNode.parentElement.closest("math")) nodes.push(walker.currentNode);
  for (const node of nodes) {
    // From the end, so that what is cut off does not move what is still to come.
    for (const { 0: word, index } of [...node.data.matchAll(pattern)].reverse()) {
      const rest = node.splitText(index);
      rest.splitText(word.length);
      const mark = document.createElement("mark");
      rest.replaceWith(mark);
      mark.append(rest);
    }
  }
};

/** So many characters are shown of a text in which a word was found. */
const ROOM = 180;
/** The sentence around a place in a text, and those after it that have room. */
const around = (text, at) => {
  const sentence = Math.max(...[". ", "? ", "! ", "。"].map((end) => text.lastIndexOf(end, at))) + 1;
  const from = at - sentence > ROOM / 2 ? text.lastIndexOf(" ", at - ROOM / 3) + 1 : sentence;
  const rest = text.slice(from).trim();
  const space = rest.lastIndexOf(" ", ROOM);
  const short = rest.length > ROOM ? `${rest.slice(0, space > ROOM / 2 ? space : ROOM)}…` : rest;
  return from === sentence ? short : `…${short}`;
};

/** Shows where the page of a result has the words, if its summary has none. The page is the one that a reader opens next. */
const quote = async (item, pattern) => {
  const summary = item.querySelector(".summary");
  if (!summary || summary.querySelector("mark")) return;
  const html = await (await fetched(item.querySelector("a").href)).text();
  const page = new DOMParser().parseFromString(html, "text/html");
  const texts = page.querySelectorAll(page.querySelector(".intro") ? ".intro :is(p, li, td, dd)" : ":is(.texts, .abstract) :is(p, li, td, dd)");
  for (const place of texts) {
    const text = place.textContent.replace(/\s+/g, " ").trim();
    const at = text.search(pattern);
    if (at < 0) continue;
    summary.lang = place.closest("[lang]").lang;
    summary.textContent = around(text, at);
    return mark(summary, pattern);
  }
};

let asked = 0;
const show = async ({ numbers, shown }, from) => {
  const turn = asked;
  const page = numbers.slice(from, from + AT_ONCE);
  const texts = await Promise.all(page.map(resultOf));
  if (turn !== asked) return;
  const items = texts.map((html) => {
    const item = document.createElement("li");
    item.innerHTML = html;
    mark(item, shown);
    return item;
  });
  if (from) list.append(...items);
  else list.replaceChildren(...items);
  // Without them, there is still the summary.
  for (const item of items) quote(item, shown).catch(() => {});
  further.hidden = from + AT_ONCE >= numbers.length;
  next = async () => {
    await show({ numbers, shown }, from + AT_ONCE);
    items.at(-1)?.nextElementSibling?.querySelector("a")?.focus();
  };
};

const search = async (again = true) => {
  const turn = ++asked;
  const query = input.value.trim();
  const address = new URL(location.href);
  address.search = query ? new URLSearchParams({ q: query }) : "";
  history.replaceState(history.state, "", address);
  if (!words(query).length) {
    status.textContent = "";
    further.hidden = true;
    list.removeAttribute("aria-busy");
    return list.replaceChildren();
  }
  list.setAttribute("aria-busy", "true");
  try {
    const answer = await find(query);
    if (turn !== asked) return;
    await show(answer, 0);
    if (turn !== asked) return;
    const { numbers, complete } = answer;
    const say = complete ? found : some;
    status.textContent = numbers.length ? `${say}: ${numbers.length.toLocaleString(document.documentElement.lang)}` : none;
  } catch (error) {
    forget();
    if (error instanceof Stale && again) return search(false);
    if (turn === asked) status.textContent = failed;
  }
  if (turn === asked) list.removeAttribute("aria-busy");
};

let waiting;
input.addEventListener("input", () => {
  clearTimeout(waiting);
  waiting = setTimeout(search, 120);
});
form.addEventListener("submit", (event) => {
  event.preventDefault();
  clearTimeout(waiting);
  search();
});
input.value = new URLSearchParams(location.search).get("q") ?? input.value;
search();
