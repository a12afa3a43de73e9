// Lists that one narrows by words, an index and the papers of a day that one sorts. Pages are complete without it.
const lists = [...document.querySelectorAll("main :is(.index, .chips, .papers) li")];
const { compare } = new Intl.Collator(undefined, { numeric: true });
const folded = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
const filter = document.querySelector(".filter");
if (filter && lists.length) {
  const texts = lists.map((item) => folded(item.textContent));
  filter.addEventListener("input", ({ target }) => {
    const words = folded(target.value).split(/\s+/);
    lists.forEach((item, at) => (item.hidden = !words.every((word) => texts[at].includes(word))));
    // A heading with nothing below it says nothing.
    for (const group of document.querySelectorAll("main .group, .index ul")) {
      const empty = !group.querySelector("li:not([hidden])");
      group.hidden = empty;
      if (group.previousElementSibling?.matches(".index h2")) group.previousElementSibling.hidden = empty;
    }
  });
}

const sort = document.querySelector(".sort");
const index = document.querySelector(".index");
if (sort && index) {
  const before = [...index.childNodes];
  const items = [...index.querySelectorAll("li")];
  const size = (item) => Number(item.querySelector(".count")?.textContent.replace(/\D/g, "") ?? 0);
  const name = (item) => item.firstElementChild.pathname.split("/tags/").at(-1).slice(0, -1);
  const homes = items.map((item) => item.parentElement);
  // A family is what several tags begin with, or a tag and others: one `long-context` makes none.
  const families = Map.groupBy(items, (item) => name(item).split(/[-/]/)[0]);
  const names = new Set(items.map(name));
  const isFamily = ([first, family]) => family.length > (names.has(first) ? 1 : 2);
  // Pages stand in the order of the first language: whoever reads another has its labels in theirs.
  const said = (item) => item.firstElementChild.innerText;
  const isOther = () => index.querySelector(".said") && !["1", "all", "side"].includes(document.documentElement.dataset.reading ?? "1");
  const letters = document.querySelector("nav.letters");
  const arrange = () => {
    const wanted = sort.querySelector(":checked").value;
    items.forEach((item, at) => homes[at].append(item));
    index.replaceChildren(...before);
    const other = wanted === "letter" && isOther();
    if (letters) letters.hidden = wanted !== "letter" || other;
    if (wanted === "letter" && !other) return;
    const order = (a, b) => (other ? compare(said(a), said(b)) : size(b) - size(a));
    const list = (items) => element("ul", {}, ...items.toSorted(order));
    if (wanted === "size" || other) return index.replaceChildren(list(items));
    const sum = ([, family]) => family.reduce((all, item) => all + size(item), 0);
    const groups = [...families].filter(isFamily).sort((a, b) => sum(b) - sum(a));
    const alone = [...families].filter((group) => !isFamily(group)).flatMap(([, family]) => family);
    const parts = [...groups, ["#", alone]].filter(([, family]) => family.length);
    index.replaceChildren(...parts.flatMap(([first, family]) => [element("h2", { textContent: decodeURIComponent(first) }), list(family)]));
  };
  sort.addEventListener("change", arrange);
  document.querySelector(".reading")?.addEventListener("change", arrange);
  if (isOther()) arrange();
}

// Papers in the order of what they say of themselves, most first, names as in a dictionary; what says nothing comes last.
const order = document.querySelector(".order");
if (order) {
  const groups = [...document.querySelectorAll(".column > .group")];
  const entries = [...document.querySelectorAll(groups.length ? ".column > .group .papers > li" : ".column > article.entry")];
  const homes = entries.map((entry) => entry.parentElement);
  // What is grouped by time is one list in any other order.
  const end = element("ul", { className: "papers" });
  if (groups.length) groups[0].before(end);
  else entries.at(-1).after(end);
  const told = (entry, field) => entry.querySelector(field === "title" ? "a" : `[data-field="${field}"]`)?.textContent ?? "";
  for (const input of order.querySelectorAll("input")) {
    const isTold = input.value && entries.filter((entry) => told(entry, input.value)).length > 1;
    if (isTold) input.parentElement.hidden = false;
  }
  order.addEventListener("change", ({ target: { value } }) => {
    const all = entries.map((entry) => [told(entry, value), entry]);
    if (value) all.sort(([a], [b]) => !a - !b || (["title", "venue"].includes(value) ? compare(a, b) : compare(b, a)));
    const sorted = all.map(([, entry]) => entry);
    for (const group of groups) group.hidden = Boolean(value);
    if (!groups.length) end.before(...sorted);
    else if (value) end.append(...sorted);
    else entries.forEach((entry, at) => homes[at].append(entry));
  });
}
