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
  // Words of a kind of names, `tag:lamp`, are parted by it.
  const [, kind, name] = word.match(/^(.*?:)?(.*)$/su);
  const stem = (kind ?? "") + beginning(name, isWide(name) ? 1 : 3);
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

/** An English word without its ending: `wicks` and `wick`, `trimming` and `trim`, `studies` and `study` are one. */
export const stem = (word) => {
  if (!/^[a-z]{4,}$/.test(word)) return word;
  const one = word.replace(/(ss|sh|ch|x|z)es$/, "$1").replace(/ies$/, "y").replace(/([^isu])s$/, "$1");
  const bare = one.replace(/^(.*[aeiouy].*?)(?:ing|ed)$/, "$1");
  const root = bare.length < 3 ? one : bare.replace(/([bdgklmnprt])\1$/, bare === one ? "$&" : "$1");
  return root.length < 4 ? root : root.replace(/e$/, "").replace(/y$/, "i");
};

/** What has a word, by a file of words, with what it counts there; and whether it is too common to be asked for. */
const withWord = (file, word, exact = false) => {
  const scores = new Map();
  // Other forms of the word count as well, and what begins with it, unless too much would: what is short, or common. Pairs are
  // whole, and a single character is in many.
  const whole = exact || (isWide(word) ? [...word].length > 1 : word.length < 3 || file.includes(`\n${word} *`));
  const wanted = whole ? `\n${word} ` : `\n${isWide(word) ? word : beginning(word, 3)}`;
  const root = stem(word);
  let common = false;
  for (let at = file.indexOf(wanted); at >= 0; at = file.indexOf(wanted, at + 1)) {
    const space = file.indexOf(" ", at);
    const other = file.slice(at + 1, space);
    const same = other === word ? 1 : stem(other) === root ? 0.9 : other.startsWith(word) ? 0.5 : 0;
    if (!same) continue;
    const digits = file.slice(space + 1, file.indexOf("\n", space));
    common ||= same === 1 && digits.startsWith("*");
    for (const [number, rank] of postings(digits.replace("*", ""))) {
      scores.set(number, Math.max(scores.get(number) ?? 0, RANKS[rank] * same));
    }
  }
  return { scores, common };
};

/** Whether one slip leads from a word to another: a letter too many, too few, another, or two that changed places. */
const isNear = (a, b) => {
  if (Math.abs(a.length - b.length) > 1) return false;
  let from = 0;
  while (from < a.length && a[from] === b[from]) from++;
  const rest = (text, skip) => text.slice(from + skip);
  const swapped = a[from] === b[from + 1] && a[from + 1] === b[from] && rest(a, 2) === rest(b, 2);
  return swapped || rest(a, 1) === rest(b, 1) || rest(a, 1) === rest(b, 0) || rest(a, 0) === rest(b, 1);
};

