// What a reader does: keys, a list to read later, what is read and what is new. All of it is kept in the browser, and nothing is told
// to anybody. Pages are complete without it.
const words = document.getElementById("words")?.dataset ?? {};
const remembered = (name, none) => JSON.parse(kept(name) || none);
const remember = (name, value) => keep(name, JSON.stringify(value));
const entries = [...document.querySelectorAll("main :is(.entry, .short, .column .papers li)")].filter((entry) => entry.querySelector("a"));
const link = (entry) => entry.querySelector(".title a, a");
const address = (entry) => link(entry).pathname;
const saved = new Map(remembered("saved", "[]"));
const read = new Set(remembered("read", "[]"));

// Read is what one opened; new is what no visit before this one has seen.
const isPaper = document.body.classList.contains("paper-page");
if (isPaper) {
  read.add(location.pathname);
  remember("read", [...read].slice(-2000));
}
const days = [...document.querySelectorAll("main time[datetime]")].map((time) => time.dateTime).sort();
const last = remembered("seen", '""');
const newest = days.at(-1) ?? "";
if (document.body.classList.contains("home-page") && newest > last) remember("seen", newest);
const before = sessionStorage.getItem("offprint-before") ?? last;
sessionStorage.setItem("offprint-before", before);
for (const entry of entries) {
  entry.classList.toggle("is-read", read.has(address(entry)));
  const date = (entry.closest(".digest, .day")?.querySelector("time") ?? entry.querySelector("time"))?.dateTime;
  const fresh = Boolean(before && date > before && !read.has(address(entry)));
  entry.classList.toggle("is-new", fresh);
  if (fresh) link(entry).title = words.fresh;
}

// What is written here follows the language that is read, like all else.
const inLanguage = (show) => {
  document.querySelector(".reading")?.addEventListener("change", show);
  show();
};

/** A star that keeps a paper for later. */
function star(at, title, beside) {
  const button = element("button", { className: "yours", type: "button" });
  const show = () => {
    button.textContent = saved.has(at) ? "★" : "☆";
    button.ariaPressed = saved.has(at);
    button.ariaLabel = `${words.save}: ${title}`;
  };
  button.addEventListener("click", () => {
    if (!saved.delete(at)) saved.set(at, title);
    remember("saved", [...saved]);
    show();
    shelf();
  });
  inLanguage(show);
  beside.append(button);
}
for (const entry of entries) {
  const beside = entry.querySelector(".line");
  if (beside) star(address(entry), link(entry).textContent, beside);
}
const heading = document.querySelector("h1");
if (isPaper) star(location.pathname, heading.textContent, document.querySelector(".ways-out") ?? heading);

// What is saved, and the way to the top of a long page.
const corner = element("div", { className: "shelf" });
let isLong = false;
function shelf() {
  const count = saved.size;
  const button = count ? element("button", { type: "button", textContent: `☆ ${count}`, ariaLabel: `${words.saved}: ${count}` }) : "";
  if (button) button.addEventListener("click", list);
  corner.replaceChildren(button, isLong ? element("a", { href: "#main", textContent: `↑ ${words.top}` }) : "");
  if (count || isLong) document.body.append(corner);
  else corner.remove();
}
addEventListener("scroll", () => {
  const wasLong = isLong;
  isLong = scrollY > 3 * innerHeight;
  if (isLong !== wasLong) shelf();
}, { passive: true });
inLanguage(shelf);

function dialog(title, content) {
  const close = element("button", { type: "button", textContent: words.close });
  close.addEventListener("click", () => box.close());
  const box = element("dialog", { className: "mine", ariaLabel: title, onclose: () => box.remove() }, element("h2", { textContent: title }), content, close);
  document.body.append(box);
  box.showModal();
}
function list() {
  const items = [...saved].map(([href, textContent]) => element("li", {}, element("a", { href, textContent })));
  dialog(words.saved, saved.size ? element("ol", {}, ...items) : words.none);
}
function help() {
  const rows = (words.help ?? "").split(";").flatMap((line) => {
    const [key, says] = line.split(":");
    return [element("dt", {}, element("kbd", { textContent: key.trim() })), element("dd", { textContent: says?.trim() })];
  });
  dialog(words.keys, element("dl", {}, ...rows));
}

// One key an act; `/` is the search's.
let at = -1;
function go(step) {
  entries[at]?.classList.remove("at");
  const seen = entries.filter((entry) => entry.checkVisibility());
  const from = seen.indexOf(entries[at]);
  const first = seen.findIndex((entry) => entry.getBoundingClientRect().top > 8);
  const next = seen[from < 0 ? Math.max(first, 0) : Math.min(Math.max(from + step, 0), seen.length - 1)];
  if (!next) return;
  at = entries.indexOf(next);
  next.classList.add("at");
  next.scrollIntoView({ block: "start" });
  link(next).focus({ preventScroll: true });
}
const acts = {
  j: () => go(1),
  k: () => go(-1),
  o: () => {
    const body = entries[at]?.querySelector("details.body");
    if (body) body.open = !body.open;
    else if (entries[at]) link(entries[at]).click();
  },
  a: () => (entries[at] ?? document).querySelector("a.arxiv")?.click(),
  s: () => (entries[at]?.querySelector(".yours") ?? document.querySelector(".page-head .yours"))?.click(),
  b: () => list(),
  l: () => {
    const inputs = [...document.querySelectorAll(".reading input")].filter((input) => input.parentElement.checkVisibility());
    inputs[(inputs.findIndex((input) => input.checked) + 1) % inputs.length]?.click();
  },
  "?": () => help(),
};
addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
  if (event.target.closest("input:not([type=radio]), textarea, select, dialog, [contenteditable]")) return;
  if (Object.hasOwn(acts, event.key)) {
    acts[event.key]();
    event.preventDefault();
  }
});

// What is closed opens where one touches it, too; what stands in the contents is marked while it passes.
for (const body of document.querySelectorAll("details.body")) {
  body.addEventListener("click", (event) => {
    if (!body.open && !event.target.closest("a, summary, button") && !getSelection().toString()) body.open = true;
  });
}
const contents = new Map([...document.querySelectorAll(".toc a")].map((to) => [to.hash.slice(1), to]));
const passing = new IntersectionObserver((seen) => {
  for (const { target, isIntersecting } of seen) {
    const to = contents.get(encodeURIComponent(target.id)) ?? contents.get(target.id);
    if (isIntersecting) to?.setAttribute("aria-current", "true");
    else to?.removeAttribute("aria-current");
  }
}, { rootMargin: "-10% 0px -80%" });
for (const entry of document.querySelectorAll("article.entry[id]")) if (contents.size) passing.observe(entry);
if (document.querySelector(".footnotes")) import("./sidenotes.js");
