// Words as a reader looks for them: folded and cut as the program does it, by the tables that it ships in search/index.json
// (src/prose/word.rs, src/prose/forms.rs). tests/browser/words.json holds examples that both are tested with.

const RUNS = /[\p{Alphabetic}\p{N}\p{M}]+/gu;
/** Characters of a word that count. */
const LONGEST = 24;
/** No stem is shorter, and no part of a compound. */
const SHORTEST = 3;

/** What the program ships: letters that no decomposition makes plain, scripts without spaces, endings. */
const tables = { plain: new Map(), parts: RUNS, wide: /^$/, endings: [] };
export const learn = ({ plain, wide, endings }) => {
  const ranges = wide.map((range) => [...range].join("-")).join("");
  tables.plain = new Map(plain.split(" ").map((pair) => [pair[0], pair.slice(1)]));
  tables.wide = new RegExp(`^[${ranges}]`, "u");
  tables.parts = new RegExp(`[${ranges}]+|[^${ranges}]+`, "gu");
  tables.endings = endings;
};

export const isWide = (text) => tables.wide.test(text);
export const beginning = (text, count) => [...text].slice(0, count).join("");

/** Small letters without accents, ligatures and wide letters as plain ones. */
const fold = (run) => {
  const small = run.normalize("NFKD").replace(/[\u0300-\u036f]/g, "").toLowerCase().normalize("NFC");
  return small.replace(/[ß-ς]/g, (letter) => tables.plain.get(letter) ?? letter);
};

const pairs = (part) => {
  const characters = [...part];
  return characters.length === 1 ? [part] : characters.slice(1).map((second, at) => characters[at] + second);
};

/** The runs of letters of a text, cut where a script begins or ends that is known by pairs. */
export const runs = (text) => (text.replace(/\u00ad/g, "").match(RUNS) ?? []).flatMap((run) => run.match(tables.parts));

/** The words of a text, each as what is looked up: itself, or all pairs of its characters. */
export const words = (text) => {
  const folded = (text.replace(/\u00ad/g, "").match(RUNS) ?? []).flatMap((run) => fold(run).match(RUNS) ?? []);
  const parts = folded.flatMap((run) => run.match(tables.parts));
  return parts.map((part) => (isWide(part) ? pairs(part) : [beginning(part, LONGEST)]));
};

/** All letters of a text together, by which a whole title is known. */
export const joined = (text) => beginning((text.replace(/\u00ad/g, "").match(RUNS) ?? []).map(fold).join(""), LONGEST);

/** The parts of a word that begin with a capital: none of a word that has only one, or whose parts are no words. */
export const camelParts = (word) => {
  const parts = /^[A-Za-z0-9]+$/.test(word) ? word.split(/(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])/) : [];
  return parts.length < 2 || parts.some((part) => part.length < SHORTEST) ? [] : parts.map((part) => part.toLowerCase());
};

/** The words of every compound of a text, and what a hyphen parts as one word: what the program says of titles. */
export const compounds = (text) =>
  (text.match(/[A-Za-z0-9-]{4,}/g) ?? []).flatMap((run) => {
    const whole = run.replaceAll("-", "");
    const hasHyphen = run.replace(/^-+|-+$/g, "").includes("-") && whole.length <= LONGEST;
    return [...run.split("-").flatMap(camelParts), ...(hasHyphen ? [whole.toLowerCase()] : [])];
  });

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
export const isNear = (a, b) => {
  if (Math.abs(a.length - b.length) > 1) return false;
  let from = 0;
  while (from < a.length && a[from] === b[from]) from++;
  const rest = (text, skip) => text.slice(from + skip);
  const swapped = a[from] === b[from + 1] && a[from + 1] === b[from] && rest(a, 2) === rest(b, 2);
  return swapped || rest(a, 1) === rest(b, 1) || rest(a, 1) === rest(b, 0) || rest(a, 0) === rest(b, 1);
};
