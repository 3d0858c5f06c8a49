// Voices for others' pins: bars on cards (.kk-voice), and what says the same while one writes.
// A device keeps one random token a pin, made when its voice is given and sent for that pin
// alone: the map here is why a device counts once, and nothing links two of its voices.
const KEPT = "kiezkarte-voices";
const all = (selector, home = document) => home.querySelectorAll(selector);
const one = (selector, home = document) => home.querySelector(selector);
let memory = {}; // where a browser keeps nothing, it is known until the page is left

export default function ({ data, parentElement }) {
  return data.near ? near(data, one(".kk-near-home", parentElement)) : bars(data);
}

// --- what this device gave --------------------------------------------------

function kept() {
  try {
    const found = JSON.parse(localStorage.getItem(KEPT) || "{}");
    return found && typeof found === "object" && !Array.isArray(found) ? found : {};
  } catch { return memory; }
}

function keep(pin, token, given) {
  const known = kept();
  if (token) known[pin] = [token, given ? 1 : 0];
  else delete known[pin];
  memory = known;
  try {
    if (Object.keys(known).length) localStorage.setItem(KEPT, JSON.stringify(known));
    else localStorage.removeItem(KEPT);
  } catch { /* it is in memory */ }
}

const noted = (pin) => { const found = kept()[pin]; return Array.isArray(found) ? found : []; };
const isGiven = (pin) => noted(pin)[1] === 1;

