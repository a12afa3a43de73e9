// Adds three things that pages do without: the switch between light and dark, the memory of the language one
// reads in, and buttons that copy. Loaded once, deferred, kept by the browser.
const root = document.documentElement;
const keep = (name, value) => {
  try {
    if (value) localStorage.setItem(name, value);
    else localStorage.removeItem(name);
  } catch {
    // A browser that remembers nothing still switches.
  }
};

const dark = matchMedia("(prefers-color-scheme: dark)");
const button = document.querySelector("button.theme");
const isDark = () => (root.dataset.theme ? root.dataset.theme === "dark" : dark.matches);
const show = () => button?.setAttribute("aria-pressed", String(isDark()));
button?.addEventListener("click", () => {
  const wanted = isDark() ? "light" : "dark";
  // What the system wants needs no memory, and follows the system again.
  const value = (wanted === "dark") === dark.matches ? "" : wanted;
  if (value) root.dataset.theme = value;
  else delete root.dataset.theme;
  keep("offprint-theme", value);
  show();
});
dark.addEventListener("change", show);
show();

for (const input of document.querySelectorAll(".reading input")) {
  input.checked = input.value === (root.dataset.reading ?? "");
  input.addEventListener("change", () => {
    root.dataset.reading = input.value;
    keep("offprint-reading", input.value);
  });
}

for (const button of document.querySelectorAll("button.copy")) {
  const label = button.textContent;
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(button.parentElement.querySelector("code").textContent);
    button.textContent = button.dataset.copied;
    setTimeout(() => (button.textContent = label), 2000);
  });
}
