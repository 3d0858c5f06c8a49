// The page around the widgets: language and direction, Streamlit's own English words in the
// visitor's language, and what a sheet, a refusal or a lost connection must do to be noticed.
const told = new WeakSet();
const all = (selector, home = document) => home.querySelectorAll(selector);
const one = (selector, home = document) => home.querySelector(selector);
const SHEET = ".st-key-kk-sheet";
const PUT_AWAY = '[class*="st-key-close-card"] button, [class*="st-key-cancel-"] button, .st-key-kk-finish button';
const OWN_SCROLL = ".st-key-kk-jury-list, .st-key-kk-proposal, .st-key-kk-jury-pin, .st-key-kk-office-side";
let texts = {}, opener, before = {}, typed = "", kept = "";

export default function ({ data }) {
  const html = document.documentElement;
  if (html.lang !== data.lang) html.lang = data.lang;
  if (html.dir !== data.dir) html.dir = data.dir;
  texts = data.texts;
  const mend = () => {
    frames(data);
    translate();
    where();
    around(data);
    dialogs();
    for (const [name, most] of Object.entries(data.most))
      for (const area of all(`[class*="st-key-${name}-"] textarea`)) count(area, most, data.count);
    for (const area of all('[class*="st-key-answer-"] textarea')) spoken(area);
    for (const side of all(OWN_SCROLL))
      if (!side.hasAttribute("tabindex")) side.tabIndex = 0; // what scrolls by itself must do so by keyboard too
    for (const alert of all('[data-testid="stAlert"]')) reveal(alert);
    const thanks = one(".kk-thanks");
    if (thanks && !told.has(thanks)) { told.add(thanks); say(thanks.textContent); }
    sheet();
    keep();
    opened();
    reading(data);
  };
  let due = 0;
  const soon = () => {
    if (due) return;
    due = setTimeout(() => { due = 0; mend(); }, 40);
    mend(); // at once, and again when the burst is over
  };
  const watch = new MutationObserver(soon);
  watch.observe(document.body, { childList: true, subtree: true });
  addEventListener("keydown", escape);
  addEventListener("click", cancelled, true);
  visualViewport?.addEventListener("resize", keyboard);
  const unheard = listenForVoices(soon);
  mend();
  return () => {
    unheard();
    watch.disconnect();
    clearTimeout(due);
    removeEventListener("keydown", escape);
    removeEventListener("click", cancelled, true);
    visualViewport?.removeEventListener("resize", keyboard);
  };
}

// --- words ------------------------------------------------------------------

// The map inside knows best what can be done with it.
function frames(data) {
  for (const frame of all('iframe[title*="st_folium"], iframe[data-kk]')) {
    frame.dataset.kk = "map";
    const title = one("#map_div", frame.contentDocument || document)?.getAttribute("aria-label") || data.map;
    if (frame.title !== title) frame.title = title;
  }
}

// "Remove Zaun": a word of Streamlit's and what it is about.
const inOurs = (text) => texts[text] || (text || "").replace(/^(Remove|Shortcut) (?=.)/, (_, word) => texts[word] + ": ");

function translate() {
  for (const name of ["aria-label", "title", "placeholder"])
    for (const part of all(`[${name}]`)) {
      const before = part.getAttribute(name), text = inOurs(before);
      if (text !== before) part.setAttribute(name, text);
    }
  for (const part of all('a[href="#stMain"], a[href="#main"], [role="listbox"] *, [data-testid="stStatusWidget"] label'))
    if (!part.childElementCount && texts[part.textContent]) part.textContent = texts[part.textContent];
}

function where() {
  for (const link of all('.st-key-kk-nav a, .st-key-kk-more a, .st-key-kk-foot a')) {
    const here = link.getAttribute("href").split("?")[0].split("/").pop() === location.pathname.split("/").pop();
    if (here !== link.hasAttribute("aria-current")) here ? link.setAttribute("aria-current", "page") : link.removeAttribute("aria-current");
    if (here && !told.has(link) && link.closest(".st-key-kk-nav")) {
      told.add(link); // also where the names of the pages scroll
      const row = one(".st-key-kk-nav"), a = link.getBoundingClientRect(), b = row.getBoundingClientRect();
      row.scrollBy(a.left + a.width / 2 - b.left - b.width / 2, 0);
    }
  }
}

// Each language is called by its own name, in its own language; the landmarks have names.
function around(data) {
  all('[class*="st-key-kk-lang-"] button').forEach((button, i) => {
    if (button.lang !== data.languages[i]) button.lang = data.languages[i];
  });
  for (const [name, label] of [["nav", data.pages], ["foot", data.foot]]) {
    const part = one(`.st-key-kk-${name}`);
    if (part && part.getAttribute("aria-label") !== label) { part.setAttribute("role", "navigation"); part.setAttribute("aria-label", label); }
  }
}

// Streamlit tells developers what to type when the server is gone; app.css shows our sentence instead.
function dialogs() {
  for (const dialog of all('[data-testid="stDialog"] [role="dialog"]:not([data-kk])')) {
    const text = texts["dialog " + one("h2", dialog)?.textContent];
    if (!text) continue;
    dialog.dataset.kk = text;
    dialog.setAttribute("aria-label", text);
    dialog.removeAttribute("aria-labelledby");
  }
}

