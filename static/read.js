// Reading aloud with the browser's own voice, where it has one on this device: a voice that asks a
// server would send residents' words to strangers. Joined to page.js, whose small names it uses.
const READ_PAGES = ".st-key-kk-read, .st-key-kk-results";
const READ_CARDS = ".st-key-kk-sheet .kk-card, .st-key-kk-list .kk-card, .st-key-kk-read .kk-card, .st-key-kk-results .kk-card";
const NOT_READ = `.kk-read, .kk-unseen, .kk-code-link, .kk-count, style, script, option, [aria-hidden="true"]:not(label *), [data-testid="stIconMaterial"], [role="listbox"], .kk-number`;
const BLOCK = "h1, h2, h3, p, li, dt, dd, label, time, button, a, summary, th, td, strong";
const LONGEST = 200; // signs: some voices stop in the middle of longer ones
let read = {}, aloud = null;

const voices = () => globalThis.speechSynthesis?.getVoices() || [];
const voiceOf = (lang) => voices().find((voice) =>
  voice.localService && voice.lang.toLowerCase().replace("_", "-").split("-")[0] === lang);

// Buttons at everything that can be read; without a voice for the page's language there are none.
function reading(data) {
  read = data.read;
  if (aloud && (!aloud.home.isConnected || aloud.lang !== data.lang)) hush();
  const able = one(".st-key-kk-foot") && voiceOf(data.lang);
  if (!able) { for (const button of all(".kk-read")) button.remove(); return; }
  for (const page of all(READ_PAGES)) offer(one("h1", page)?.closest('[data-testid="stHeading"]'), page);
  const sheet = one(SHEET);
  if (sheet && !one(".kk-card", sheet)) {
    const head = one(".st-key-kk-sheet-head", sheet);
    offer(head || one(".kk-thanks", sheet)?.parentElement, sheet, head ? "kk-read-sign" : "");
  }
  for (const card of all(READ_CARDS)) offer(one(".kk-tags", card) || card, card);
}

function offer(place, home, css = "") {
  if (!place) return;
  let button = one(":scope > .kk-read", place);
  if (!button) {
    button = document.createElement("button");
    button.type = "button";
    button.append(document.createElement("span"));
    button.addEventListener("click", (event) => {
      event.stopPropagation();
      aloud?.button === button ? hush() : speak(home, button);
    });
    place.append(button);
  }
  const on = aloud?.button === button, text = on ? read.stop : read.start;
  const look = `kk-read ${css} ${on ? "kk-read-on" : ""}`.trim();
  if (button.className !== look) button.className = look;
  if (button.firstChild.textContent !== text) button.firstChild.textContent = text;
  if (button.getAttribute("aria-pressed") !== String(on)) button.setAttribute("aria-pressed", on);
}

function speak(home, button) {
  hush();
  if (document.hidden) return;
  const said = aloud = { home, button, lang: document.documentElement.lang };
  const parts = passages(home).flatMap(({ text, lang }) => sentences(text).map((part) => utterance(part, lang)));
  const last = parts.filter(Boolean).pop();
  if (!last) return hush();
  last.onend = last.onerror = () => { if (aloud === said) hush(); };
  for (const part of parts) if (part) speechSynthesis.speak(part);
  shown(button);
}

function hush() {
  const button = aloud?.button;
  aloud = null;
  globalThis.speechSynthesis?.cancel();
  if (button) shown(button);
}

function shown(button) {
  const on = aloud?.button === button;
  button.classList.toggle("kk-read-on", on);
  button.firstChild.textContent = on ? read.stop : read.start;
  button.setAttribute("aria-pressed", on);
}

// In its own language and voice; a text for which there is none is left out, not mangled.
function utterance(text, lang) {
  const voice = voiceOf(lang);
  if (!voice) return null;
  const part = new SpeechSynthesisUtterance(text);
  part.voice = voice;
  part.lang = voice.lang;
  part.rate = read.rate;
  return part;
}

// What stands there, in order, with the language of each part.
function passages(home) {
  const found = [], walk = document.createTreeWalker(home, NodeFilter.SHOW_ELEMENT | NodeFilter.SHOW_TEXT);
  let block;
  for (let node = walk.nextNode(); node; node = walk.nextNode()) {
    const part = node.nodeType === Node.TEXT_NODE ? node.parentElement : node;
    if (part.closest(NOT_READ) || !part.checkVisibility()) continue;
    const field = node.nodeType === Node.ELEMENT_NODE && node.matches("textarea, input:not([type=radio], [type=checkbox])");
    const text = field ? node.value || node.placeholder : node.nodeType === Node.TEXT_NODE ? node.textContent.trim() : "";
    if (!text) continue;
    const lang = (part.closest("[lang]")?.lang || document.documentElement.lang).split("-")[0];
    const here = part.closest(BLOCK) || part, spelt = part.closest(".kk-code") ? [...text].join(" ").replaceAll("-", ",") : text;
    if (found.length && block === here && found.at(-1).lang === lang) found.at(-1).text += " " + spelt;
    else found.push({ text: spelt, lang });
    block = here;
  }
  return found;
}

function sentences(text) {
  const found = [];
  for (const part of text.match(/[^.!?؟…]+[.!?؟…]*\s*/g) || [text]) {
    if (found.length && (found.at(-1) + part).length <= LONGEST) found[found.length - 1] += part;
    else found.push(part);
  }
  return found;
}

const quiet = () => { if (document.hidden) hush(); };
function listenForVoices(mend) {
  globalThis.speechSynthesis?.addEventListener?.("voiceschanged", mend); // they come late
  document.addEventListener("visibilitychange", quiet);
  addEventListener("pagehide", hush);
  return () => {
    globalThis.speechSynthesis?.removeEventListener?.("voiceschanged", mend);
    document.removeEventListener("visibilitychange", quiet);
    removeEventListener("pagehide", hush);
    hush();
  };
}