/** The word of a file that is one slip away from one that nothing has, and that most has. */
const meant = (file, word) => {
  if (isWide(word) || word.length < 5) return undefined;
  const lines = file.split("\n").slice(1).map((line) => line.split(" "));
  const near = lines.filter(([other]) => other.length > 3 && !other.includes(":") && isNear(word, other));
  return near.toSorted((a, b) => b[1].length - a[1].length)[0]?.[0];
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
const { index, words: folder, results, found, some, none, failed, meant: meantFor } = form.dataset;
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

/** Kinds of names and of times that narrow a search: `tag:lamp`, `year:2025`. */
const NAMES = ["tag", "author", "venue", "org", "lang"];
const TIMES = ["year", "before", "after"];
const PART = new RegExp(`(-?)(?:(${[...NAMES, ...TIMES].join("|")}):)?(?:"([^"]+)"?|(\\S+))`, "gu");

/** A query, told apart: what is looked for, what must stand there as it is, and what narrows it. */
export const parts = (query) => {
  const said = { text: [], phrases: [], narrow: [] };
  for (const [whole, minus, kind, quoted, bare] of query.matchAll(PART)) {
    const value = quoted ?? bare;
    if (kind || (minus && words(value).length)) said.narrow.push({ not: minus === "-", kind, value });
    else if (quoted) said.phrases.push(quoted);
    else said.text.push(whole);
  }
  return said;
};

/** The numbers of the papers of a time, from the first to the one after the last. */
const times = ({ kind, value }, { dates, papers }) => {
  const first = dates[0]?.[1] ?? 0;
  const until = (isLater) => dates.find(([date]) => !isLater(date))?.[1] ?? first + papers;
  const end = dates.find(([date]) => !date)?.[1] ?? first + papers;
  const later = until((date) => date && (kind === "year" ? date.slice(0, value.length) > value : date >= value));
  if (kind === "before") return [later, end];
  const since = until((date) => date && date >= value);
  return kind === "after" ? [first, since] : [later, since];
};

/** So many results are looked through for a phrase. */
const LOOKED_THROUGH = 40;
const folded = (text) => words(text).flat().join(" ");
/** Whether a result, or else its page, has all phrases. */
const hasAll = async (number, phrases) => {
  const html = await resultOf(number);
  const parse = (html) => new DOMParser().parseFromString(html, "text/html");
  const has = (text) => phrases.every((phrase) => ` ${folded(text)} `.includes(` ${folded(phrase)} `));
  const result = parse(html);
  if (has(result.body.textContent)) return true;
  const page = await (await fetched(result.querySelector("a").getAttribute("href"))).text();
  return has(parse(page).querySelector("main").textContent);
};

/** So many words of a query are looked up, and so many pairs of each: more say nothing new, and each may be a file. */
const MOST = 12;
const find = async (query) => {
  const size = await sizes();
  const { found: total, words: count } = size;
  const file = (word) => wordsFile(shard(word, count));
  const lookUp = async (word) => withWord(await file(word), word);
  const corrected = [];
  const group = async (pairs) => {
    const found = withPairs(await Promise.all(pairs.slice(0, MOST).map(lookUp)), total);
    if (found.scores.length || found.common || pairs.length > 1) return found;
    const near = meant(await file(pairs[0]), pairs[0]);
    if (!near) return found;
    corrected.push(near);
    return withPairs([await lookUp(near)], total);
  };
  const { text, phrases, narrow } = parts(query);
  const asked = words([...text, ...phrases].join(" ")).slice(0, MOST);
  const groups = await Promise.all(asked.map(group));
  const telling = [...asked.filter((_, at) => !groups[at].common).map(([first]) => first), ...corrected];
  // A date is also one word: it says which of a month and its days is meant.
  const dates = (text.join(" ").match(/\b\d{4}-\d{2}(?:-\d{2})?\b/g) ?? []).map((date) => date.replaceAll("-", ""));
  const asides = await Promise.all(dates.map(async (date) => ({ ...(await group([date])), common: true })));
  // Common words say nothing beside what narrows the search.
  const isNarrowed = narrow.some(({ not }) => !not);
  const isAsked = isNarrowed ? telling.length > 0 : asked.length > 0;
  const answer = isAsked ? rank([...groups, ...asides]) : { numbers: undefined, complete: true };
  // What has a name, all of its words; what is of a time; what has a word.
  const named = async (kind, value) => {
    const each = words(value).flat().map((word) => `${kind}:${word}`);
    const sets = await Promise.all(each.map(async (word) => withWord(await file(word), word, true).scores));
    return sets.length ? [...sets[0].keys()].filter((number) => sets.every((set) => set.has(number))) : [];
  };
  const numbersOf = async ({ kind, value }) => {
    if (NAMES.includes(kind)) return named(kind, value);
    if (!kind) return rank(await Promise.all(words(value).map(group))).numbers;
    const [from, to] = times({ kind, value }, size);
    return Array.from({ length: Math.max(to - from, 0) }, (_, at) => from + at);
  };
  for (const each of narrow.toSorted((a, b) => a.not - b.not)) {
    const numbers = await numbersOf(each);
    const set = new Set(numbers);
    answer.numbers = answer.numbers?.filter((number) => set.has(number) !== each.not) ?? (each.not ? undefined : numbers.toSorted((a, b) => a - b));
  }
  answer.numbers ??= [];
  if (phrases.length) {
    const looked = answer.numbers.slice(0, LOOKED_THROUGH);
    const has = await Promise.all(looked.map((number) => hasAll(number, phrases)));
    answer.numbers = looked.filter((_, at) => has[at]);
  }
  return { ...answer, corrected, shown: pattern([...text, ...phrases, ...corrected].join(" "), new Set(telling)) };
};

/** What shows where a text has those words of a query that tell something. */
const pattern = (query, telling) => {
  const parts = query.split(/[^\p{Alphabetic}\p{N}\p{M}]+/u).flatMap((run) => run.match(PARTS) ?? []);
  const shown = parts.filter((part) => telling.has(words(part)[0]?.[0]));
  // Pairs are found across a space, too; other words at their beginning, short ones whole.
  const letter = "[\\p{Alphabetic}\\p{N}\\p{M}]";
  const root = (part) => part.slice(0, stem(part.toLowerCase()).replace(/i$/, "").length);
  const forms = (part) => (root(part).length < 3 ? part : `(?:${part}|${root(part)}[a-z]?(?:e?s|ies|ed|ing|y|e)?(?!${letter}))`);
  const latin = (part) => `(?<!${letter})${forms(part)}${part.length < 3 ? `(?!${letter})` : ""}`;
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
    const { numbers, complete, corrected } = answer;
    const say = complete ? found : some;
    const count = `${say}: ${numbers.length.toLocaleString(document.documentElement.lang)}`;
    const other = corrected.length ? ` (${meantFor}: ${corrected.join(" ")})` : "";
    status.textContent = numbers.length ? count + other : none;
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