function newToken() {
  return [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

// --- asking -----------------------------------------------------------------

const root = () => new URL(".", location.href).href; // a page lies one step below it

async function ask(data, path, method, body, signal) {
  const answer = await fetch(`${root()}api/voices/${path}?lang=${data.lang}`, {
    method, signal, body: JSON.stringify(body),
    headers: { "content-type": "application/json", "x-kiezkarte": "1" },
  });
  const told = await answer.json();
  if (!answer.ok) throw Object.assign(new Error("refused"), { sentence: told.sentence });
  return told;
}

async function give(data, pin, words) {
  const token = noted(pin)[0] || newToken();
  keep(pin, token, false); // an answer that is lost is asked for again with the same token
  const told = await ask(data, encodeURIComponent(pin), "POST", { token, words });
  keep(pin, token, true);
  return told;
}

async function takeBack(data, pin) {
  const [token] = noted(pin);
  const told = await ask(data, encodeURIComponent(pin), "DELETE", { token });
  keep(pin);
  return told;
}

// --- pieces -----------------------------------------------------------------

function made(tag, css, text, home) {
  const part = document.createElement(tag);
  if (css) part.className = css;
  if (text) part.textContent = text;
  home?.append(part);
  return part;
}

function button(css, text, about, home, act) {
  const part = made("button", `kk-voice-button ${css}`, text, home);
  part.type = "button";
  if (about) part.setAttribute("aria-label", `${text}: ${about}`);
  part.addEventListener("click", act);
  return part;
}

// The row under somebody's words: how many say so too, one tap to say it as well, or to pass it on.
function bar(home, data, pin, options) {
  const texts = data.texts, about = options.about;
  const said = made("p", "kk-voice-said", options.said, home);
  const thanks = made("p", "kk-voice-thanks", "", home);
  thanks.setAttribute("role", "status");
  thanks.tabIndex = -1;
  const trouble = made("p", "kk-voice-trouble", "", home);
  trouble.setAttribute("role", "alert");
  const row = made("div", "kk-voice-row", "", home);
  let busy = false;
  const act = async (deed, then) => {
    if (busy) return;
    busy = true;
    trouble.textContent = "";
    try {
      const told = await deed();
      said.textContent = told.said;
      show();
      then(told);
    } catch (error) {
      trouble.textContent = error.sentence || texts.trouble;
    }
    busy = false;
  };
  const me = options.own ? null : button("kk-voice-give", texts.give, about, row, () => {
    const words = options.words?.() || "";
    act(() => give(data, pin, words), (told) => {
      thank(told.new === false ? texts.already : [texts.thanks, words && texts.words_sent, options.either].filter(Boolean).join(" "));
    });
  });
  const back = options.own ? null : button("kk-voice-back", texts.back, about, row, () => {
    act(() => takeBack(data, pin), () => { thanks.textContent = texts.taken_back; me.focus({ preventScroll: true }); });
  });
  const thank = (text) => { thanks.textContent = text; thanks.focus({ preventScroll: true }); };
  const show = () => {
    if (!me) return;
    const given = isGiven(pin);
    me.hidden = given;
    back.hidden = !given;
    thanks.textContent = given ? texts.thanks : "";
  };
  show();
  if (options.share) share(row, data, pin, about);
}

// --- passing on -------------------------------------------------------------

function share(row, data, pin, about) {
  const link = new URL(`?pin=${encodeURIComponent(pin)}`, root()).href, texts = data.texts;
  const native = typeof navigator.share === "function";
  const told = made("span", "kk-voice-copied", "");
  told.setAttribute("role", "status");
  button("kk-voice-share", native ? texts.share : texts.copy, about, row, async () => {
    if (native) {
      try { await navigator.share({ url: link }); } catch { /* thought better of it */ }
      return;
    }
    if (await copied(link)) { told.textContent = texts.copied; return; }
    if (one("input", told)) return;
    told.textContent = ""; // a browser that lets nobody copy: there it stands, to be copied by hand
    const field = made("input", "kk-voice-link", "", told);
    field.readOnly = true;
    field.value = link;
    field.dir = "ltr";
    field.setAttribute("aria-label", texts.copy);
    field.focus();
    field.select();
  });
  row.append(told);
}

async function copied(text) {
  try { await navigator.clipboard.writeText(text); return true; } catch { /* no secure context */ }
  const field = made("textarea", "kk-unseen", "", document.body), before = document.activeElement;
  field.value = text;
  field.select();
  let done = false;
  try { done = document.execCommand("copy"); } catch { /* then not */ }
  field.remove();
  before?.focus?.({ preventScroll: true });
  return done;
}

// --- bars on cards ----------------------------------------------------------

function bars(data) {
  const fill = () => {
    for (const slot of all(".kk-voice:empty")) {
      const { pin, said, about, own } = slot.dataset;
      bar(slot, data, pin, { said, about, own: own === "1", share: true });
    }
  };
  const watch = new MutationObserver(fill);
  watch.observe(document.body, { childList: true, subtree: true });
  fill();
  return () => watch.disconnect();
}

// --- while one writes -------------------------------------------------------

const PAUSE = 450; // ms without a key before we ask

function near(data, home) {
  if (!home.firstChild) made("div", "kk-near-line", "", home);
  const { id, at, kinds, fields, own } = data.near, texts = data.texts;
  let asked = "", timer, abort, over = false;
  home.kkCards ||= new Map();
  const shown = home.kkCards;
  const form = () => one(`[class*="st-key-words-${id}"]`)?.closest('[data-testid="stForm"]');
  const wanted = () => {
    const radios = [...all(`[class*="st-key-kind-${id}"] input[type=radio]`)];
    const field = one(`[class*="st-key-field-${id}"] input`)?.value || "";
    return {
      at, kind: kinds[radios.findIndex((radio) => radio.checked)] || "",
      words: (one(`[class*="st-key-words-${id}"] textarea`)?.value || "").slice(0, 1000),
      field: fields[field] || "",
    };
  };
  const look = async () => {
    const now = wanted(), same = JSON.stringify(now);
    if (same === asked || over) return;
    asked = same;
    if (!now.kind) { draw([]); return; }
    abort?.abort();
    abort = new AbortController();
    try {
      const told = await ask(data, "near", "POST", now, abort.signal);
      if (!over) draw(told.pins.filter((pin) => !own.includes(pin.id)));
    } catch (error) {
      if (error.name !== "AbortError") asked = ""; // costs nothing: the next key asks again
    }
  };
  const soon = () => { clearTimeout(timer); timer = setTimeout(look, PAUSE); };
  const heard = (event) => { if (form()?.contains(event.target)) soon(); };

  // A card that is still meant keeps its element, and one with a voice stays.
  const draw = (pins) => {
    if (!home.isConnected) return;
    const found = new Set(pins.map((pin) => pin.id));
    for (const [pin, card] of shown) if (!found.has(pin) && !card.kkGiven) { card.remove(); shown.delete(pin); }
    const list = one(".kk-near-list", home) || frame();
    for (const pin of pins) if (!shown.has(pin.id)) {
      const card = drawn(pin);
      shown.set(pin.id, card);
      list.append(card);
    }
    one(".kk-near", home).hidden = !shown.size;
    const said = one(".kk-near-said", home), text = shown.size ? texts.found[shown.size] || "" : "";
    if (said.textContent !== text) said.textContent = one(".kk-near-down", home).textContent = text;
    one(".kk-near-down", home).hidden = !shown.size;
  };
  // A phone's sheet stands on its lower edge: it must not grow and lift the button that sends. What
  // was found is announced in a line kept free for it, and lies below.
  const frame = () => {
    const sheet = home.closest(".st-key-kk-sheet");
    sheet?.style.setProperty("--kk-most", `${sheet.scrollHeight + 2}px`);
    home.textContent = "";
    made("p", "kk-near-said kk-unseen", "", home).setAttribute("role", "status");
    const line = made("div", "kk-near-line", "", home);
    const down = button("kk-near-down", "", "", line, () => section.scrollIntoView({ block: "start" }));
    down.hidden = true;
    const section = made("section", "kk-near", "", home);
    section.setAttribute("aria-label", texts.near);
    made("h3", "", texts.near, section);
    made("p", "kk-near-how", texts.how, section);
    return made("div", "kk-near-list", "", section);
  };
  const drawn = (pin) => {
    const card = made("article", `kk-card kk-edge-${pin.kind}`);
    const head = made("header", "", "", card);
    made("span", `kk-shape kk-${pin.kind}`, "", head).setAttribute("aria-hidden", "true");
    made("strong", "", texts.kinds[pin.kind], head);
    made("span", "kk-number", pin.number, head);
    const words = made("p", "kk-words", pin.words, card);
    words.lang = pin.lang;
    words.dir = "auto";
    made("p", "kk-facts", `${pin.place} · ${pin.day}`, card);
    const slot = made("div", "kk-voice kk-voice-near", "", card);
    bar(slot, data, pin.id, {
      said: pin.said, about: pin.number, either: texts.either,
      words: () => { card.kkGiven = true; return wanted().words.trim(); },
    });
    return card;
  };

  document.addEventListener("input", heard, true);
  document.addEventListener("change", heard, true);
  const watch = new MutationObserver(soon); // a choice from the list is no event of its own
  const place = form();
  if (place) watch.observe(place, { childList: true, subtree: true, attributes: true, attributeFilter: ["value", "checked"] });
  soon();
  return () => {
    over = true;
    clearTimeout(timer);
    abort?.abort();
    watch.disconnect();
    document.removeEventListener("input", heard, true);
    document.removeEventListener("change", heard, true);
  };
}
