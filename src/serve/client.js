// Put into previewed pages: shows every change at once, in place where that can be done, and what is wrong.
// It knows no theme: a page is asked for again, and only what differs between then and now is touched.
(() => {
  const own = "/__offprint/";
  let pristine = null; // The page's text as it was served.
  let seen = 0; // The newest state known.
  let server = null;

  const parse = (text) => new DOMParser().parseFromString(text, "text/html");
  const ask = (url, cache) => fetch(url, { cache, signal: AbortSignal.timeout(30000) });
  const get = async (cache) => (await ask(location.href, cache)).text();

  // ---- In place ----

  // Scripts cannot be taken back once they ran, and ran on what was there then.
  const runs = (script) => !script.type || /javascript|module/.test(script.type);
  const scripts = (doc) => [...doc.scripts].filter(runs).map((script) => script.outerHTML).join("\n");
  const alive = "button,input,select,textarea,form,canvas,iframe,video,audio,object";

  // What stands around `main`, without what can be swapped.
  const frame = (doc) => {
    const body = doc.body.cloneNode(true);
    body.querySelectorAll("main, style, script").forEach((part) => part.replaceChildren());
    return body.outerHTML + doc.documentElement.cloneNode(false).outerHTML;
  };

  // Whether `now` can take the place of `then` without loading the page again.
  const patchable = (then, now) => {
    const [from, to] = [then.querySelectorAll("main"), now.querySelectorAll("main")];
    const lively = (main) => [...main.querySelectorAll(alive)].map((part) => part.outerHTML).join("\n");
    return from.length === 1 && to.length === 1 && document.querySelectorAll("main").length === 1
      && scripts(then) === scripts(now) && frame(then) === frame(now) && lively(from[0]) === lively(to[0]);
  };

  // Makes of `live` what makes `then` into `now`: what the reader has opened or typed stays as it is.
  const patch = (live, then, now) => {
    if (then.isEqualNode(now)) return;
    if (live.nodeName !== now.nodeName || then.nodeName !== now.nodeName) {
      live.replaceWith(document.importNode(now, true));
    } else if (live.nodeType !== Node.ELEMENT_NODE) {
      live.data = now.data;
    } else {
      patchAttributes(live, then, now);
      patchChildren(live, then, now);
    }
  };

  const patchAttributes = (live, then, now) => {
    for (const name of new Set([...then.getAttributeNames(), ...now.getAttributeNames()])) {
      const value = now.getAttribute(name);
      if (value === then.getAttribute(name)) continue;
      if (value === null) live.removeAttribute(name);
      else live.setAttribute(name, value);
    }
  };

  const patchChildren = (live, then, now) => {
    const [old, fresh, shown] = [then, now, live].map((node) => [...node.childNodes]);
    if (shown.length !== old.length) {
      live.replaceChildren(...fresh.map((node) => document.importNode(node, true)));
      return;
    }
    const short = Math.min(old.length, fresh.length);
    let start = 0;
    while (start < short && old[start].isEqualNode(fresh[start])) start += 1;
    let end = 0;
    while (end < short - start && old[old.length - 1 - end].isEqualNode(fresh[fresh.length - 1 - end])) end += 1;
    const both = Math.min(old.length, fresh.length) - end;
    for (let at = start; at < both; at += 1) patch(shown[at], old[at], fresh[at]);
    for (let at = both; at < old.length - end; at += 1) shown[at].remove();
    const after = shown[old.length - end] ?? null;
    for (let at = both; at < fresh.length - end; at += 1) live.insertBefore(document.importNode(fresh[at], true), after);
  };

  // The head is matched by equal elements; a new style sheet is in force before the old one goes.
  const patchHead = (then, now) => {
    const text = (node) => node.outerHTML;
    const [old, fresh] = [then, now].map((doc) => [...doc.head.children]);
    const gone = old.filter((node) => !fresh.some((other) => other.isEqualNode(node)));
    const come = fresh.filter((node) => !old.some((other) => other.isEqualNode(node)));
    const live = gone.map((node) => [...document.head.children].find((other) => text(other) === text(node)));
    const sheets = [];
    come.forEach((node) => {
      const added = document.importNode(node, true);
      if (added.matches("link[rel~=stylesheet]")) {
        sheets.push(new Promise((done) => ["load", "error"].forEach((event) => added.addEventListener(event, done))));
      }
      const like = live.find((other) => other?.isConnected && other.nodeName === added.nodeName && other.rel === added.rel);
      if (like) like.before(added);
      else document.head.append(added);
    });
    Promise.all(sheets).then(() => live.forEach((node) => node?.remove()));
    document.title = now.title;
  };

  const refresh = async () => {
    const text = await get("no-cache");
    if (pristine === null || text === pristine) {
      pristine ??= text;
      return false;
    }
    const [then, now] = [parse(pristine), parse(text)];
    if (!patchable(then, now)) {
      location.reload();
      return true;
    }
    pristine = text;
    unmark();
    patchHead(then, now);
    patch(document.querySelector("main"), then.querySelector("main"), now.querySelector("main"));
    await mark();
    return true;
  };

  // Images keep their address when they change, so they are asked for again.
  const refreshImages = (files, after) => {
    const versions = new Map(Object.entries(files).map(([file, version]) => [new URL(file, location.href).pathname, version]));
    const renew = (address) => {
      const url = new URL(address, location.href);
      const version = versions.get(url.pathname);
      if (!(version > after)) return address;
      url.searchParams.set("offprint", version);
      return url.href;
    };
    const renewAll = (set) => set.split(/,\s+/).map((one) => one.replace(/^\S+/, renew)).join(", ");
    for (const image of document.images) {
      for (const [name, how] of [["src", renew], ["srcset", renewAll]]) {
        const now = image.getAttribute(name);
        const then = now && how(now);
        if (then !== now) image.setAttribute(name, then);
      }
    }
  };

  // ---- What is wrong, and where to look ----

  const host = document.createElement("offprint-preview");
  const shadow = host.attachShadow({ mode: "open" });
  shadow.innerHTML = `<style>
    :host { all: initial }
    .errors, .note, .sources { position: fixed; z-index: 2147483647; font: 14px/1.5 system-ui, sans-serif; color: #f3f0ea; background: #211f1d; box-shadow: 0 2px 16px #0008 }
    .errors { inset: auto 0 0 0; max-height: 70vh; overflow: auto; border-top: 4px solid #e5484d; padding: 1rem }
    .errors h2 { margin: 0 2rem .5rem 0; font-size: 1rem }
    pre { margin: 0; font: 13px/1.45 ui-monospace, monospace; white-space: pre-wrap; overflow-wrap: anywhere }
    .note { inset: auto 1rem 1rem auto; max-width: calc(100vw - 4rem); padding: .5rem 1rem; border-radius: .4rem }
    .sources { inset: auto auto 0 0; max-width: 90vw; max-height: 50vh; overflow: auto; padding: .2rem .6rem; opacity: .75; font-size: 12px }
    .sources[open] { opacity: 1 }
    .sources ul { margin: .3rem 0; padding: 0; list-style: none }
    summary { cursor: pointer }
    a { color: #f0b8a0 } b { color: #f5c542 }
    button { position: absolute; top: .5rem; right: .5rem; font: inherit; color: inherit; background: none; border: 1px solid currentColor; border-radius: .3rem; cursor: pointer }
    .note button { position: static; margin-left: .8rem }
    @media print { :host > * { display: none } }
  </style>`;
  const show = (kind, fill) => {
    shadow.querySelector(`.${kind}`)?.remove();
    if (!fill) return null;
    const box = document.createElement(kind === "sources" ? "details" : "div");
    box.className = kind;
    fill(box);
    shadow.append(box);
    if (!host.isConnected) document.body.append(host);
    return box;
  };
  const element = (name, text, more = {}) => Object.assign(document.createElement(name), { textContent: text }, more);
  const closer = (kind) => element("button", "×", { title: "Close", onclick: () => show(kind, null) });

  let shownErrors = null;
  const showErrors = (errors) => {
    if (errors === shownErrors) return;
    shownErrors = errors;
    show("errors", errors && ((box) => {
      box.setAttribute("role", "alert");
      box.append(element("h2", "The last good site is shown until this is put right"), element("pre", errors), closer("errors"));
    }));
  };
  addEventListener("keydown", (event) => event.key === "Escape" && ["errors", "note"].forEach((kind) => show(kind, null)));

  let leaving = 0;
  const offer = (target) => {
    const url = new URL(target.url, location.href);
    if (url.pathname === location.pathname) return;
    const box = show("note", (note) => note.append("Changed: ", element("a", target.title || url.pathname, { href: url.href }), closer("note")));
    clearTimeout(leaving);
    leaving = setTimeout(() => box.remove(), 12000);
  };

  // ---- Marks: where an entry is written, and why it is not public yet ----

  const describe = (mark) => {
    const item = document.createElement("li");
    const place = `${mark.file}:${mark.line}`;
    item.append(mark.editor ? element("a", place, { href: mark.editor }) : element("span", place));
    for (const why of ["draft", "future"]) if (mark[why]) item.append(" ", element("b", why));
    return item;
  };
  const unmark = () => document.querySelectorAll("offprint-mark").forEach((mark) => mark.remove());
  const mark = async () => {
    const answer = await ask(`${own}page?path=${encodeURIComponent(location.pathname)}`, "no-store");
    const marks = answer.ok ? await answer.json() : [];
    unmark();
    const open = shadow.querySelector(".sources")?.open;
    show("sources", marks.length > 0 && ((box) => {
      const list = document.createElement("ul");
      list.append(...marks.map(describe));
      const held = marks.filter((mark) => mark.draft || mark.future).length;
      box.open = Boolean(open);
      box.append(element("summary", held ? `Source · ${held} not public yet` : "Source"), list);
    }));
    for (const one of marks) {
      const words = ["draft", "future"].filter((why) => one[why]);
      const entry = words.length > 0 && one.anchor && document.getElementById(one.anchor);
      if (!entry) continue;
      const badge = element("offprint-mark", words.join(" · "));
      badge.style.cssText = "display:inline-block;padding:0 .5em;border-radius:.3em;font:bold 12px/1.8 system-ui,sans-serif;color:#211f1d;background:#f5c542";
      entry.prepend(badge);
    }
  };

  // ---- Listening ----

  // One message after the other; of those that arrive meanwhile, the newest holds all that matters. A page that
  // nobody sees does nothing until it is seen again.
  let waiting = null;
  let busy = false;
  const take = async (message) => {
    waiting = message;
    if (busy) return;
    busy = true;
    while (waiting && !document.hidden) {
      const state = waiting;
      waiting = null;
      try {
        await follow(state);
      } catch {
        // The server is restarting, or has too much to do.
        await new Promise((resume) => setTimeout(resume, 400));
        waiting ??= state;
      }
    }
    busy = false;
  };

  const follow = async (state) => {
    const first = server !== state.server;
    if (server !== null && first) return location.reload();
    showErrors(state.errors);
    await refresh();
    refreshImages(state.files, first ? 0 : seen);
    if (!first && state.target?.version > seen) offer(state.target);
    [server, seen] = [state.server, state.version];
    document.documentElement.dataset.offprint = String(seen);
  };

  // All pages listen together; where the browser has no shared workers, those that somebody sees, each for itself.
  let shared = "SharedWorker" in window;
  let stop = () => {};
  let look = () => {}; // Whether the stream is alive.
  const listen = () => {
    stop();
    if (shared) together();
    else if (!document.hidden) alone();
  };
  const together = () => {
    const worker = new SharedWorker(`${own}worker.js`);
    worker.onerror = () => {
      shared = false;
      listen();
    };
    worker.port.onmessage = (event) => take(JSON.parse(event.data));
    look = () => worker.port.postMessage("seen");
    stop = () => {
      worker.port.postMessage("leaving");
      worker.port.close();
    };
  };
  const alone = () => {
    const events = stream((message) => take(JSON.parse(message)));
    events.listen();
    stop = events.stop;
    look = events.check;
  };

  const start = async () => {
    try {
      // What the browser has just loaded, from its own cache.
      pristine = await get("force-cache");
      await mark();
    } catch {
      // Whatever it was, the next message tells.
    }
    listen();
    addEventListener("pagehide", () => stop());
    addEventListener("pageshow", (event) => event.persisted && listen());
    document.addEventListener("visibilitychange", () => {
      if (!shared && document.hidden) stop();
      else if (!shared) listen();
      else if (waiting) take(waiting);
      if (!document.hidden) look();
    });
    addEventListener("online", () => look());
  };
  if (document.readyState === "complete") start();
  else addEventListener("load", start, { once: true });
})();
