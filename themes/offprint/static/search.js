// The search, on its own page and in a dialog over any other. What is found, search/find.js knows; here is how
// it is shown, and what happens when a reader types, presses a key, or goes back.
import { Stale, about, facetsFile, find, forget, kindOf, numbers, parts, plainTitle, resultOf, use, words, written } from "./search/find.js";

// What is found, as a reader sees it: a result, its words marked, the sentence that has them.
/** A word of the interface, as its page says it. */
const named = (html) => element("span", { innerHTML: html });

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

/** What `say` says in the language of the page; in each of its languages, where it has several and the reader chooses one. */
const said = (say) => {
  const languages = (root.dataset.languages ?? root.lang).split(" ");
  const texts = languages.map(say);
  if (new Set(texts).size === 1) return texts[0];
  return element("span", { className: "said" }, ...texts.map((text, at) => element("span", { lang: languages[at], className: `l${at + 1}` }, text)));
};
const dateText = (iso) => said((lang) => new Intl.DateTimeFormat(lang, { dateStyle: "long", timeZone: "UTC" }).format(new Date(iso)));
/** A number, as people write it. */
const count = (number) => said((lang) => number.toLocaleString(lang));
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
const items = async (list, answer, place) => {
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
const fillWhole = async (item, answer, place) => {
  if (item.dataset.whole) return;
  item.dataset.whole = "yes";
  const number = Number(item.dataset.number);
  const [date, result] = await Promise.all([dateOf(number), resultOf(number)]);
  fill(item, { date, ...result }, { ...place, shown: answer.shown });
  item.hidden = false;
};

/** The tags that were found, as one row. */
const chips = async (list, answer, { home, tree }) => {
  const links = list.map(async (number) => {
    const told = answer.known.get(number);
    const { path, title } = told ? inShort(told, tree) : await resultOf(number);
    return element("li", {}, element("a", { href: home + path, innerHTML: title, rel: "tag" }));
  });
  return Promise.all(links);
};

// What was looked for in this browser: kept there, and nowhere else, until the reader clears it.
const MOST = 8;
const recent = () => JSON.parse(kept("searches") || "[]");
const remember = (query) => query && keep("searches", JSON.stringify([query, ...recent().filter((other) => other !== query)].slice(0, MOST)));
const clear = () => keep("searches", "");

// What a search can be narrowed to, with how much is left then: a press of a button changes the query.
/** So many values of each kind are offered. */
const OFFERED = 8;

/** How many of a list each value has: `[name, label, count]`, most first. */
const counted = (values) => values.filter(([, , count]) => count).toSorted((a, b) => b[2] - a[2]);

const ofNames = (facets, has, tree) =>
  (facets ?? []).map(([name, labels, digits]) => {
    let [number, count] = [0, 0];
    for (const distance of numbers(digits)) {
      number += distance;
      if (has[number]) count++;
    }
    return [name, labels[tree] ? named(labels[tree]) : name, count];
  });

/** The fields to choose from, each with its values. */
const fields = async (list, { tree, names }) => {
  const [{ days, found, kinds }, facets] = await Promise.all([about(), facetsFile()]);
  const has = new Uint8Array(found);
  for (const number of list) has[number] = 1;
  const years = new Map();
  for (const { date, from, to } of days) {
    const year = date.slice(0, 4);
    for (let number = from; number < to; number++) if (has[number]) years.set(year, (years.get(year) ?? 0) + 1);
  }
  const ofKinds = new Map();
  for (const number of list) {
    const kind = kindOf(number, { kinds });
    ofKinds.set(kind, (ofKinds.get(kind) ?? 0) + 1);
  }
  const spoken = (name) => said((lang) => new Intl.DisplayNames(lang, { type: "language" }).of(name));
  const chosen = (kind) => counted(ofNames(facets[kind], has, tree));
  return {
    tag: chosen("tag"),
    author: chosen("author"),
    venue: chosen("venue"),
    org: chosen("org"),
    year: [...years].map(([year, count]) => [year, year, count]),
    lang: chosen("lang").map(([name, , count]) => [name, spoken(name), count]),
    kind: counted([...ofKinds].map(([kind, count]) => [kind, names[kind] ? named(names[kind]) : kind, count])),
  };
};

/** Fills an element with what an answer can be narrowed to; `change` is given another query. */
const showFacets = async (into, query, list, place, change) => {
  const all = await fields(list, place);
  const { narrow } = parts(query);
  const groups = Object.entries(all).map(([kind, values]) => {
    const chosen = narrow.filter((part) => part.kind === kind && !part.not);
    const isChosen = (name) => chosen.some(({ value }) => value.toLowerCase() === name.toLowerCase());
    const offered = values.filter(([name, , count], at) => isChosen(name) || (at < OFFERED && (count < list.length || values.length > 1)));
    if (!offered.length) return "";
    const buttons = offered.map(([name, label, found]) => {
      const part = written({ kind, value: name });
      const pressed = isChosen(name);
      const button = element("button", { type: "button" }, label, " ", element("span", { className: "count" }, count(found)));
      button.setAttribute("aria-pressed", String(pressed));
      const without = () => chosen.reduce((text, each) => text.replace(written(each), ""), query).replace(/\s+/g, " ").trim();
      button.addEventListener("click", () => change(pressed ? without() : `${query} ${part}`.trim(), part));
      button.dataset.part = part;
      return element("li", {}, button);
    });
    const choices = element("ul", {}, ...buttons);
    const heading = element("h3", { id: `facet-${kind}` }, named(place.names[`facet_${kind}`] ?? kind));
    choices.setAttribute("aria-labelledby", heading.id);
    return element("section", {}, heading, choices);
  });
  into.replaceChildren(...groups.filter(Boolean));
};

/** Shown at once, and more at a time; of what is no paper, and of tags. */
const [AT_ONCE, OTHERS, CHIPS] = [7, 4, 8];
/** Milliseconds after a key until something is shown; until the reader is taken to rest; until a query is one to come back to. */
const [SOON, REST, SETTLED] = [40, 300, 1500];
/** Results that are asked for while typing, if nothing is known of any. */
const ASKED_FOR = 3;

/** The search in a form, with its results below. `inPage` is whether the address of the page holds the query. */
const start = (root, inPage) => {
  const form = root.querySelector("form.search");
  const [input, status, order] = ["input[type=search]", "[role=status]", "select"].map((name) => form.querySelector(name));
  const [found, tags, further, meant, past, facets] = [".found", ".chips", ".further", ".meant", ".recent", ".facets"].map((name) => root.querySelector(name));
  const { dataset: said } = form;
  // Words of the interface may be there in several languages, of which style sheets show one.
  const names = Object.fromEntries([...form.querySelectorAll("[data-name]")].map(({ dataset, innerHTML }) => [dataset.name, innerHTML]));
  const place = { home: said.home, tree: Number(said.tree), names };
  use(said);

  let turn = 0;
  let [answer, isResting] = [undefined, false];
  const state = { shown: AT_ONCE, settled: false };

  /** Fills in full what is on the screen, once the reader rests. */
  const seen = new IntersectionObserver((entries) => {
    for (const { isIntersecting, target } of entries) {
      if (!isIntersecting || !isResting || !answer) continue;
      seen.unobserve(target);
      fillWhole(target, answer, place).catch(failed);
    }
  });
  const look = (list) => list.forEach((item) => (seen.unobserve(item), seen.observe(item)));

  /** The kinds of results, each in its list: papers first, unless the query is a name, a time or a title of something else. */
  const grouped = async ({ list, lifted, best }) => {
    const { kinds } = await about();
    const groups = { paper: [], author: [], other: [] };
    const ofTags = [];
    for (const number of list) {
      const kind = kindOf(number, { kinds });
      if (kind === "tag") ofTags.push(number);
      else (groups[kind] ?? groups.other).push(number);
    }
    const top = (group) => (groups[group].some((number) => lifted.has(number)) ? 2 : 0) + (groups[group].length ? best(groups[group][0]) / 1e9 : 0);
    const isName = groups.author.length && best(groups.author[0]) > (groups.paper.length ? best(groups.paper[0]) : 0);
    const rank = { paper: groups.paper.some((number) => lifted.has(number)) ? 3 : 1, author: isName ? 2 : top("author"), other: top("other") };
    const ordered = Object.keys(groups).filter((group) => groups[group].length).toSorted((a, b) => rank[b] - rank[a]);
    return { ofTags, groups: ordered.map((group) => [group, groups[group]]) };
  };

  /** What is shown more of: papers, else what there is. */
  const main = (groups) => groups.find(([group]) => group === "paper") ?? groups[0];

  const section = async (group, list, isMain) => {
    const first = list.slice(0, isMain ? state.shown : OTHERS);
    const made = await items(first, answer, place);
    const heading = element("h2", { id: `found-${group}` }, named(names[group]), " ", element("span", { className: "count" }, count(list.length)));
    const results = element("ol", { className: "results" }, ...made);
    results.setAttribute("aria-labelledby", heading.id);
    return element("section", { className: "group" }, heading, results);
  };

  const show = async (mine) => {
    const { ofTags, groups } = await grouped(answer);
    const sections = await Promise.all(groups.map((group) => section(...group, group === main(groups))));
    const row = await chips(ofTags.slice(0, CHIPS), answer, place);
    if (mine !== turn) return;
    const all = sections.flatMap((section) => [...section.querySelectorAll("li[data-number]")]);
    // Of what nothing is told at once, something must be asked for.
    const unknown = all.filter((item) => item.hidden);
    const wanted = isResting ? unknown : all.every((item) => item.hidden) ? unknown.slice(0, ASKED_FOR) : [];
    await Promise.all(wanted.map((item) => fillWhole(item, answer, place)));
    if (mine !== turn) return;
    const focused = document.activeElement.closest(".found li[data-number]")?.dataset.number;
    tags.hidden = !row.length;
    tags.replaceChildren(...row);
    found.replaceChildren(...sections);
    // Who had gone on to a result stays there.
    if (focused) (found.querySelector(`[data-number="${focused}"] a`) ?? input).focus();
    found.removeAttribute("aria-busy");
    further.hidden = !(main(groups)?.[1].length > state.shown);
    if (isResting) look(all);
  };

  const say = () => {
    const { list, complete, corrected } = answer;
    if (list.length) status.replaceChildren(named(complete ? names.found : names.some), ": ", count(list.length));
    else status.replaceChildren(named(names.none));
    meant.replaceChildren();
    meant.hidden = !corrected.size;
    if (!corrected.size) return;
    const query = [...corrected].reduce((query, [typed, word]) => query.replace(typed, word), input.value);
    const button = element("button", { type: "button" }, query);
    button.addEventListener("click", () => change(query));
    meant.append(named(names.meant), " ", button);
  };

  const failed = (error) => {
    forget();
    if (error instanceof Stale && !failed.again) {
      failed.again = true;
      return search();
    }
    status.replaceChildren(named(names.failed));
  };

  const empty = () => {
    status.textContent = "";
    answer = undefined;
    for (const part of [further, meant, tags]) part.hidden = true;
    found.replaceChildren();
    facets?.replaceChildren();
    showRecent();
  };

  const showRecent = () => {
    const queries = input.value.trim() ? [] : recent();
    past.hidden = !queries.length;
    const buttons = queries.map((query) => {
      const button = element("button", { type: "button" }, query);
      button.addEventListener("click", () => change(query));
      return element("li", {}, button);
    });
    past.querySelector("ul").replaceChildren(...buttons);
  };

  /** The address of the page holds all that was asked; a query that one rested at stays to come back to. */
  const keepAddress = (query) => {
    if (!inPage) return;
    const address = new URL(location.href);
    address.search = new URLSearchParams({ ...(query && { q: query }), ...(order?.value === "date" && { sort: "date" }) });
    if (address.href === location.href) return;
    if (state.settled) history.pushState({}, "", address);
    else history.replaceState(history.state, "", address);
    state.settled = false;
  };

  const search = async () => {
    const mine = ++turn;
    const query = input.value.trim();
    seen.disconnect();
    if (isResting) keepAddress(query);
    if (!query) return empty();
    past.hidden = true;
    found.setAttribute("aria-busy", "true");
    try {
      await about();
      if (!words(query).length) return mine === turn && empty();
      // While it is typed, a letter or two say nothing.
      if (!isResting && /^\w{1,2}$/.test(query)) return;
      const made = await find(query, { isTyping: !isResting, byDate: order?.value === "date" });
      if (mine !== turn) return;
      answer = made;
      await show(mine);
      if (mine !== turn || !isResting) return;
      say();
      failed.again = false;
      await narrow(query, mine);
    } catch (error) {
      if (mine === turn) failed(error);
    }
    if (mine === turn) found.removeAttribute("aria-busy");
  };

  const narrow = async (query, mine) => {
    const fold = facets?.closest("details");
    if (!fold?.open) return;
    const focused = document.activeElement?.dataset?.part;
    await showFacets(facets, query, answer.list, place, change);
    if (focused) [...facets.querySelectorAll("button")].find(({ dataset }) => dataset.part === focused)?.focus();
  };
  facets?.closest("details").addEventListener("toggle", () => answer && narrow(input.value.trim(), turn).catch(failed));

  let [soon, rest, settled] = [0, 0, 0];
  const wait = () => {
    for (const timer of [soon, rest, settled]) clearTimeout(timer);
  };
  const now = () => {
    wait();
    isResting = true;
    settled = setTimeout(() => (state.settled = Boolean(input.value.trim())), SETTLED);
    return search();
  };
  /** Another query, as a reader chose it. */
  const change = (query) => {
    input.value = query;
    state.shown = AT_ONCE;
    state.settled = true;
    remember(query);
    if (!facets?.contains(document.activeElement)) input.focus();
    return now();
  };

  input.addEventListener("input", () => {
    wait();
    isResting = false;
    state.shown = AT_ONCE;
    soon = setTimeout(search, SOON);
    rest = setTimeout(now, REST);
  });
  form.addEventListener("submit", (event) => {
    remember(input.value.trim());
    // In a dialog, the form leads to its page.
    if (!inPage) return;
    event.preventDefault();
    now();
  });
  order?.addEventListener("change", () => {
    state.settled = true;
    now();
  });
  past.querySelector(".clear").addEventListener("click", () => {
    clear();
    showRecent();
    input.focus();
  });
  found.addEventListener("click", (event) => event.target.closest("a") && remember(input.value.trim()));
  further.addEventListener("click", async () => {
    const before = state.shown;
    state.shown += AT_ONCE;
    await search();
    if (inPage) history.replaceState({ ...history.state, shown: state.shown }, "");
    const papers = found.querySelectorAll("li.paper");
    const next = (papers.length ? papers : found.querySelectorAll(".results > li"))[before];
    if (next?.hidden === false) next.querySelector("a").focus();
  });

  /** Arrows lead from the field to the results, from one to the next, and back. */
  root.addEventListener("keydown", (event) => {
    if (!["ArrowDown", "ArrowUp"].includes(event.key) || event.altKey || event.ctrlKey || event.metaKey || event.target.closest("select")) return;
    const links = [...root.querySelectorAll(".results :is(.title, .parts) a")];
    const at = links.indexOf(document.activeElement);
    if (at < 0 && event.target !== input) return;
    const next = at + (event.key === "ArrowDown" ? 1 : -1);
    if (next >= links.length || (at < 0 && next < 0)) return;
    event.preventDefault();
    (links[next] ?? input).focus();
  });

  const fromAddress = async () => {
    const asked = new URLSearchParams(location.search);
    input.value = asked.get("q") ?? "";
    if (order) order.value = asked.get("sort") === "date" ? "date" : "";
    const { shown = AT_ONCE, scroll } = history.state ?? {};
    state.shown = shown;
    await now();
    if (scroll) scrollTo(0, scroll);
  };
  if (inPage) {
    history.scrollRestoration = "manual";
    addEventListener("popstate", fromAddress);
    addEventListener("pagehide", () => history.replaceState({ ...history.state, scroll: scrollY }, ""));
    if (!new URLSearchParams(location.search).get("q")) input.focus({ preventScroll: true });
    fromAddress();
  } else {
    showRecent();
  }
  return { input, now };
};

/** The search in a dialog over another page; `page` is that of the search, which has the form. */
let dialog;
export const open = (page) => {
  if (!dialog) {
    const style = page.querySelector("link[data-search]").cloneNode();
    document.head.append(style);
    const close = element("button", { type: "button", className: "close" }, "×");
    dialog = element("dialog", { className: "finder" }, close, ...page.querySelectorAll("form.search, .recent, .chips, .found, .further"));
    close.setAttribute("aria-label", dialog.querySelector("form.search").dataset.close);
    dialog.setAttribute("aria-label", page.querySelector("h1").textContent);
    close.addEventListener("click", () => dialog.close());
    dialog.addEventListener("click", (event) => event.target === dialog && dialog.close());
    // The key would first empty the field.
    dialog.addEventListener("keydown", (event) => event.key === "Escape" && (event.preventDefault(), dialog.close()));
    document.body.append(dialog);
    start(dialog, false);
  }
  dialog.showModal();
  const input = dialog.querySelector("input[type=search]");
  input.focus();
  input.select();
};

if (document.body.classList.contains("search-page")) start(document.querySelector("main"), true);