// --- to be heard and seen ---------------------------------------------------

// One region that is there from the beginning: what is put into it is read out everywhere.
function say(text) {
  let region = one("#kk-said");
  if (!region) {
    region = document.createElement("p");
    region.id = "kk-said";
    region.className = "kk-unseen";
    region.setAttribute("role", "status");
    document.body.append(region);
  }
  setTimeout(() => { region.textContent = text; }, 150);
}

// A refusal stands at its button, which may be further down.
function reveal(alert) {
  if (told.has(alert)) return;
  told.add(alert);
  const { top, bottom } = alert.getBoundingClientRect();
  if (top < 0 || bottom > innerHeight) alert.scrollIntoView({ block: "center" });
}

// What was chosen from a list opens above or, on a phone, below it: it comes into sight.
function opened() {
  const pin = one(".st-key-kk-opened .kk-number")?.textContent || "";
  const group = one(".kk-chosen-card")?.textContent || "";
  if (before.group && group && group !== before.group && innerWidth <= 640) one(".kk-why")?.scrollIntoView();
  if (before.pin !== undefined && pin && pin !== before.pin) one(".st-key-kk-opened").scrollIntoView();
  before = { pin, group };
}

// Streamlit counts too, but only beside an English sentence.
function count(area, most, words) {
  const home = area.closest('[data-testid="stTextArea"]');
  let shown = one(".kk-count", home);
  if (!shown) {
    shown = document.createElement("p");
    shown.className = "kk-count";
    home.append(shown);
  }
  const write = () => {
    if (area.closest(SHEET)) typed = area.value;
    const text = words.replace("{n}", [...area.value].length).replace("{max}", most);
    if (shown.textContent !== text) shown.textContent = text;
  };
  write();
  if (!told.has(area)) { told.add(area); area.addEventListener("input", write); }
}

// A field for a text in one language is of that language, also for who hears it or has it checked.
function spoken(area) {
  const lang = area.closest('[class*="st-key-answer-"]').className.match(/st-key-answer-(\w\w)-/)?.[1];
  if (lang && !area.lang) area.lang = lang === "ls" ? "de" : lang;
}

// --- the sheet upon the map -------------------------------------------------

const inMap = () => one(".st-key-kk-map iframe")?.contentWindow;

// It is named after its heading; focus goes into it, and back to where it came from.
function sheet() {
  const shown = one(SHEET);
  if (!shown) {
    if (!opener) return;
    const back = opener.isConnected && opener !== document.body ? opener : one(".st-key-kk-map iframe");
    opener = null;
    if (document.activeElement !== document.body && document.activeElement?.isConnected) return;
    const leaflet = back?.tagName === "IFRAME" && one("#map_div", back.contentDocument);
    (leaflet || back)?.focus({ preventScroll: true });
    return;
  }
  const name = (one("h2", shown) || one(".kk-thanks", shown) || one(".kk-card strong", shown))?.textContent;
  if (name && shown.getAttribute("aria-label") !== name) shown.setAttribute("aria-label", name);
  if (!told.has(shown)) {
    told.add(shown);
    shown.setAttribute("role", "region");
    shown.tabIndex = -1;
    opener ||= document.activeElement;
    shown.focus({ preventScroll: true });
    new ResizeObserver(() => inMap()?.kiezkarte?.uncover(shown.getBoundingClientRect())).observe(shown);
  }
  const beside = one(".st-key-kk-beside", shown);
  if (beside && !told.has(beside)) { told.add(beside); beside.scrollIntoView({ block: "nearest" }); }
}

// A server that started anew knows no open form: the words wait here for the next tap on the map.
function keep() {
  const area = one(`${SHEET} textarea`);
  if (one(".kk-thanks")) typed = kept = "";
  else if (area) {
    if (kept && !area.value) {
      Object.getOwnPropertyDescriptor(HTMLTextAreaElement.prototype, "value").set.call(area, kept);
      area.dispatchEvent(new Event("input", { bubbles: true }));
    }
    kept = "";
    typed = area.value;
  } else if (!one(SHEET) && typed) { kept = typed; typed = ""; }
  const note = one("#kk-kept"), wanted = kept && !one(SHEET) && one(".st-key-kk-map");
  if (!wanted) note?.remove();
  else if (!note) {
    const line = document.createElement("p");
    line.id = "kk-kept";
    line.textContent = texts.kept;
    document.body.append(line);
    say(texts.kept);
  }
}

function cancelled(event) {
  if (event.target.closest?.('[class*="st-key-cancel-"] button')) typed = kept = "";
}

// Escape puts the sheet away, but never words: with some typed it goes to the button that would.
function escape(event) {
  const shown = event.key === "Escape" && one(SHEET);
  if (!shown || one('[data-testid="stPopoverBody"], [role="listbox"]')) return;
  const away = one(PUT_AWAY, shown), words = one("textarea", shown);
  if (words?.value.trim() && document.activeElement !== away) away?.focus();
  else away?.click();
}

// A phone's keyboard lies upon the page: the sheet stays above it.
function keyboard() {
  const hidden = Math.max(0, innerHeight - visualViewport.height - visualViewport.offsetTop);
  document.documentElement.style.setProperty("--keyboard", Math.round(hidden) + "px");
}
