// What a reader does: keys, a list to read later, what is read and what is new. All of it is kept in the browser, and nothing is told
// to anybody. Pages are complete without it.
const words = document.getElementById("words")?.dataset ?? {};
const load = (name, none) => {
  try {
    return JSON.parse(localStorage.getItem(`offprint-${name}`)) ?? none;
  } catch {
    return none;
  }
};
const store = (name, value) => {
  try {
    localStorage.setItem(`offprint-${name}`, JSON.stringify(value));
  } catch {
    // Without memory all holds for this page.
  }
};
const entries = [...document.querySelectorAll("main :is(.entry, .short, .column .papers li)")].filter((entry) => entry.querySelector("a"));
const link = (entry) => entry.querySelector(".title a, a");
const address = (entry) => link(entry).pathname;
const saved = new Map(load("saved", []));
const read = new Set(load("read", []));

// Read is what one opened; new is what no visit before this one has seen.
const isPaper = document.body.classList.contains("paper-page");
if (isPaper) {
  read.add(location.pathname);
  store("read", [...read].slice(-2000));
}
const days = [...document.querySelectorAll("main time[datetime]")].map((time) => time.dateTime).sort();
const last = load("seen", "");
const newest = days.at(-1) ?? "";
if (document.body.classList.contains("home-page") && newest > last) store("seen", newest);
const before = sessionStorage.getItem("offprint-before") ?? last;
sessionStorage.setItem("offprint-before", before);
for (const entry of entries) {
  entry.classList.toggle("is-read", read.has(address(entry)));
  const date = (entry.closest(".digest, .day")?.querySelector("time") ?? entry.querySelector("time"))?.dateTime;
  const fresh = Boolean(before && date > before && !read.has(address(entry)));
  entry.classList.toggle("is-new", fresh);
  if (fresh) link(entry).title = words.fresh;
}

function save(entry, button) {
  const at = isPaper && !entry ? location.pathname : address(entry);
  const title = isPaper && !entry ? document.querySelector("h1").textContent : link(entry).textContent;
  if (!saved.delete(at)) saved.set(at, title);
  store("saved", [...saved]);
  if (button) show(button, at);
  shelf();
}
function show(button, at) {
  button.textContent = saved.has(at) ? "★" : "☆";
  button.setAttribute("aria-pressed", String(saved.has(at)));
}
function keeper(entry, beside) {
  const at = entry ? address(entry) : location.pathname;
  const button = document.createElement("button");
  button.className = "yours";
  button.type = "button";
  show(button, at);
  button.ariaLabel = `${words.save}: ${entry ? link(entry).textContent : document.title}`;
  button.addEventListener("click", () => save(entry, button));
  beside.append(button);
}
for (const entry of entries) {
  const beside = entry.querySelector(".line");
  if (beside) keeper(entry, beside);
}
if (isPaper) keeper(null, document.querySelector(".ways-out") ?? document.querySelector("h1"));

// What is saved, and the way to the top of a long page.
let corner;
function shelf() {
  corner?.remove();
  const long = scrollY > 3 * innerHeight;
  if (!saved.size && !long) return;
  corner = document.createElement("div");
  corner.className = "shelf";
  if (saved.size) {
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = `☆ ${saved.size}`;
    button.ariaLabel = `${words.saved}: ${saved.size}`;
    button.addEventListener("click", list);
    corner.append(button);
  }
  if (long) {
    const top = document.createElement("a");
    top.href = "#main";
    top.textContent = `↑ ${words.top}`;
    corner.append(top);
  }
  document.body.append(corner);
}
let wasLong = false;
addEventListener("scroll", () => {
  const long = scrollY > 3 * innerHeight;
  if (long !== wasLong) shelf();
  wasLong = long;
}, { passive: true });
shelf();

function dialog(title, fill) {
  const box = document.createElement("dialog");
  box.className = "mine";
  const heading = document.createElement("h2");
  heading.textContent = title;
  const close = document.createElement("button");
  close.type = "button";
  close.textContent = words.close;
  close.addEventListener("click", () => box.close());
  box.addEventListener("close", () => box.remove());
  box.ariaLabel = title;
  box.append(heading);
  fill(box);
  box.append(close);
  document.body.append(box);
  box.showModal();
}
function list() {
  dialog(words.saved, (box) => {
    const all = document.createElement("ol");
    for (const [at, title] of saved) {
      const item = document.createElement("li");
      const to = document.createElement("a");
      to.href = at;
      to.textContent = title;
      item.append(to);
      all.append(item);
    }
    box.append(saved.size ? all : words.none);
  });
}
function help() {
  dialog(words.keys, (box) => {
    const table = document.createElement("dl");
    for (const line of (words.help ?? "").split(";")) {
      const [key, says] = line.split(":");
      const name = document.createElement("dt");
      name.append(Object.assign(document.createElement("kbd"), { textContent: key.trim() }));
      const what = document.createElement("dd");
      what.textContent = says?.trim();
      table.append(name, what);
    }
    box.append(table);
  });
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
