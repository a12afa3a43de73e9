// The search, on its own page and in a dialog over any other. What is found, the modules of search/ know; here is what happens
// when a reader types, presses a key, or goes back.
import { Stale, about, forget, use } from "./search/files.js";
import { find, kindOf } from "./search/find.js";
import { words } from "./search/words.js";
import { chips, count, element, fillWhole, items, named } from "./search/show.js";
import { clear, recent, remember } from "./search/recent.js";

/** Shown at once, and more at a time; of what is no paper, and of tags. */
const [AT_ONCE, OTHERS, CHIPS] = [7, 4, 8];
/** Milliseconds after a key until something is shown; until the reader is taken to rest; until a query is one to come back to. */
const [SOON, REST, SETTLED] = [40, 300, 1500];
/** Results that are asked for while typing, if nothing is known of any. */
const ASKED_FOR = 3;

/** The search in a form, with its results below. `inPage` is whether the address of the page holds the query. */
export const start = (root, inPage) => {
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
    const { showFacets } = await import("./search/facets.js");
    if (mine !== turn) return;
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
