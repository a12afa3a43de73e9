// What a query finds. Below stand: words as readers look for them, the files of a site, what a query says, and how what is found is
// ranked. What is shown of it, ../search.js knows.

// Words as a reader looks for them: folded and cut as the program does it, by the tables that it ships in search/index.json
// (src/prose/word.rs, src/prose/forms.rs). tests/browser/words.json holds examples that both are tested with.
const RUNS = /[\p{Alphabetic}\p{N}\p{M}]+/gu;
/** Characters of a word that count. */
const LONGEST = 24;
/** No stem is shorter, and no part of a compound. */
const SHORTEST = 3;

/** What the program ships: letters that no decomposition makes plain, scripts without spaces, endings. */
const tables = { plain: new Map(), parts: RUNS, wide: /^$/, endings: [] };
const learn = ({ plain, wide, endings }) => {
  const ranges = wide.map((range) => [...range].join("-")).join("");
  tables.plain = new Map(plain.split(" ").map((pair) => [pair[0], pair.slice(1)]));
  tables.wide = new RegExp(`^[${ranges}]`, "u");
  tables.parts = new RegExp(`[${ranges}]+|[^${ranges}]+`, "gu");
  tables.endings = endings;
};

const isWide = (text) => tables.wide.test(text);
const beginning = (text, count) => [...text].slice(0, count).join("");

/** Small letters without accents, ligatures and wide letters as plain ones. */
const fold = (run) => {
  const small = run.normalize("NFKD").replace(/[\u0300-\u036f]/g, "").toLowerCase().normalize("NFC");
  return small.replace(/[ß-ς]/g, (letter) => tables.plain.get(letter) ?? letter);
};

const pairs = (part) => {
  const characters = [...part];
  return characters.length === 1 ? [part] : characters.slice(1).map((second, at) => characters[at] + second);
};

/** The runs of letters of a text. */
const wholes = (text) => text.replace(/\u00ad/g, "").match(RUNS) ?? [];
/** The same, cut where a script begins or ends that is known by pairs. */
const runs = (text) => wholes(text).flatMap((run) => run.match(tables.parts));

/** The words of a text, each as what is looked up: itself, or all pairs of its characters. */
export const words = (text) => {
  const folded = wholes(text).flatMap((run) => fold(run).match(RUNS) ?? []);
  const parts = folded.flatMap((run) => run.match(tables.parts));
  return parts.map((part) => (isWide(part) ? pairs(part) : [beginning(part, LONGEST)]));
};

/** All letters of a text together, by which a whole title is known. */
const joined = (text) => beginning(wholes(text).map(fold).join(""), LONGEST);

/** The parts of a word that begin with a capital: none of a word that has only one, or whose parts are no words. */
const camelParts = (word) => {
  const parts = /^[A-Za-z0-9]+$/.test(word) ? word.split(/(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])/) : [];
  return parts.length < 2 || parts.some((part) => part.length < SHORTEST) ? [] : parts.map((part) => part.toLowerCase());
};

/** The word with the first of the endings that it has replaced, unless its first letters would not stay. */
const shorter = (word, endings) => {
  const [ending, instead] = endings.find(([ending]) => word.endsWith(ending)) ?? ["", ""];
  const made = ending ? word.slice(0, -ending.length) + instead : word;
  return made.length >= SHORTEST && made.startsWith(word.slice(0, SHORTEST)) ? made : word;
};

