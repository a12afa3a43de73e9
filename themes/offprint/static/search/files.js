// The files of the search: which there are, what is fetched and kept of them, and how they are read. What they hold is in
// docs/themes.md.
import { beginning, isWide, learn } from "./words.js";

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

export const wordsFile = async (word) => file(`${files.addresses.words}${shard(word, (await about()).words)}.txt`, readWords);
export const facetsFile = async () => (await file(files.addresses.facets, JSON.parse)).facets;
export const resultOf = async (number) => {
  const { results: each } = await about();
  const { results } = await file(`${files.addresses.results}${Math.floor(number / each)}.json`, JSON.parse);
  return results[number % each];
};

/** The words of a result's page: only where a phrase may stand in what a file of results leaves out. */
export const pageOf = async (path) => {
  const html = await (await fetched(files.addresses.home + path)).text();
  return new DOMParser().parseFromString(html, "text/html").querySelector("main").textContent;
};

/** The file that a word is in. */
export const shard = (word, count) => {
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
