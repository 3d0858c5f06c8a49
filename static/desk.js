// The desk by keyboard: where the focus goes, one key for a kind, and words that no lost line eats.
const one = (selector, home = document) => home.querySelector(selector);
const field = (name) => one(`[class*="st-key-typing-${name}"] input`);
const kinds = () => document.querySelectorAll('[class*="st-key-kind-typing"] input[type="radio"]');
const LETTERS = { s: "strength", p: "problem", i: "idea" };
let before = {}, sent = null, back = null;

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

function remember() {
  const words = field("words");
  if (words?.value.trim()) sent = { draft: before.draft, words: words.value };
}

// The line was cut between Enter and the server: what was typed stands there again.
function kept() {
  const words = field("words");
  if (words && !words.value) {
    write(words, sent.words);
    back = sent.words;
  }
  sent = null;
}

// Words whose pin was taken back.
function again(text) {
  const words = field("words");
  if (words && !words.value) write(words, text);
}

// It was saved after all: what was put back is not to be sent again.
function taken() {
  const words = field("words");
  if (back !== null && words?.value === back) write(words, "");
  sent = back = null;
}

function write(input, text) {
  Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, "value").set.call(input, text);
  input.dispatchEvent(new Event("input", { bubbles: true }));
}

function pressed(event) {
  if (event.target.closest?.(".st-key-typing-save button")) remember();
}

// --- keys -------------------------------------------------------------------

function keys(event) {
  const number = /^(Digit|Numpad)([123])$/.exec(event.code)?.[2];
  if (number && event.altKey && !event.ctrlKey && !event.metaKey) return pick(event, kinds()[number - 1], false);
  const here = event.target;
  if (here === field("words") && event.key === "Enter" && !event.isComposing) return remember();
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
