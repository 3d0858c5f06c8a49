// A proposal was opened: read it from its beginning, also by keyboard and screen reader.
let shown;

export default function ({ data }) {
  const before = shown;
  shown = data.number;
  if (before === shown || (before === undefined && !shown)) return;
  requestAnimationFrame(() => {
    const pane = document.querySelector(".st-key-kk-proposal");
    pane?.scrollTo(0, 0);
    const entry = () => document.querySelector(".kk-open")?.scrollIntoView({ block: "nearest" });
    entry();
    if (before === undefined) setTimeout(entry, 600); // the first time the page is still growing
    if (matchMedia("(max-width: 640px)").matches)
      document.querySelector(".st-key-kk-jury")?.scrollIntoView({ block: "start" });
    const lost = document.activeElement === document.body || !document.activeElement?.offsetParent;
    if (lost) document.querySelector(shown ? "#kk-proposal" : "#kk-overview")?.focus({ preventScroll: true });
  });
}
