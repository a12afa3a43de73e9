// What is found, as a reader sees it: a result, its words marked, the sentence that has them.
import { about, resultOf } from "./files.js";
import { kindOf, plainTitle } from "./find.js";

/** An element with these properties and children. */
export const element = (name, properties = {}, ...children) => {
  const made = Object.assign(document.createElement(name), properties);
  made.append(...children.filter((child) => child !== ""));
  return made;
};

/** A word of the interface, as its page says it. */
export const named = (html) => element("span", { innerHTML: html });

/** Marks the words of a pattern where an element shows them, but not in formulas. */
const mark = (shown, pattern) => {
  const walker = document.createTreeWalker(shown, NodeFilter.SHOW_TEXT);
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

/** So many characters are shown of a text in which words were found. */
const ROOM = 180;
/** Where in a text most words of a pattern stand together, and how many. */
const best = (text, pattern) => {
  const found = [...text.matchAll(pattern)].slice(0, 200);
  const count = (from) => new Set(found.filter(({ index }) => index >= from && index < from + ROOM).map(([word]) => word.toLowerCase().slice(0, 5))).size;
  let [at, most] = [-1, 0];
  for (const { index } of found) {
    const here = count(index);
    if (here > most) [at, most] = [index, here];
  }
  return { at, most };
};
/** The sentence around a place in a text, and those after it that have room. */
const around = (text, at) => {
  const sentence = Math.max(...[". ", "? ", "! ", "。"].map((end) => text.lastIndexOf(end, at))) + 1;
  const from = at - sentence > ROOM / 2 ? text.lastIndexOf(" ", at - ROOM / 3) + 1 : sentence;
  const rest = text.slice(from).trim();
  const space = rest.lastIndexOf(" ", ROOM);
  const short = rest.length > ROOM ? `${rest.slice(0, space > ROOM / 2 ? space : ROOM)}…` : rest;
  return from === sentence ? short : `…${short}`;
};
/** What is shown of a result's texts: the sentence with most words, else how they begin. */
const summary = (texts, pattern) => {
  const found = texts.map(([lang, text]) => ({ lang, text, ...best(text, pattern) }));
  const most = Math.max(0, ...found.map(({ most }) => most));
  const { lang, text, at } = found.find((each) => each.most === most);
  return { lang, text: around(text, Math.max(at, 0)), most };
};

/** So many parts of a document are shown. */
const PARTS = 3;
/** The parts of a document that have most words of a pattern, as links to them; the first says where it has them. */
const partsOf = (sections, pattern, address) => {
  // What a part is called says more of it than its words.
  const score = (title, text) => best(`${title}. ${text}`, pattern).most + best(title, pattern).most;
  const found = sections.map(([id, title, lang, text]) => ({ id, title, lang, text, most: score(plainTitle(title), text) }));
  const most = Math.max(1, ...found.map(({ most }) => most));
  const shown = found.filter((part) => part.most === most).slice(0, PARTS);
  const parts = shown.map(({ id, title, lang, text }, at) => {
    const link = element("a", { href: `${address}#${id}`, innerHTML: title });
    const part = element("li", { lang }, link);
    if (!at && text) part.append(element("p", { className: "summary" }, around(text, Math.max(best(text, pattern).at, 0))));
    return part;
  });
  return { most: shown.length ? most : 0, list: element("ul", { className: "parts" }, ...parts) };
};

/** The first author and how many more; between them, who was looked for. */
const names = (authors, pattern) => {
  if (authors.length <= 2) return authors.join(", ");
  const wanted = authors.slice(1).filter((name) => name.match(pattern));
  const shown = [authors[0], ...wanted.slice(0, 3)];
  const gaps = authors.indexOf(wanted[0]) > 1 ? " … " : ", ";
  const more = authors.length - shown.length;
  return shown[0] + (wanted.length ? gaps + shown.slice(1).join(", ") : "") + (more ? ` +${more}` : "");
};

const root = document.documentElement;
/** What `say` says in the language of the page; in each of its languages, where it has several and the reader chooses one. */
export const said = (say) => {
  const languages = (root.dataset.languages ?? root.lang).split(" ");
  const texts = languages.map(say);
  if (new Set(texts).size === 1) return texts[0];
  return element("span", { className: "said" }, ...texts.map((text, at) => element("span", { lang: languages[at], className: `l${at + 1}` }, text)));
};
const dateText = (iso) => said((lang) => new Intl.DateTimeFormat(lang, { dateStyle: "long", timeZone: "UTC" }).format(new Date(iso)));
/** A number, as people write it. */
export const count = (number) => said((lang) => number.toLocaleString(lang));
const withDot = (parts) => parts.filter(Boolean).flatMap((part, at) => (at ? [" · ", part] : [part]));

/** Fills the list item of a result with what is known of it. */
const fill = (item, { path, title, lang, by, date, authors, of = [], tags = [], texts = [], sections = [] }, { home, shown }) => {
  const link = element("a", { href: home + path, innerHTML: title });
  const heading = element("h3", { className: "title" }, link);
  if (lang !== root.lang) heading.lang = lang;
  const parts = [authors?.length ? names(authors, shown) : by && named(by), of.filter((name) => name.match(shown)).join(", ")];
  const time = date ? element("time", { dateTime: date }, dateText(date)) : "";
  const line = element("p", { className: "by" }, ...withDot([...parts, time]));
  const article = element("article", { className: "short" }, heading, line);
  const under = partsOf(sections, shown, home + path);
  if (texts.length) {
    const { lang, text, most } = summary(texts, shown);
    if (most >= under.most) article.append(element("p", { className: "summary", lang }, text));
  }
  if (under.most) article.append(under.list);
  const links = tags.map(([label, path]) => element("a", { href: home + path, innerHTML: label, rel: "tag" }));
  const chosen = links.filter((link, at) => at < 4 || link.textContent.match(shown));
  if (chosen.length) article.append(element("ul", { className: "tags" }, ...chosen.map((link) => element("li", {}, link))));
  mark(article, shown);
  const hadFocus = item.contains(document.activeElement);
  item.replaceChildren(article);
  if (hadFocus) item.querySelector("a").focus();
};

/** What the files of words tell at once of a result, in the language of the page. */
const inShort = (told, tree) => {
  const [path, title, lang, by] = Array.isArray(told[0]) ? told[tree] : told;
  return { path, title, lang, by };
};

/** The date of a paper, which its number tells. */
const dateOf = async (number) => {
  const { days } = await about();
  return days.find(({ from, to }) => number >= from && number < to)?.date;
};

/** A list item for each number: filled with what is told at once, or else empty until it is filled in full. */
export const items = async (list, answer, place) => {
  const { kinds } = await about();
  const made = list.map(async (number) => {
    const item = element("li", { className: kindOf(number, { kinds }) });
    item.dataset.number = number;
    const told = answer.known.get(number);
    if (told) fill(item, { date: await dateOf(number), ...inShort(told, place.tree) }, { ...place, shown: answer.shown });
    else item.hidden = true;
    return item;
  });
  return Promise.all(made);
};

/** Fills a list item with all of its result. */
export const fillWhole = async (item, answer, place) => {
  if (item.dataset.whole) return;
  item.dataset.whole = "yes";
  const number = Number(item.dataset.number);
  const [date, result] = await Promise.all([dateOf(number), resultOf(number)]);
  fill(item, { date, ...result }, { ...place, shown: answer.shown });
  item.hidden = false;
};

/** The tags that were found, as one row. */
export const chips = async (list, answer, { home, tree }) => {
  const links = list.map(async (number) => {
    const told = answer.known.get(number);
    const { path, title } = told ? inShort(told, tree) : await resultOf(number);
    return element("li", {}, element("a", { href: home + path, innerHTML: title, rel: "tag" }));
  });
  return Promise.all(links);
};
