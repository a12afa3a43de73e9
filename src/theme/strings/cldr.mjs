// Writes cldr.toml, what Unicode's CLDR says of dates, numbers, lists and plurals in each language:
//
//   npm install --prefix DIR cldr-core cldr-dates-full cldr-numbers-full cldr-misc-full
//   node src/theme/strings/cldr.mjs DIR/node_modules > src/theme/strings/cldr.toml
import { readFileSync } from "node:fs";

const from = process.argv[2];
const json = (path) => JSON.parse(readFileSync(`${from}/${path}`, "utf8"));
const supplement = (name) => json(`cldr-core/supplemental/${name}.json`).supplemental;
const version = json("cldr-core/package.json").version;
const cardinals = supplement("plurals")["plurals-type-cardinal"];
const ordinals = supplement("ordinals")["plurals-type-ordinal"];
const likely = supplement("likelySubtags").likelySubtags;
const { coverageLevels } = json("cldr-core/coverageLevels.json");
const { full } = json("cldr-core/availableLocales.json").availableLocales;

// The first day of a month, where it alone is an ordinal. CLDR does not say so.
const FIRST_DAY = { fr: "1er", it: "1º", oc: "1èr", pt: "1º", "pt-PT": "1" };

// Spaces part the words, so that those in them may not break.
const list = (names, keys) => keys.map((key) => names[key].replaceAll(" ", "\u00a0")).join(" ");
const days = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];
const months = [...Array(12).keys()].map((n) => String(n + 1));

/** A date pattern of CLDR with our names for its fields. */
const pattern = (text, { era, quarters }) =>
  text.replace(/'([^']*)'|([a-zA-Z])\2*/g, (run, quoted, letter) => {
    if (quoted !== undefined) return quoted || "'";
    const long = run.length > 2;
    if (letter === "y" || letter === "Y") return "{year}";
    if (letter === "d") return "{day}";
    if (letter === "w") return "{week}";
    if (letter === "G") return era;
    if (letter === "M") return long ? "{month_name}" : "{month}";
    if (letter === "L") return long ? "{month_name_alone}" : "{month}";
    if (letter === "Q") return quarters;
    throw new Error(`${run} in ${text}`);
  });

const read = (locale) => {
  const gregorian = json(`cldr-dates-full/main/${locale}/ca-gregorian.json`).main[locale].dates.calendars.gregorian;
  const formats = gregorian.dateTimeFormats.availableFormats;
  const quarterNames = gregorian.quarters.format.abbreviated;
  // The number of a quarter takes the place of a digit, where nothing else differs.
  const quarter = [1, 2, 3, 4].map((n) => quarterNames[n].replace(String(n), "{quarter}"));
  const same = quarter.every((text) => text === quarter[0] && text.includes("{quarter}"));
  const how = { era: gregorian.eras.eraAbbr["1"], quarters: same ? quarter[0] : "Q{quarter}" };
  const week = pattern(formats["yw-count-other"] ?? "Y-'W'w", how);
  const { format, "stand-alone": alone } = gregorian.months;
  const patterns = json(`cldr-misc-full/main/${locale}/listPatterns.json`).main[locale].listPatterns;
  const lists = patterns["listPattern-type-standard"];
  const between = (text) => text.replace("{0}", "").replace("{1}", "");
  const numbers = json(`cldr-numbers-full/main/${locale}/numbers.json`).main[locale].numbers;
  const { group } = numbers["symbols-numberSystem-latn"];
  const shape = numbers["decimalFormats-numberSystem-latn"].standard.split(";")[0].split(".")[0];
  const [last, other] = shape.split(",").slice(1).reverse().map((part) => part.length).concat(3);
  const sizes = shape.split(",").length > 2 ? [last, shape.split(",").at(-2).length] : [last, last];
  const grouped = (digits) => {
    const parts = [digits.slice(-sizes[0])];
    let rest = digits.slice(0, -sizes[0]);
    for (; rest; rest = rest.slice(0, -sizes[1])) parts.unshift(rest.slice(-sizes[1]));
    return parts.join(group);
  };
  const small = numbers.minimumGroupingDigits > 1 ? "1234" : grouped("1234");
  const [language] = locale.split("-");
  const rules = (table) => {
    const of = table[locale] ?? table[language] ?? {};
    const all = Object.entries(of).map(([key, rule]) => [key.replace("pluralRule-count-", ""), whole(rule)]);
    return all.filter(([key, rule]) => key !== "other" && rule).map(([key, rule]) => `${key}: ${rule}`).join("; ");
  };
  const wide = list(format.wide, months);
  const standing = list(alone.wide, months);
  return {
    date_format: pattern(gregorian.dateFormats.long, how),
    ...(FIRST_DAY[locale] && { day_first: FIRST_DAY[locale] }),
    month_format: pattern(formats.yMMMM, how),
    month_names: wide,
    ...(standing !== wide && { month_names_alone: standing }),
    month_short_names: list(alone.abbreviated, months),
    quarter_format: pattern(formats.yQQQ, how),
    week_format: week[0].toLocaleUpperCase(locale) + week.slice(1),
    weekday_names: list(gregorian.days["stand-alone"].wide, days),
    weekday_letters: list(gregorian.days["stand-alone"].narrow, days),
    list_two: between(lists["2"]),
    list_middle: between(lists.middle),
    list_last: between(lists.end),
    number_format: `${small} ${grouped("1234567")}`,
    plural: rules(cardinals),
    ordinal: rules(ordinals),
    og_locale: region(locale),
  };
};

