// Lists that one narrows by words, and an index that one sorts. Pages are complete without it.
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
  const name = (item) => item.firstElementChild.getAttribute("href").split("/").at(-2);
  const homes = items.map((item) => item.parentElement);
  // The family of a nested tag is what it begins with; slugs write the slash as a dash.
  const families = new Map();
  for (const item of items) {
    const family = name(item).split("-")[0];
    families.set(family, [...(families.get(family) ?? []), item]);
  }
  sort.addEventListener("change", ({ target }) => {
    items.forEach((item, at) => homes[at].append(item));
    index.replaceChildren(...before);
    if (target.value === "letter") return;
    const list = document.createElement("ul");
    const bySize = (a, b) => size(b) - size(a);
    if (target.value === "size") list.append(...items.toSorted(bySize));
    else {
      const sum = (family) => family.reduce((all, item) => all + size(item), 0);
      const groups = [...families.values()].map((family) => family.toSorted(bySize));
      for (const family of groups.sort((a, b) => sum(b) - sum(a))) list.append(...family);
    }
    index.replaceChildren(list);
  });
}
