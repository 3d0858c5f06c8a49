// The page's language and direction, and Streamlit's own English words in the visitor's language.
const told = new WeakSet();

export default function ({ data }) {
  const html = document.documentElement;
  if (html.lang !== data.lang) html.lang = data.lang;
  if (html.dir !== data.dir) html.dir = data.dir;
  const mend = () => {
    for (const frame of document.querySelectorAll('iframe[title*="st_folium"], iframe[data-kk]')) {
      frame.dataset.kk = "map";
      if (frame.title !== data.map) frame.title = data.map;
    }
    for (const part of document.querySelectorAll("[aria-label], [title]")) {
      for (const name of ["aria-label", "title"]) {
        const text = data.texts[part.getAttribute(name)];
        if (text) part.setAttribute(name, text);
      }
    }
    for (const part of document.querySelectorAll('[data-baseweb="popover"] li, [data-testid="stStatusWidget"] label'))
      if (!part.childElementCount && data.texts[part.textContent]) part.textContent = data.texts[part.textContent];
    for (const area of document.querySelectorAll('[data-testid="stTextArea"] textarea')) count(area, data);
  };
  let due = 0;
  const soon = () => { if (!due) due = setTimeout(() => { due = 0; mend(); }, 30); };
  const watch = new MutationObserver(soon);
  watch.observe(document.body, { childList: true, subtree: true });
  mend();
  return () => { watch.disconnect(); clearTimeout(due); };
}

// Streamlit counts too, but only beside an English sentence.
function count(area, data) {
  const home = area.closest('[data-testid="stTextArea"]');
  let shown = home.querySelector(".kk-count");
  if (!shown) {
    shown = document.createElement("p");
    shown.className = "kk-count";
    home.append(shown);
  }
  const write = () => {
    const text = data.count.replace("{n}", [...area.value].length).replace("{max}", data.max);
    if (shown.textContent !== text) shown.textContent = text;
  };
  write();
  if (!told.has(area)) { told.add(area); area.addEventListener("input", write); }
}
