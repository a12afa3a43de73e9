// What a search can be narrowed to, with how much is left then: a press of a button changes the query.
import { about, facetsFile, numbers } from "./files.js";
import { kindOf } from "./find.js";
import { parts, written } from "./query.js";
import { count as numeral, element, named, said } from "./show.js";

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
export const showFacets = async (into, query, list, place, change) => {
  const all = await fields(list, place);
  const { narrow } = parts(query);
  const groups = Object.entries(all).map(([kind, values]) => {
    const chosen = narrow.filter((part) => part.kind === kind && !part.not);
    const isChosen = (name) => chosen.some(({ value }) => value.toLowerCase() === name.toLowerCase());
    const offered = values.filter(([name, , count], at) => isChosen(name) || (at < OFFERED && (count < list.length || values.length > 1)));
    if (!offered.length) return "";
    const buttons = offered.map(([name, label, count]) => {
      const part = written({ kind, value: name });
      const pressed = isChosen(name);
      const button = element("button", { type: "button" }, label, " ", element("span", { className: "count" }, numeral(count)));
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
