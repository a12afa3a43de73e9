// Runs before anything is painted, so that neither colours nor languages nor lists flash, and stays small for that. It adds
// what pages do without: the switch between light and dark, the memory of what one reads and how, buttons that copy. The other
// scripts use its `root`, `kept`, `keep`, `element`, `dark` and `isDark`.
const root = document.documentElement;
const kept = (name) => {
  try {
    return localStorage.getItem(`offprint-${name}`) ?? "";
  } catch {
    return "";
  }
};
const keep = (name, value) => {
  try {
    if (value) localStorage.setItem(`offprint-${name}`, value);
    else localStorage.removeItem(`offprint-${name}`);
  } catch {
    // A browser that remembers nothing still switches.
  }
};
/** An element with these properties and children. */
const element = (name, properties = {}, ...children) => {
  const made = Object.assign(document.createElement(name), properties);
  made.append(...children);
  return made;
};

root.classList.add("js");
for (const name of ["theme", "view"]) if (kept(name)) root.dataset[name] = kept(name);
// Languages are known by their tags from page to page, and to the style sheet by their numbers.
const languages = (root.dataset.languages ?? "").split(" ");
const numbered = (value) => String(languages.indexOf(value) + 1 || (["all", "side"].includes(value) ? value : ""));
// Where nothing was chosen, all are read: said so, style sheets need not look for what is checked.
if (languages.length > 1) root.dataset.reading = numbered(kept("reading")) || "side";

// Entries are opened or closed as they are read in, before they are seen.
const opened = { list: false, full: true }[kept("view")];
const set = (node) => node.matches?.("details.body") && (node.open = opened);
const parsed = new MutationObserver((all) => all.forEach((change) => change.addedNodes.forEach(set)));
if (opened !== undefined) parsed.observe(root, { childList: true, subtree: true });

const dark = matchMedia("(prefers-color-scheme: dark)");
const isDark = () => (root.dataset.theme ? root.dataset.theme === "dark" : dark.matches);
function colours() {
  const button = document.querySelector("button.theme");
  const show = () => button?.setAttribute("aria-pressed", String(isDark()));
  button?.addEventListener("click", () => {
    const wanted = isDark() ? "light" : "dark";
    // What the system wants needs no memory, and follows the system again.
    const value = (wanted === "dark") === dark.matches ? "" : wanted;
    if (value) root.dataset.theme = value;
    else delete root.dataset.theme;
    keep("theme", value);
    show();
  });
  dark.addEventListener("change", show);
  show();
}

/** Attributes of a page say what they say in the language that is read, of those that stand beside them, a line each. */
function speak(page) {
  const found = page.evaluate("//@*[starts-with(name(), 'data-said-')]", page, null, XPathResult.ORDERED_NODE_SNAPSHOT_TYPE);
  for (let at = 0; at < found.snapshotLength; at++) {
    const { name, value, ownerElement } = found.snapshotItem(at);
    const texts = value.split("\n");
    ownerElement.setAttribute(name.slice("data-said-".length), texts[root.dataset.reading - 1] ?? texts[0]);
  }
}

function choices() {
  if (root.dataset.reading > 1) speak(document);
  for (const input of document.querySelectorAll(".reading input")) {
    const number = numbered(input.value);
    input.checked = number === root.dataset.reading;
    input.addEventListener("change", () => {
      root.dataset.reading = number;
      keep("reading", input.value);
      speak(document);
    });
  }
  const view = document.querySelector(".view");
  const isOffered = view?.querySelector(`[value="${root.dataset.view}"]`);
  for (const input of document.querySelectorAll(".view input")) {
    input.checked = input.value === (isOffered ? root.dataset.view : view.dataset.shown);
    input.addEventListener("change", () => {
      root.dataset.view = input.value;
      keep("view", input.value);
      if (input.value === "titles") return;
      for (const body of document.querySelectorAll("details.body")) body.open = input.value === "full";
    });
  }
}

function copying() {
  for (const button of document.querySelectorAll("button.copy[data-of]")) {
    const label = [...button.childNodes];
    button.addEventListener("click", async () => {
      await navigator.clipboard.writeText(document.getElementById(button.dataset.of).textContent);
      button.textContent = button.dataset.copied;
      setTimeout(() => button.replaceChildren(...label), 2000);
    });
  }
}

/** What is copied of a text has its formulas as TeX, each as a whole. */
function formulas(event) {
  const selection = getSelection();
  if (!selection.rangeCount || event.target.matches?.("input, textarea")) return;
  const range = selection.getRangeAt(0).cloneRange();
  const of = (node, name) => (node.closest ? node : node.parentElement).closest(name);
  const [first, last] = [range.startContainer, range.endContainer].map((node) => of(node, "math"));
  if (first) range.setStartBefore(first);
  if (last) range.setEndAfter(last);
  // Where it came from, a copy shows what its reader sees of it, and nothing that is hidden.
  const place = of(range.commonAncestorContainer, ":not(math, math *, .math)");
  const copy = place.cloneNode();
  copy.append(range.cloneContents());
  const html = copy.innerHTML;
  for (const math of copy.querySelectorAll("math:has(annotation)")) {
    const mark = math.getAttribute("display") === "block" ? "$$" : "$";
    math.replaceWith(mark + math.querySelector("annotation").textContent + mark);
  }
  if (copy.innerHTML === html) return;
  place.after(copy);
  event.clipboardData.setData("text/plain", copy.innerText);
  event.clipboardData.setData("text/html", html);
  copy.remove();
  event.preventDefault();
}
document.addEventListener("copy", formulas);

/** The search opens over the page by `/`, Ctrl-K, or a click on its sign. Its page, which has its form, is asked for then. */
function finding() {
  const sign = document.querySelector("a.to-search");
  if (!sign) return;
  const open = async (event) => {
    event.preventDefault();
    if (sign.hasAttribute("aria-current")) return document.querySelector("#search").focus();
    try {
      const page = new DOMParser().parseFromString(await (await fetch(sign.href)).text(), "text/html");
      speak(page);
      (await import(page.querySelector("script[data-search]").getAttribute("src"))).open(page);
    } catch {
      location.assign(sign.href);
    }
  };
  sign.addEventListener("click", (event) => event.ctrlKey || event.metaKey || event.shiftKey || open(event));
  addEventListener("keydown", (event) => {
    const { key, ctrlKey, metaKey, altKey, target } = event;
    const isTyping = target.isContentEditable || target.matches?.("input:not([type=radio], [type=checkbox]), textarea, select");
    const isSlash = key === "/" && !ctrlKey && !metaKey && !altKey && !isTyping;
    if (isSlash || (key.toLowerCase() === "k" && (ctrlKey || metaKey) && !altKey)) open(event);
  });
}

// When all is read in, and before the other scripts run.
document.addEventListener("readystatechange", () => {
  parsed.disconnect();
  finding();
  // Where contents always show, they count as open.
  const contents = document.querySelector(".toc details");
  if (contents && matchMedia("(min-width: 62rem)").matches) contents.open = true;
  colours();
  choices();
  copying();
  if (document.querySelector(".texts img")) import("./figures.js");
}, { once: true });
