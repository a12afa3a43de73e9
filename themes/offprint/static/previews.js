// Shows what waits behind a link to a paper or a date: title, byline, the first sentence. It reads the head of that page,
// once a link, when somebody stays on the link with the pointer, the keyboard or a finger. Pages lose nothing without it.
const page = /\/(papers\/[^/]+|\d{4}\/\d\d\/\d\d(\/[^/]+)?)\/$/;
const [soon, late] = [350, 200];
const known = new Map();
const box = element("aside", { className: "preview", id: "preview", role: "tooltip", hidden: true });

let on; // The link that is shown, or will be.
let timer;
let touched = false;

/** The link that an event is about, where it leads to a page of interest. */
function linkOf({ target }) {
  const link = target.closest?.("main a[href]");
  // Below a heading stands what the link leads to.
  if (!link || link.origin !== location.origin || link.closest("h1, h2, h3, h4, .preview")) return;
  return page.test(link.pathname) && link.pathname !== location.pathname ? link : undefined;
}

/** The text of a page up to the end of its head, or all of it. */
async function read(address, all) {
  const answer = await fetch(address);
  if (!answer.ok) return "";
  const reader = answer.body.pipeThrough(new TextDecoderStream()).getReader();
  let text = "";
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return text;
    text += value;
    if (!all && text.includes("</head>")) {
      reader.cancel();
      return text;
    }
  }
}

/** Title, byline and first words of a page, in the language that the reader chose where the page has several. */
async function ask(address) {
  const chosen = /^[2-9]$/.test(root.dataset.reading ?? "") && `.l${root.dataset.reading}`;
  const there = new DOMParser().parseFromString(await read(address, chosen), "text/html");
  const meta = (name) => there.querySelector(`meta[property="${name}"], meta[name="${name}"]`)?.content ?? "";
  const own = (where) => chosen && there.querySelector(`main ${where}`)?.textContent.trim();
  const authors = there.querySelectorAll('meta[name="citation_author"]');
  const more = authors.length > 1 ? ` +${authors.length - 1}` : "";
  const lang = own(`.texts ${chosen} p`) ? root.dataset.languages.split(" ")[root.dataset.reading - 1] : there.documentElement.lang;
  const day = meta("article:published_time").slice(0, 10);
  const date = day && new Intl.DateTimeFormat(lang, { dateStyle: "long", timeZone: "UTC" }).format(new Date(day));
  const byline = authors.length > 0 ? `${authors[0].content}${more} · ${date}` : meta("citation_title") && date;
  const words = own(`.texts ${chosen} p`) || meta("description");
  return {
    lang,
    title: own(`h1 ${chosen}`) || meta("og:title"),
    byline,
    words: words.length > 240 ? `${words.slice(0, 240)}…` : words,
  };
}

const part = (className, textContent) => (textContent ? element("p", { className, textContent }) : "");

async function show(link) {
  const key = `${root.dataset.reading ?? ""} ${link.pathname}`;
  if (!known.has(key)) known.set(key, ask(link.pathname).catch(() => ({})));
  const { lang, title, byline, words } = await known.get(key);
  if (on !== link || !title || !(byline || words)) return;
  box.lang = lang;
  box.replaceChildren(part("name", title), part("by", byline), part("words", words));
  if (!box.isConnected) document.body.append(box);
  box.hidden = false;
  place(link);
  link.setAttribute("aria-describedby", box.id);
  // The browser would say its own beside it.
  if (link.title) [link.dataset.title, link.title] = [link.title, ""];
}

/** Below the link, or above where there is more room; never over an edge. */
function place(link) {
  const [of, base] = [link.getClientRects()[0], (box.offsetParent ?? root).getBoundingClientRect()];
  const { offsetWidth: width, offsetHeight: height } = box;
  const start = getComputedStyle(link).direction === "rtl" ? of.right - width : of.left;
  const left = Math.max(8, Math.min(start, root.clientWidth - width - 8));
  const above = of.bottom + height + 8 > innerHeight && of.top > height + 8;
  box.style.left = `${left - base.left}px`;
  box.style.top = `${(above ? of.top - height - 6 : of.bottom + 6) - base.top}px`;
}

function hide() {
  clearTimeout(timer);
  on?.removeAttribute("aria-describedby");
  if (on?.dataset.title) on.title = on.dataset.title;
  on = undefined;
  box.hidden = true;
}

function wait(link, time) {
  clearTimeout(timer);
  if (on === link && !box.hidden) return;
  hide();
  on = link;
  timer = setTimeout(show, time, link);
}

function leave() {
  clearTimeout(timer);
  // Whoever goes over to what is shown finds it there.
  timer = setTimeout(hide, late);
}

addEventListener("pointerover", (event) => {
  if (event.pointerType === "touch") return;
  const link = linkOf(event);
  if (link) wait(link, soon);
  else if (box.contains(event.target)) clearTimeout(timer);
  else if (on && on !== document.activeElement) leave();
});
addEventListener("focusin", (event) => {
  const link = linkOf(event);
  if (link?.matches(":focus-visible")) wait(link, soon);
  else if (on && on !== link) hide();
});
addEventListener("keydown", ({ key }) => key === "Escape" && hide());
addEventListener("pagehide", hide);

// A finger that stays; one that scrolls does not. The menu of the link gives way to what is shown, which leads on.
addEventListener("touchstart", (event) => {
  touched = false;
  if (box.contains(event.target)) return;
  hide();
  const link = event.touches.length === 1 && linkOf(event);
  if (!link) return;
  on = link;
  link.style.webkitTouchCallout = "none";
  timer = setTimeout(() => {
    touched = true;
    show(link);
  }, soon);
}, { passive: true });
for (const name of ["touchmove", "touchcancel"]) addEventListener(name, () => touched || hide(), { passive: true });
addEventListener("touchend", () => touched || clearTimeout(timer), { passive: true });
addEventListener("contextmenu", (event) => touched && event.preventDefault());
addEventListener("click", (event) => {
  if (touched && on?.contains(event.target)) event.preventDefault();
  touched = false;
}, true);
box.addEventListener("click", () => on && (location.href = on.href));
