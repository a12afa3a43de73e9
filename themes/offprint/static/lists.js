// Lists that one narrows by words, an index and the papers of a day that one sorts. Pages are complete without it.
const lists = [...document.querySelectorAll("main :is(.index, .chips, .papers) li")];
const folded = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
const filter = document.querySelector(".filter");
if (filter && lists.length) {
  filter.hidden = false;
  const texts = lists.map((item) => folded(item.textContent));
  filter.firstElementChild.addEventListener("input", ({ target }) => {
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
  sort.hidden = false;
  const before = [...index.childNodes];
  const items = [...index.querySelectorAll("li")];
  const size = (item) => Number(item.querySelector(".count")?.textContent.replace(/\D/g, "") ?? 0);
  const name = (item) => item.firstElementChild.pathname.split("/tags/").at(-1).slice(0, -1);
  const homes = items.map((item) => item.parentElement);
  // A family is what several tags begin with, or a tag and others: one `long-context` makes none.
  const families = Map.groupBy(items, (item) => name(item).split(/[-/]/)[0]);
  const names = new Set(items.map(name));
  const isFamily = ([first, family]) => family.length > (names.has(first) ? 1 : 2);
  sort.addEventListener("change", ({ target }) => {
    items.forEach((item, at) => homes[at].append(item));
    index.replaceChildren(...before);
    if (target.value === "letter") return;
    const list = (items) => {
      const list = document.createElement("ul");
      list.append(...items.toSorted((a, b) => size(b) - size(a)));
      return list;
    };
    if (target.value === "size") return index.replaceChildren(list(items));
    const sum = ([, family]) => family.reduce((all, item) => all + size(item), 0);
    const groups = [...families].filter(isFamily).sort((a, b) => sum(b) - sum(a));
    const alone = [...families].filter((group) => !isFamily(group)).flatMap(([, family]) => family);
    const parts = [...groups, ["#", alone]].filter(([, family]) => family.length).flatMap(([first, family]) => {
      const heading = document.createElement("h2");
      heading.textContent = decodeURIComponent(first);
      return [heading, list(family)];
    });
    index.replaceChildren(...parts);
  });
}

// Papers in the order of what they say of themselves, most first, names as in a dictionary; what says nothing comes last.
const order = document.querySelector(".order");
if (order) {
  const entries = [...document.querySelectorAll(".column > article.entry")];
  const end = document.createComment("");
  entries.at(-1).after(end);
  const told = (entry, field) => entry.querySelector(`[data-field="${field}"]`)?.textContent ?? "";
  for (const input of order.querySelectorAll("input")) {
    const isTold = input.value && entries.filter((entry) => told(entry, input.value)).length > 1;
    if (isTold) input.parentElement.hidden = order.hidden = false;
  }
  const { compare } = new Intl.Collator(undefined, { numeric: true });
  order.addEventListener("change", ({ target: { value } }) => {
    const all = entries.map((entry) => [told(entry, value), entry]);
    if (value) all.sort(([a], [b]) => !a - !b || (value === "venue" ? compare(a, b) : compare(b, a)));
    end.before(...all.map(([, entry]) => entry));
  });
}
