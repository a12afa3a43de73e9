// Listens for all pages of a browser at once. A browser allows six connections to a server, and a page that
// listens keeps one: with a stream for each page, the seventh window would wait for ever.
"use strict";
const pages = new Set();
let events = null;
let newest = null;
let again = 0;

const rest = () => {
  clearTimeout(again);
  events?.close();
  events = null;
};
const listen = () => {
  rest();
  events = new EventSource("/__offprint/events");
  events.onmessage = (event) => {
    newest = event.data;
    pages.forEach((page) => page.postMessage(newest));
  };
  events.onerror = () => {
    rest();
    again = setTimeout(listen, 400);
  };
};

addEventListener("connect", ({ ports: [page] }) => {
  // A page says one thing: that it leaves.
  page.onmessage = () => {
    pages.delete(page);
    if (pages.size === 0) rest();
  };
  pages.add(page);
  if (pages.size === 1) listen();
  else if (newest) page.postMessage(newest);
});
