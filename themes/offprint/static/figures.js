// A figure that is larger than it stands in its text opens over the page: by pointer, or by Enter and the space bar where the keyboard
// is. The same closes it again, and so does Escape. Loaded where a text has pictures.
const sheet = new CSSStyleSheet();
sheet.replaceSync(`
  .texts img[role] { cursor: zoom-in }
  dialog.zoomed { width: 100%; height: 100%; max-width: none; max-height: none; margin: 0; padding: 0; border: 0; background: none; overflow: auto }
  dialog.zoomed::backdrop { background: rgb(0 0 0 / 0.85) }
  dialog.zoomed button { display: grid; place-items: center; min-width: 100%; min-height: 100%; padding: 1rem; border: 0; background: none; cursor: zoom-out }
  dialog.zoomed img { max-width: calc(100vw - 2rem); max-height: calc(100vh - 2rem); background: #fff }
  @media (max-width: 40rem) { dialog.zoomed img { max-width: 200vw; max-height: none } }`);
document.adoptedStyleSheets.push(sheet);

/** The address and the width of the largest file of a picture; of a drawing there is no largest. */
function largest(img) {
  const files = img.srcset.split(", ").map((file) => file.split(" "));
  const all = files.map(([src, width]) => [src, parseInt(width) || 0]);
  const own = /\.svg$/.test(img.src) ? Infinity : Math.max(img.getAttribute("width"), img.naturalWidth);
  return all.reduce((most, file) => (file[1] > most[1] ? file : most), [img.src, own]);
}

function open(img) {
  const large = element("img", { src: largest(img)[0], alt: img.alt });
  large.style.filter = getComputedStyle(img).filter;
  const close = element("button", { type: "button" }, large);
  const box = element("dialog", { className: "zoomed", ariaLabel: img.alt, onclose: () => box.remove() }, close);
  close.addEventListener("click", () => box.close());
  document.body.append(box);
  box.showModal();
}

for (const img of document.querySelectorAll(".texts img:not([alt=''], a img, summary img)")) {
  if (largest(img)[1] <= img.clientWidth * 1.1) continue;
  Object.assign(img, { tabIndex: 0, role: "button", ariaHasPopup: "dialog" });
  img.addEventListener("click", () => open(img));
  img.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" && event.key !== " ") return;
    event.preventDefault();
    open(img);
  });
}
