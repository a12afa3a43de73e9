// What a query says: words, phrases, what narrows it, ids in any form of address, dates and months.
import { words } from "./words.js";

/** Kinds of names and of times that narrow a search: `tag:lamp`, `year:2025`. */
export const NAMES = ["tag", "author", "venue", "org", "lang"];
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
export const idOf = (query) => {
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
export const timeOf = (text, months) => {
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
