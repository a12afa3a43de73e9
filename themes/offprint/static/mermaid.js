// Draws the diagrams of Mermaid in place of their code, by the script that config.toml names.
const blocks = [...document.querySelectorAll("code.language-mermaid")];

if (blocks.length > 0) {
  const address = document.body.dataset.mermaid;
  const { default: mermaid } = await import(address);
  const drawn = blocks.map((code) => ({ text: code.textContent, place: code.parentElement }));
  const draw = async () => {
    mermaid.initialize({ startOnLoad: false, securityLevel: "strict", theme: isDark() ? "dark" : "default" });
    for (const [number, diagram] of drawn.entries()) {
      // A diagram that cannot be drawn stays as it is.
      const made = await mermaid.render(`mermaid-${number}`, diagram.text).catch(() => null);
      if (!made) continue;
      const figure = element("figure", { className: "mermaid", innerHTML: made.svg });
      diagram.place.replaceWith(figure);
      diagram.place = figure;
    }
  };
  await draw();
  dark.addEventListener("change", draw);
  new MutationObserver(draw).observe(root, { attributes: true, attributeFilter: ["data-theme"] });
}