/** An English word without its ending: `wicks` and `wick`, `trimming` and `trim`, `studies` and `study` are one. */
export const stem = (word) => {
  if (!/^[a-z]{4,}$/.test(word)) return word;
  const [plural, verb, double, last] = tables.endings;
  const one = shorter(word, plural);
  const bare = shorter(one, verb);
  const root = shorter(/[aeiouy]/.test(bare) ? bare : one, double);
  return root.length > SHORTEST ? shorter(root, last) : root;
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

// The files of the search: which there are, what is fetched and kept of them, and how they are read. What they hold is in
// docs/themes.md.
/** Files that came before a newer site was published do not belong to those that come after. */
export class Stale extends Error {}

/** Where the files are, and what was fetched of one version of the site. */
const files = { addresses: {}, about: undefined, kept: new Map() };
export const use = (addresses) => (files.addresses = addresses);
export const forget = () => {
  files.about = undefined;
  files.kept.clear();
};

const fetched = async (address, options) => {
  const answer = await fetch(address, options);
  if (!answer.ok) throw new Error(`${answer.status} ${address}`);
  return answer;
};

/** What the search knows of itself. */
export const about = () =>
  (files.about ??= fetched(files.addresses.index, { cache: "no-cache" }).then(async (answer) => {
    const about = await answer.json();
    learn(about);
    return { ...about, days: daysOf(about) };
  }));

/** A file of the version that is known, fetched once. */
const file = async (address, read) => {
  const { version } = await about();
  const whole = `${address}?v=${version}`;
  if (!files.kept.has(whole)) {
    const made = async () => {
      const made = read(await (await fetched(whole)).text());
      if (made.version !== version) throw new Stale();
      return made;
    };
    files.kept.set(whole, made());
  }
  return files.kept.get(whole);
};

/** A file of words: its lines, and what it tells at once of some results, by their numbers. */
const readWords = (text) => {
  const [first, second] = [text.indexOf("\n"), text.indexOf("\n\n")];
  const results = text.slice(second + 2).split("\n").filter(Boolean).map((line) => JSON.parse(line));
  return {
    version: text.slice(0, first),
    lines: text.slice(first, second + 1),
    results: new Map(results.map(([number, result]) => [number, result])),
  };
};

const wordsFile = async (word) => file(`${files.addresses.words}${shard(word, (await about()).words)}.txt`, readWords);
export const facetsFile = async () => (await file(files.addresses.facets, JSON.parse)).facets;
export const resultOf = async (number) => {
  const { results: each } = await about();
  const { results } = await file(`${files.addresses.results}${Math.floor(number / each)}.json`, JSON.parse);
  return results[number % each];
};

/** The words of a result's page: only where a phrase may stand in what a file of results leaves out. */
const pageOf = async (path) => {
  const html = await (await fetched(files.addresses.home + path)).text();
  return new DOMParser().parseFromString(html, "text/html").querySelector("main").textContent;
};

/** The file that a word is in. */
const shard = (word, count) => {
  let hash = 0x811c9dc5;
  const key = shardKey(word);
  for (let at = 0; at < key.length; at++) hash = Math.imul(hash ^ key.charCodeAt(at), 0x1000193);
  return ((hash ^ (hash >>> 15)) >>> 0) % count;
};

/** Words of a kind of names, `tag:lamp`, are parted by it; whole titles are with their first word, and ids alone. */
const shardKey = (word) => {
  const [, kind = "", name] = word.match(/^(.*?:)?(.*)$/su);
  if (kind === "id:") return word;
  return (kind === "is:" ? "" : kind) + beginning(name, isWide(name) ? 1 : 3);
};

/** Numbers out of digits of five bits, lowest first. */
export const numbers = function* (digits) {
  let [number, factor] = [0, 1];
  for (let at = 0; at < digits.length; at++) {
    const digit = digits.charCodeAt(at) - 48;
    number += (digit % 32) * factor;
    factor *= 32;
    if (digit < 32) {
      yield number;
      [number, factor] = [0, 1];
    }
  }
};

const DAY = 86_400_000;
/** The dates of papers, newest first, each with the number of its first, and of the one after its last. */
const daysOf = ({ latest, dates, kinds }) => {
  const all = [...numbers(dates)];
  const days = [];
  let [time, from] = [Date.parse(latest), kinds.find(([kind]) => kind === "paper")?.[1] ?? 0];
  for (let at = 0; at < all.length; at += 2) {
    time -= all[at] * DAY;
    days.push({ date: new Date(time).toISOString().slice(0, 10), from, to: from + all[at + 1] });
    from += all[at + 1];
  }
  return days;
};

// What a query says: words, phrases, what narrows it, ids in any form of address, dates and months.
/** Kinds of names and of times that narrow a search: `tag:lamp`, `year:2025`. */
const NAMES = ["tag", "author", "venue", "org", "lang"];
const TIMES = ["year", "before", "after"];
const PART = new RegExp(`(-?)(?:(${[...NAMES, ...TIMES, "kind"].join("|")}):)?(?:"([^"]*)"?|(\\S+))`, "giu");

/** A query, told apart: what is looked for, what must stand there as it is, and what narrows it. */
export const parts = (query) => {
  const said = { text: [], phrases: [], narrow: [] };
  for (const [whole, minus, kind, quoted, bare] of query.matchAll(PART)) {
    const value = quoted ?? bare;
    if (kind || (minus && words(value).length)) said.narrow.push({ not: minus === "-", kind: kind?.toLowerCase(), value });
    else if (quoted !== undefined) said.phrases.push(quoted);
    else said.text.push(whole);
  }
  return said;
};

/** A part of a query as it is written there. */
export const written = ({ not, kind, value }) => `${not ? "-" : ""}${kind ? `${kind}:` : ""}${/\s/.test(value) ? `"${value}"` : value}`;

/** Forms in which a paper's id is written, alone or in an address; the first group is the id. */
const IDS = [
  /(?:^|arxiv[:/]\s*|(?:arxiv|ar5iv)\S*\/(?:abs|pdf|html|format|overview)\/|papers\/)(\d{4}\.\d{4,5})(?:v\d+)?(?:\.pdf)?\/?(?=$|[?#])/i,
  /(?:^|arxiv:\s*|arxiv\S*\/(?:abs|pdf|html)\/)([a-z-]+(?:\.[a-z]{2})?\/\d{7})(?:v\d+)?(?:\.pdf)?(?=$|[?#])/i,
  /arxiv\.(\d{4}\.\d{4,5})(?:v\d+)?$/i,
  /(?:^|doi:\s*|doi\.org\/|\/doi\/(?:abs\/|pdf\/|full\/|epdf\/)?)(10\.\d{4,9}\/[^\s?#]+)/i,
  /openreview\.net\/\w+\?(?:\S*&)?id=([\w-]+)/i,
];

/** The id that a query is, in the letters by which it is looked up. */
const idOf = (query) => {
  const said = query.trim();
  if (/\s/.test(said.replace(/^(arxiv|doi):\s+/i, "$1:"))) return undefined;
  let decoded = said;
  try {
    decoded = decodeURIComponent(said);
  } catch {
    // A lone percent sign is one.
  }
  const id = IDS.map((form) => decoded.match(form)?.[1]).find(Boolean);
  return id?.toLowerCase().replace(/[^\p{L}\p{N}]/gu, "");
};

/** The time that a query is and nothing else: a date, or a month, with its year or without, in any language of the site. */
const timeOf = (text, months) => {
  const said = text.trim().toLowerCase().replace(/[,.]/g, " ").replace(/\s+/g, " ");
  const [, year, month, day] = said.match(/^(\d{4})[-/ ](\d{1,2})(?:[-/ ](\d{1,2}))?$/) ?? [];
  if (year && month >= 1 && month <= 12) return { year, month: Number(month), day: day && Number(day) };
  const own = said.match(/^(?:(\d{4})년 ?)?(\d{1,2})월(?: ?(\d{1,2})일)?$/);
  if (own && own[2] >= 1 && own[2] <= 12) return { year: own[1], month: Number(own[2]), day: own[3] && Number(own[3]) };
  const rest = said.split(" ");
  const at = rest.findIndex((word) => months.some((names) => names.includes(word)));
  if (at < 0) return undefined;
  const named = months.findIndex((names) => names.includes(rest[at])) + 1;
  const others = rest.toSpliced(at, 1);
  const found = { month: named, year: others.find((word) => /^\d{4}$/.test(word)), day: others.find((word) => /^\d{1,2}$/.test(word)) };
  return others.every((word) => word === found.year || word === found.day) ? { ...found, day: found.day && Number(found.day) } : undefined;
};

// From a query to the numbers of what it finds, best first: looks up words, forgives a slip, ranks, narrows.
/** What a word counts in texts, there again and again, in names and tags, in names of authors, in titles. */
const RANKS = [1, 2, 4, 4, 8];
const [AUTHOR, TITLE] = [3, 4];
/** So many words of a query are looked up, and so many pairs of each: more say nothing new, and each may be a file. */
const MOST = 12;
/** What a whole title counts, the beginning of one, and the words of a query as they follow each other in one. */
const [WHOLE, BEGUN, TOGETHER_IN_TITLE] = [1000, 100, 16];

/** Numbers of what has a word, with what it is there, out of the lists of a line: by rank, the highest first. */
const postings = function* (lists) {
  let rank = RANKS.length;
  for (const digits of lists.replace("*", "").split(" ")) {
    rank--;
    let number = 0;
    for (const distance of numbers(digits)) yield [(number += distance), rank];
  }
};

/** How much one word is another: itself, another form of it, a longer one; in the end what it may become when typed on. */
const sameness = (word, other, root) => {
  if (other === word) return 1;
  if (stem(other) === root) return 0.9;
  return other.startsWith(word) ? 0.5 : 0;
};
const GROWS = /^\w?(?:s|e|es|ed|i|in|ing|ie|y)?$/;
const becomes = (word, other) => word.startsWith(stem(other)) && GROWS.test(word.slice(stem(other).length));

/** What has a word, by the lines of a file, with what it counts there; and whether it is too common to be asked for. */
const withWord = (lines, word, exact = false, same = sameness) => {
  const scores = new Map();
  // Other forms of the word count as well, and what begins with it, unless too much would: what is short, or common. Pairs are
  // whole, and a single character is in many.
  const whole = exact || (isWide(word) ? [...word].length > 1 : word.length < 3);
  const isCommon = lines.includes(`\n${word} *`);
  const wanted = whole ? `\n${word} ` : `\n${isWide(word) ? word : beginning(word, 3)}`;
  const root = stem(word);
  let common = false;
  for (let at = lines.indexOf(wanted); at >= 0; at = lines.indexOf(wanted, at + 1)) {
    const space = lines.indexOf(" ", at);
    const factor = same(word, lines.slice(at + 1, space), root);
    if (!factor || (isCommon && factor < 0.9)) continue;
    const lists = lines.slice(space + 1, lines.indexOf("\n", space));
    common ||= factor === 1 && lists.startsWith("*");
    for (const [number, rank] of postings(lists)) {
      scores.set(number, Math.max(scores.get(number) ?? 0, RANKS[rank] * factor));
    }
  }
  return { scores, common };
};

/** The word of a file that is one slip away from one that nothing has, and that most has. */
const meantIn = (lines, word) => {
  const all = lines.split("\n").map((line) => [line.slice(0, line.indexOf(" ")), line]);
  const near = all.filter(([other]) => other.length > 3 && !other.includes(":") && (isNear(word, other) || isNear(stem(word), stem(other))));
  return near.toSorted((a, b) => b[1].length - a[1].length)[0];
};

/** The same where the slip may be among the first letters, which say the file. */
const meant = async (word) => {
  if (isWide(word) || word.length < 5 || /\d/.test(word)) return undefined;
  const own = meantIn((await wordsFile(word)).lines, word);
  if (own) return own[0];
  const swapped = [0, 1, 2].map((at) => word.slice(0, at) + word[at + 1] + word[at] + word.slice(at + 2));
  const without = [0, 1, 2].map((at) => word.slice(0, at) + word.slice(at + 1));
  const keys = new Set([...swapped, ...without].map((other) => beginning(other, 3)));
  const found = await Promise.all([...keys].map(async (key) => meantIn((await wordsFile(key)).lines, word)));
  return found.filter(Boolean).toSorted((a, b) => b[1].length - a[1].length)[0]?.[0];
};

/** What a word tells: little if much has it. */
const weight = (scores, total) => Math.log2(1 + total / Math.max(scores.size, 1));

/** Adds scores, by number, to what was found: how much of the query it has, and how well. */
const add = (found, scores, told, factor) => {
  for (const [number, score] of scores) {
    const [hits, sum] = found.get(number) ?? [0, 0];
    found.set(number, [hits + told, sum + score * factor]);
  }
};

/** What has one word of a query: of many pairs, most. */
const withPairs = (pairs, total) => {
  const telling = pairs.filter((pair) => !pair.common);
  const needed = telling.length > 1 ? Math.ceil(telling.length * 0.6) : telling.length;
  const found = new Map();
  for (const { scores, common } of pairs) add(found, scores, common ? 0 : 1, pairs.length > 1 ? weight(scores, total) / pairs.length : 1);
  const scores = new Map([...found].filter(([, [hits]]) => hits >= needed).map(([number, [, score]]) => [number, score]));
  return { scores, common: telling.length === 0 };
};

/** What was found, best first, and whether it has all words. */
const rank = (groups, total) => {
  const telling = groups.filter((group) => !group.common);
  const needed = telling.length ? telling : groups;
  const found = new Map();
  const most = needed.reduce((sum, { scores }) => sum + weight(scores, total), 0);
  for (const group of groups) {
    const factor = group.common && telling.length ? 0.5 : weight(group.scores, total);
    add(found, group.scores, needed.includes(group) ? weight(group.scores, total) : 0, factor);
  }
  const isWhole = ([, [hits]]) => hits > most - 0.001;
  const all = [...found].filter(isWhole);
  const complete = all.length > 0 && needed.every(({ scores }) => scores.size);
  const some = complete ? all : [...found];
  // Of what has only some words, what tells more comes first.
  const score = ([, [hits, sum]]) => (complete ? sum : hits * 8 + sum);
  return { scores: new Map(some.map((each) => [each[0], score(each)])), complete };
};

/** A word of a query, also as what its capitals part; or else as what it may become, or what it may have been meant to be. */
const lookUpWord = async (pairs, run, said) => {
  const { found: total } = await about();
  const look = async (word, same) => withWord((await wordsFile(word)).lines, word, false, same);
  let found = withPairs(await Promise.all(pairs.slice(0, MOST).map((word) => look(word))), total);
  const camel = camelParts(run);
  if (camel.length) {
    const each = await Promise.all(camel.map((word) => look(word)));
    const all = [...each[0].scores].filter(([number]) => each.every(({ scores }) => scores.has(number)));
    for (const [number] of all) {
      const least = Math.min(...each.map(({ scores }) => scores.get(number)));
      found.scores.set(number, Math.max(found.scores.get(number) ?? 0, least * 0.9));
    }
  }
  if (found.scores.size || found.common || pairs.length > 1) return found;
  found = withPairs([await look(pairs[0], (word, other) => (becomes(word, other) ? 0.4 : 0))], total);
  if (found.scores.size || said.isTyping) return found;
  const near = await meant(pairs[0]);
  if (!near) return found;
  said.corrected.set(run, near);
  return withPairs([await look(near)], total);
};

/** The numbers of the papers of a time. */
const ofTime = ({ kind, value }, days) => {
  const isIn = (date) => {
    if (kind === "year") return date.startsWith(value);
    return kind === "before" ? date < value : date >= value;
  };
  return days.filter(({ date }) => isIn(date)).flatMap(({ from, to }) => Array.from({ length: to - from }, (_, at) => from + at));
};

/** What kind of thing a number is. */
export const kindOf = (number, { kinds }) => kinds.findLast(([, first]) => first <= number)?.[0];

/** What narrows a search, as a test of numbers. */
const narrowing = async ({ not, kind, value }, lookUp) => {
  const size = await about();
  if (kind === "kind") {
    const wanted = value.toLowerCase();
    return (number) => (kindOf(number, size) === wanted) !== not;
  }
  const has = new Set(await numbersWith({ kind, value }, lookUp, size));
  return (number) => has.has(number) !== not;
};
const numbersWith = async ({ kind, value }, lookUp, { days, found }) => {
  if (!kind) {
    const groups = await Promise.all(words(value).map((pairs, at) => lookUp(pairs, runs(value)[at] ?? "")));
    return rank(groups, found).scores.keys();
  }
  if (!NAMES.includes(kind)) return ofTime({ kind, value }, days);
  if (kind === "author") return byAuthor(words(value).flat());
  const each = words(value).flat().map((word) => `${kind}:${word}`);
  const sets = await Promise.all(each.map(async (word) => withWord((await wordsFile(word)).lines, word, true).scores));
  return sets.length ? [...sets[0].keys()].filter((number) => sets.every((set) => set.has(number))) : [];
};

/** What has all words in the names of its authors. A word that its title has as well is only listed for that. */
const byAuthor = async (names) => {
  const ranks = async (word) => {
    const { lines } = await wordsFile(word);
    const at = lines.indexOf(`\n${word} `);
    return at < 0 ? [] : postings(lines.slice(at + word.length + 2, lines.indexOf("\n", at + 1)));
  };
  const all = new Map();
  for (const each of await Promise.all(names.map(ranks))) {
    for (const [number, rank] of each) if (rank === AUTHOR || rank === TITLE) all.set(number, [...(all.get(number) ?? []), rank]);
  }
  return [...all].filter(([, ranks]) => ranks.length === names.length && ranks.includes(AUTHOR)).map(([number]) => number);
};

/** Adds what whole titles, and those that begin so, count. */
const addTitles = async (text, scores) => {
  const whole = joined(text);
  if ([...whole].length < 2) return new Set();
  const { lines } = await wordsFile(`is:${whole}`);
  const exact = new Set();
  const begins = (_, other) => (other === `is:${whole}` ? 1 : other.startsWith(`is:${whole}`) && whole.length >= 12 ? BEGUN / WHOLE : 0);
  const wanted = `\nis:${whole}`;
  for (let at = lines.indexOf(wanted); at >= 0; at = lines.indexOf(wanted, at + 1)) {
    const space = lines.indexOf(" ", at);
    const factor = begins(whole, lines.slice(at + 1, space));
    for (const [number] of factor ? postings(lines.slice(space + 1, lines.indexOf("\n", space))) : []) {
      if (scores.has(number)) scores.set(number, scores.get(number) + WHOLE * factor);
      if (factor === 1) exact.add(number);
    }
  }
  return exact;
};

/** What has a word and nothing else: an id, a month. */
const only = async (word) => withWord((await wordsFile(word)).lines, word, true).scores;

/** The pages of a time that a query is, as what is found first. */
const addTime = async (time, scores) => {
  const two = (number) => String(number).padStart(2, "0");
  const word = time.year ? time.year + two(time.month) + (time.day ? two(time.day) : "") : `month:${time.month}`;
  const found = await only(word);
  for (const number of found.keys()) scores.set(number, (scores.get(number) ?? 0) + WHOLE);
  return new Set(found.keys());
};

/** So many results are looked through for a phrase, so many at a time, until enough have it. */
const [LOOKED_THROUGH, TOGETHER, ENOUGH] = [48, 8, 16];
const folded = (text) => ` ${words(text).flat().join(" ")} `;
export const plainTitle = (html) => html.replace(/<[^>]*>/g, "").replace(/&\w+;|&#\w+;/g, " ");
const withPhrases = async (list, phrases) => {
  const wanted = phrases.map(folded);
  const has = async (number) => {
    const { path, title, texts: own = [], authors = [], sections = [] } = await resultOf(number);
    const texts = [...own, ...sections.map(([, title, lang, text]) => [lang, `${plainTitle(title)}. ${text}`])];
    const parts = [plainTitle(title), ...authors, ...texts.map(([, text]) => text)];
    const hasIn = (parts) => wanted.every((phrase) => parts.some((part) => folded(part).includes(phrase)));
    return hasIn(parts) || (texts.some(([, text]) => text.endsWith("…")) && hasIn([...parts, await pageOf(path)]));
  };
  const found = [];
  for (let at = 0; at < Math.min(list.length, LOOKED_THROUGH) && found.length < ENOUGH; at += TOGETHER) {
    const some = list.slice(at, at + TOGETHER);
    const have = await Promise.all(some.map(has));
    found.push(...some.filter((_, at) => have[at]));
  }
  return found;
};

/** What is told at once of results by the files of the words asked for. */
const toldAtOnce = async (asked) => {
  const files = await Promise.all(asked.map((word) => wordsFile(word)));
  return new Map(files.flatMap(({ results }) => [...results]));
};

/** Adds what titles count in which the words of a query follow each other, of those that are known. */
const addPhrases = (query, known, scores) => {
  const wanted = folded(query);
  for (const [number, told] of known) {
    const [, title] = Array.isArray(told[0]) ? told[0] : told;
    if (scores.has(number) && folded(plainTitle(title)).includes(wanted)) scores.set(number, scores.get(number) + TOGETHER_IN_TITLE);
  }
};

/** A word that is still being typed and says too little to be worth a file. */
const isShort = ([word]) => !isWide(word) && word.length < 3;

/** Finds what a query asks for. While it is being typed, the last word may be the beginning of one. */
export const find = async (query, { isTyping = false, byDate = false } = {}) => {
  const size = await about();
  const { text, phrases, narrow } = parts(query);
  const said = { isTyping, corrected: new Map() };
  const lookUp = (pairs, run) => lookUpWord(pairs, run, said);
  const plain = [...text, ...phrases].join(" ");
  const id = idOf(plain);
  const pieces = id ? [] : plain.split(/(?<=[^\p{Alphabetic}\p{N}\p{M}])/u).flatMap(runs);
  let asked = id ? [] : words(plain).slice(0, MOST);
  if (isTyping && asked.length > 1 && isShort(asked.at(-1))) asked = asked.slice(0, -1);
  const groups = await Promise.all(asked.map((pairs, at) => lookUp(pairs, pieces[at] ?? "")));
  // Common words say nothing beside what narrows the search.
  const telling = groups.some((group) => !group.common);
  const isAsked = asked.length > 0 && (telling || !narrow.some(({ not }) => !not));
  let { scores, complete } = isAsked ? rank(groups, size.found) : { scores: new Map(), complete: true };
  if (id) scores = await only(`id:${id}`);
  const time = timeOf(plain, size.months);
  const lifted = id || !isAsked ? new Set() : time ? await addTime(time, scores) : await addTitles(plain, scores);
  let list = [...scores.keys()];
  if (!isAsked && !id && narrow.length) list = Array.from({ length: size.found }, (_, at) => at).filter((at) => ["paper", "post", "page", "author"].includes(kindOf(at, size)));
  const first = asked.map((pairs) => pairs[0]);
  const meantWords = [...said.corrected.values()];
  const known = await toldAtOnce(first.concat(meantWords));
  if (asked.length > 1) addPhrases(plain, known, scores);
  const tests = await Promise.all(narrow.map((each) => narrowing(each, lookUp)));
  list = list.filter((number) => tests.every((test) => test(number)));
  const best = (number) => scores.get(number) ?? 0;
  list.sort((a, b) => (byDate ? a - b : best(b) - best(a) || a - b));
  if (phrases.some((phrase) => words(phrase).length)) list = await withPhrases(list, phrases);
  return {
    list,
    best,
    complete,
    lifted,
    corrected: said.corrected,
    known,
    shown: pattern([plain, ...meantWords].join(" "), new Set([...first.filter((_, at) => !groups[at].common), ...meantWords])),
  };
};

/** What shows where a text has those words of a query that tell something. */
const pattern = (query, telling) => {
  const shown = runs(query).flatMap((part) => [part, ...camelParts(part)]).filter((part) => telling.has(words(part)[0]?.[0]) || camelParts(query).includes(part));
  // Pairs are found across a space, too, and without a particle; other words at their beginning, short ones whole.
  const letter = "[\\p{Alphabetic}\\p{N}\\p{M}]";
  const root = (part) => {
    const bare = stem(part.toLowerCase());
    return part.toLowerCase().startsWith(bare) ? part.slice(0, bare.length) : part.slice(0, bare.length - 1);
  };
  const forms = (part) => (root(part).length < 3 ? part : `(?:${part}|${root(part)}[a-z]?(?:e?s|ies|ed|ing|y|e)?(?!${letter}))`);
  const latin = (part) => `(?<!${letter})${forms(part)}${part.length < 3 ? `(?!${letter})` : ""}`;
  const wide = (part) => {
    const all = [...part];
    const bare = all.length > 2 ? `|${all.slice(0, -1).join("\\s?")}` : "";
    return `(?:${all.join("\\s?")}${bare})`;
  };
  return new RegExp([...new Set(shown)].map((part) => (isWide(part) ? wide(part) : latin(part))).join("|") || "$^", "giu");
};
