// Footnotes beside the text, where the column there is free and the browser can hang one thing from another: each note from its number,
// or below the note before it. Elsewhere notes stay at the end of their text.
const MOST = 10;
const text = ".texts:not(:has(> .aside) .texts, :has(> .l2)) > div";
const rules = [
  `${text} { position: relative; anchor-scope: all }`,
  `${text} > .footnotes:not(:has(> ol > li:nth-child(${MOST + 1}))) { margin: 0; padding: 0; border: 0 }`,
  `${text} > .footnotes > ol > li:nth-child(-n + ${MOST}) { position: absolute; inset-inline-start: calc(100% + 3rem); width: var(--aside); margin: 0;
    top: max(anchor(var(--at) top, 0px), anchor(var(--above) bottom, -2rem) + 0.75rem); anchor-name: var(--own) }`,
];
for (let note = 1; note <= MOST; note++) {
  rules.push(`.footnote-ref[id$="fnref-${note}"] { anchor-name: --note-${note} }`);
  rules.push(`.footnotes li:nth-child(${note}) { --at: --note-${note}; --above: --below-${note - 1}; --own: --below-${note} }`);
}
if (CSS.supports("anchor-scope: all")) {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(`@media screen and (min-width: 62rem) { ${rules.join(" ")} }`);
  document.adoptedStyleSheets.push(sheet);
}