/** `ko_KR` */
const region = (locale) => {
  const [language, ...rest] = locale.split("-");
  const said = rest.find((part) => part.length === 2);
  const usual = likely[locale] ?? likely[language] ?? "";
  return `${language}_${said ?? usual.split("-")[2] ?? ""}`.replace(/_$/, "");
};

/** A plural rule for whole numbers, where n is the number and all that is said of fractions is nought. */
const whole = (rule) => {
  const conditions = rule.split("@")[0].trim();
  if (!conditions) return "";
  const simple = (relation) => {
    const [, operand, modulo, negated, ranges] =
      relation.match(/^([nivwftec])\s*(%\s*\d+)?\s*(!?)=\s*(.*)$/) ?? [];
    if (operand === undefined) throw new Error(relation);
    if ("ni".includes(operand)) return `n${modulo ? modulo.replaceAll(" ", "") : ""}${negated}=${ranges.replaceAll(" ", "")}`;
    const holds = ranges.split(",").some((range) => {
      const [low, high = low] = range.split("..").map(Number);
      return low <= 0 && high >= 0;
    });
    return holds !== Boolean(negated);
  };
  const either = conditions.split(" or ").map((all) => {
    const each = all.trim().split(" and ").map((relation) => simple(relation.trim()));
    if (each.includes(false)) return false;
    return each.filter((relation) => relation !== true).join(" & ");
  });
  return [...new Set(either.filter((all) => all !== false))].join(" | ");
};

// The language that one falls back to, where that is not what is left without its last part.
const like = new Map([["zh-tw", "zh-hant"], ["zh-hk", "zh-hant"], ["zh-mo", "zh-hant"], ["nb", "no"], ["tl", "fil"], ["iw", "he"]]);
for (const [locale, parent] of Object.entries(supplement("parentLocales").parentLocales.parentLocale)) {
  const language = locale.split("-")[0];
  if (parent.startsWith(`${language}-`) && parent !== "en-150") like.set(locale.toLowerCase(), parent.toLowerCase());
}
const above = (tag) => like.get(tag) ?? (tag.includes("-") ? tag.slice(0, tag.lastIndexOf("-")) : undefined);

const all = new Map();
// Languages that have all of this though CLDR covers them in part.
const BASIC = "ast bo ckb fy gsw ku lb lb oc sa su ug yi".split(" ");
const good = (locale) => BASIC.includes(locale) || ["modern", "moderate"].includes(coverageLevels[locale]);
const wanted = full.filter((locale) => {
  const [language, ...rest] = locale.split("-");
  const whole = rest.every((part) => part.length < 4 || ["Latn", "Cyrl", "Arab", "Hant"].includes(part));
  // English where it is nobody's first language differs in numbers alone.
  if (above(locale.toLowerCase()) === "en-150" || locale === "en-150") return false;
  return (good(language) || locale === "sr-Latn") && rest.length <= 1 && whole;
});
wanted.sort((a, b) => a.split("-").length - b.split("-").length || (a < b ? -1 : 1));
for (const locale of wanted) all.set(locale.toLowerCase(), read(locale));

const known = (tag, key) => {
  for (let at = tag; at; at = above(at)) if (all.get(at)?.[key] !== undefined) return all.get(at)[key];
};
const out = [
  `# What Unicode's CLDR ${version} says of dates, numbers, lists and plurals; made by cldr.mjs, not by hand.`,
  "#",
  "# Data from the Unicode Common Locale Data Repository: Copyright © 1991-2026 Unicode, Inc. Unicode and the Unicode Logo are",
  "# registered trademarks of Unicode, Inc. in the United States and other countries. The data is under the Unicode License V3,",
  "# https://www.unicode.org/license.txt, SPDX: Unicode-3.0.",
];
const heads = new Map();
for (const [tag, parent] of like) if (!tag.includes("-", 3)) heads.set(parent, [...(heads.get(parent) ?? []), tag]);
out.push("", "# Languages that fall back to another than what is left without their last part.", "[like]");
for (const [parent, tags] of heads) out.push(`${parent} = "${tags.sort().join(" ")}"`);
for (const tag of [...all.keys()].sort()) {
  const said = Object.entries(all.get(tag)).filter(([key, text]) => {
    if (key === "og_locale" && above(tag) && !/-[a-z]{4}$/.test(tag)) return false;
    // What is not said is read from the language above, so an empty text must be said where that has one.
    return above(tag) ? known(above(tag), key) !== text : text !== "";
  });
  if (said.length === 0) continue;
  out.push("", `[${tag}]`, ...said.map(([key, text]) => `${key} = ${JSON.stringify(text)}`));
}
console.log(out.join("\n"));
