// Loads the comments of a page when its reader asks for them, and has them follow light and dark. Nothing is asked of
// another host before that.
const section = document.querySelector(".comments");

const providers = {
  giscus: {
    origin: "https://giscus.app",
    script: "https://giscus.app/client.js",
    attributes: ({ repo, repoId, category, categoryId, mapping }) => ({
      "data-repo": repo,
      "data-repo-id": repoId,
      "data-category": category,
      "data-category-id": categoryId,
      "data-mapping": mapping,
      "data-strict": "1",
      "data-reactions-enabled": "1",
      "data-emit-metadata": "0",
      "data-input-position": "top",
      "data-lang": root.lang,
      "data-theme": isDark() ? "dark" : "light",
    }),
    follow: () => ({ giscus: { setConfig: { theme: isDark() ? "dark" : "light" } } }),
  },
  utterances: {
    origin: "https://utteranc.es",
    script: "https://utteranc.es/client.js",
    attributes: ({ repo, mapping }) => ({
      repo,
      "issue-term": mapping,
      theme: isDark() ? "github-dark" : "github-light",
    }),
    follow: () => ({ type: "set-theme", theme: isDark() ? "github-dark" : "github-light" }),
  },
  hypothesis: { script: "https://hypothes.is/embed.js", attributes: () => ({}) },
};

const provider = providers[section.dataset.provider];
section.hidden = !provider;
section.querySelector("button").addEventListener("click", () => {
  const script = element("script", { src: provider.script, async: true, crossOrigin: "anonymous" });
  for (const [name, value] of Object.entries(provider.attributes(section.dataset))) {
    script.setAttribute(name, value);
  }
  section.replaceChildren(script);
});

const follow = () => {
  const frame = section.querySelector("iframe");
  if (frame && provider.follow) frame.contentWindow.postMessage(provider.follow(), provider.origin);
};
dark.addEventListener("change", follow);
new MutationObserver(follow).observe(root, { attributes: true, attributeFilter: ["data-theme"] });
