// What texts do without: headings that are links to themselves, and buttons that copy code.
const words = document.querySelector("script[data-copied]").dataset;

for (const heading of document.querySelectorAll(".texts :is(h2, h3, h4)[id]")) {
  if (heading.querySelector("a, math, button")) continue;
  heading.append(element("a", { className: "to-part", href: `#${heading.id}` }, ...heading.childNodes));
}

/** What one wants of a block: of a session at a terminal what was typed, else all of it. */
const wanted = (code) => {
  const text = code.textContent;
  const typed = code.className.includes("console") ? text.split("\n").filter((line) => line.startsWith("$ ")) : [];
  return typed.length ? typed.map((line) => line.slice(2)).join("\n") : text;
};

const buttons = [...document.querySelectorAll(".texts pre > code")].map((code) => {
  const button = element("button", { type: "button", className: "copy", textContent: words.copy });
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(wanted(code));
    button.textContent = words.copied;
    setTimeout(() => (button.textContent = words.copy), 2000);
  });
  const block = element("div", { className: "code-block" });
  code.parentElement.replaceWith(block);
  block.append(code.parentElement, button);
  return button;
});
document.querySelector(".reading")?.addEventListener("change", () => buttons.forEach((button) => (button.textContent = words.copy)));
