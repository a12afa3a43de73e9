// What was looked for in this browser: kept there, and nowhere else, until the reader clears it.
const NAME = "offprint-searches";
const MOST = 8;

export const recent = () => {
  try {
    return JSON.parse(localStorage.getItem(NAME) ?? "[]").filter((query) => typeof query === "string");
  } catch {
    // A browser that remembers nothing still searches.
    return [];
  }
};
const keep = (queries) => {
  try {
    if (queries.length) localStorage.setItem(NAME, JSON.stringify(queries));
    else localStorage.removeItem(NAME);
  } catch {
    // As above.
  }
};
export const remember = (query) => query && keep([query, ...recent().filter((other) => other !== query)].slice(0, MOST));
export const clear = () => keep([]);
