// The page's language and direction, and Streamlit's own English words in the visitor's language.
const told = new WeakSet();

export default function ({ data }) {
  const html = document.documentElement;
  if (html.lang !== data.lang) html.lang = data.lang;
  if (html.dir !== data.dir) html.dir = data.dir;
  const mend = () => {
    for (const frame of document.querySelectorAll('iframe[title*="st_folium"], iframe[data-kk]')) {
      frame.dataset.kk = "map";
      const inside = frame.contentDocument?.querySelector("#map_div")?.getAttribute("aria-label");
      const title = inside || data.map;
      if (frame.title !== title) frame.title = title;
    }
    for (const part of document.querySelectorAll("[aria-label], [title]")) {
      for (const name of ["aria-label", "title"]) {
        const text = data.texts[part.getAttribute(name)];
        if (text) part.setAttribute(name, text);
      }
    }
    for (const part of document.querySelectorAll('a[href="#stMain"], [role="listbox"] *, [data-testid="stStatusWidget"] label'))
      if (!part.childElementCount && data.texts[part.textContent]) part.textContent = data.texts[part.textContent];
    for (const dialog of document.querySelectorAll('[role="dialog"]'))
      for (const known of ["Connection error", "Page not found"])
        if (dialog.textContent.includes(known)) dialog.dataset.kk = data.texts[known]; // app.css shows it instead
    for (const area of document.querySelectorAll('[class*="st-key-words-"] textarea')) count(area, data);
    for (const side of document.querySelectorAll(".st-key-kk-jury-list, .st-key-kk-proposal, .st-key-kk-jury-pin"))
      if (!side.hasAttribute("tabindex")) side.tabIndex = 0; // what scrolls by itself must do so by keyboard too
    for (const alert of document.querySelectorAll('[data-testid="stAlert"]')) reveal(alert);
    fill();
  };
  let due = 0;
  addEventListener("resize", fill);
  const soon = () => { if (!due) due = setTimeout(() => { due = 0; mend(); }, 30); };
  const watch = new MutationObserver(soon);
  watch.observe(document.body, { childList: true, subtree: true });
  mend();
  return () => { watch.disconnect(); clearTimeout(due); removeEventListener("resize", fill); };
}

// A refusal or thanks is read out, and seen even when it stands further down.
function reveal(alert) {
  if (told.has(alert)) return;
  told.add(alert);
  alert.setAttribute("role", "status");
  const { top, bottom } = alert.getBoundingClientRect();
  if (top < 0 || bottom > innerHeight) alert.scrollIntoView({ block: "center" });
}

// The residents' map fills what is left below it, whatever stands above.
function fill() {
  const map = document.querySelector(".st-key-kk-map");
  const scroller = document.querySelector('[data-testid="stMain"]');
  if (!map || !scroller) return;
  const from = Math.round(map.getBoundingClientRect().top + scroller.scrollTop + 12);
  if (map.dataset.from !== String(from)) {
    map.dataset.from = from;
    map.style.setProperty("--map-from", from + "px");
  }
}

// Escape puts away what lies upon the map.
addEventListener("keydown", (event) => {
  if (event.key === "Escape") document.querySelector('[class*="st-key-close-card"] button, [class*="st-key-cancel-"] button')?.click();
});

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
