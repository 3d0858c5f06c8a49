// The desk by keyboard: where the focus goes, one key for a kind, and words that no lost line eats.
const one = (selector, home = document) => home.querySelector(selector);
const field = (name) => one(`[class*="st-key-typing-${name}"] input`);
const kinds = () => document.querySelectorAll('[class*="st-key-kind-typing"] input[type="radio"]');
const LETTERS = { s: "strength", p: "problem", i: "idea" };
const LONGEST = 15_000, BETWEEN = " · "; // milliseconds that Enter waits for the one before
let before = {}, sent = null, back = null, waiting = [];

export default function ({ data }) {
  const first = before.draft === undefined;
  const saved = !first && data.draft !== before.draft;
  if (saved) taken();
  else if (sent && sent.draft === data.draft) kept(); // it never arrived, or was refused
  const looked = data.looked !== before.looked, turned = data.turn !== before.turn || data.mode !== before.mode;
  before = data;
  if (turned && data.back) again(data.back);
  if (first || turned) later(() => (data.mode === "paper" ? field("card") : field("words")));
  else if (looked) later(() => (data.mode === "paper" ? chosen() : field("words")));
  addEventListener("keydown", keys, true);
  addEventListener("focusin", select);
  addEventListener("click", pressed, true);
  return () => {
    removeEventListener("keydown", keys, true);
    removeEventListener("focusin", select);
    removeEventListener("click", pressed, true);
  };
}

const chosen = () => one('[class*="st-key-kind-typing"] input:checked') || kinds()[0];

// The fields of this run may be drawn after this script was called.
function later(which) {
  let tries = 0;
  const put = () => {
    const wanted = which();
    if (wanted && !wanted.disabled) {
      const end = wanted === field("words") ? wanted.value.length : 0;
      if (document.activeElement !== wanted) wanted.focus();
      if (end) wanted.setSelectionRange(end, end);
    } else if (tries++ < 40) setTimeout(put, 25);
  };
  requestAnimationFrame(put);
}

// --- words that were sent ---------------------------------------------------

// Of two Enters that reach the server together only the last words would be saved: the second waits.
function remember(event) {
  const words = field("words");
  if (!words?.value.trim()) return;
  if (sent && Date.now() - sent.since < LONGEST) {
    event.preventDefault();
    event.stopImmediatePropagation();
    waiting.push(words.value);
    write(words, "");
  } else sent = { draft: before.draft, words: words.value, since: Date.now() };
}

// Sends the next words that wait; no key is heard meanwhile, and what is being typed stays.
async function next() {
  const words = field("words"), typed = words.value;
  write(words, waiting.shift());
  await null; // the page takes them over
  one(".st-key-typing-save button").click();
  for (let n = 0; n < 100 && words.value; n++) await null; // the page empties the field
  if (typed) write(words, typed + words.value);
}

// The line was cut between Enter and the server: what was typed stands there again, before what
// was typed since.
function kept() {
  const words = field("words");
  if (words) {
    write(words, [sent.words, ...waiting, words.value].filter(Boolean).join(BETWEEN));
    back = sent.words;
  }
  sent = null;
  waiting = [];
}

// Words whose pin was taken back.
function again(text) {
  const words = field("words");
  if (words && !words.value) write(words, text);
}

// It was saved after all: what was put back is not to be sent again.
function taken() {
  const words = field("words");
  if (back !== null && words?.value.startsWith(back)) {
    const since = words.value.slice(back.length);
    write(words, since.startsWith(BETWEEN) ? since.slice(BETWEEN.length) : since);
  }
  sent = back = null;
  if (words && waiting.length) next();
}

function write(input, text) {
  Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, "value").set.call(input, text);
  input.dispatchEvent(new Event("input", { bubbles: true }));
}

function pressed(event) {
  if (event.target.closest?.(".st-key-typing-save button")) remember(event);
}

// --- keys -------------------------------------------------------------------

function keys(event) {
  const number = /^(Digit|Numpad)([123])$/.exec(event.code)?.[2];
  if (number && event.altKey && !event.ctrlKey && !event.metaKey) return pick(event, kinds()[number - 1], false);
  const here = event.target;
  if (here === field("words") && event.key === "Enter" && !event.isComposing) return remember(event);
  if (here === field("card") && event.key === "Enter") return later(() => field("spot"));
  if (here.type === "radio" && here.closest('[class*="st-key-kind-typing"]') && !event.altKey && !event.ctrlKey && !event.metaKey) {
    if (number) return pick(event, kinds()[number - 1], true);
    const letter = LETTERS[event.key.toLowerCase()];
    if (letter) return pick(event, of(letter), true);
    if (event.key === "Enter") { event.preventDefault(); later(() => field("words")); }
  }
}

// The widget's name tells which kinds it has, in their order.
function of(kind) {
  const home = one('[class*="st-key-kind-typing"]');
  const name = [...home.classList].find((css) => css.startsWith("st-key-kind-typing"));
  return kinds()[name.replace("st-key-kind-typing-", "").split("-").indexOf(kind)];
}

function pick(event, kind, on) {
  if (!kind) return;
  event.preventDefault();
  event.stopPropagation();
  if (!kind.checked) kind.click();
  if (on) later(() => field("words"));
}

// A search begins anew: what stands there is typed over.
function select(event) {
  if (event.target === field("spot")) event.target.select();
}
