// What texts do without: headings that are links to themselves, and buttons that copy code.
const { copy, copied } = document.querySelector("script[data-copied]").dataset;

for (const heading of document.querySelectorAll(".texts :is(h2, h3, h4)[id]")) {
  if (heading.querySelector("a, math, button")) continue;
  const link = document.createElement("a");
  link.className = "to-part";
  link.href = `#${heading.id}`;
  link.append(...heading.childNodes);
  heading.append(link);
}

/** What one wants of a block: of a session at a terminal what was typed, else all of it. */
const wanted = (code) => {
  const text = code.textContent;
  const typed = code.className.includes("console") ? text.split("\n").filter((line) => line.startsWith("$ ")) : [];
  return typed.length ? typed.map((line) => line.slice(2)).join("\n") : text;
};

for (const code of document.querySelectorAll(".texts pre > code")) {
  const button = document.createElement("button");
  Object.assign(button, { type: "button", className: "copy", textContent: copy });
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(wanted(code));
    button.textContent = copied;
    setTimeout(() => (button.textContent = copy), 2000);
  });
  const block = document.createElement("div");
  block.className = "code-block";
  code.parentElement.replaceWith(block);
  block.append(code.parentElement, button);
}
