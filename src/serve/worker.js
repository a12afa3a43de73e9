// Listens for all pages of a browser at once. A browser allows six connections to a server, and a page that
// listens keeps one: with a stream for each page, the seventh window would wait for ever.
const pages = new Set();
let newest = null;
const events = stream((message) => {
  newest = message;
  pages.forEach((page) => page.postMessage(message));
});

addEventListener("connect", ({ ports: [page] }) => {
  // A page says that it leaves, or that somebody looks at it again.
  page.onmessage = ({ data }) => {
    if (data === "seen") return events.check();
    pages.delete(page);
    if (pages.size === 0) events.stop();
  };
  pages.add(page);
  if (pages.size === 1) return events.listen();
  if (newest) page.postMessage(newest);
  // What is newest here may be old, where the stream has died unnoticed.
  events.check();
});
