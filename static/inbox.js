// The inbox by keyboard: each new pin is where the focus is, and a key that is held down counts once.
const TYPED = "input, textarea, select, [contenteditable]";
let shown, opened;

export default function ({ data }) {
  addEventListener("keydown", once, true);
  if (shown !== undefined && data.pin && data.pin !== shown) lead();
  shown = data.pin;
  if (data.open && data.open !== opened) sight();
  opened = data.open;
  return () => removeEventListener("keydown", once, true);
}

// A held key repeats faster than anybody reads: the second pin would be gone unseen.
function once(event) {
  if (event.repeat && event.key.length === 1 && !event.target.closest?.(TYPED)) event.stopImmediatePropagation();
}

// What was opened by a key may stand below the edge of the screen.
function sight() {
  const part = document.querySelector(".st-key-kk-opened-act");
  if (part && part.getBoundingClientRect().bottom > innerHeight) part.scrollIntoView({ block: "nearest" });
}

// The card itself is read out and the next Tab leads to its buttons; who types is left in peace.
function lead() {
  if (document.activeElement?.matches(TYPED)) return;
  const card = document.querySelector(".kk-big");
  if (!card) return;
  card.tabIndex = -1;
  card.focus({ preventScroll: true });
  if (card.getBoundingClientRect().top < 0) card.scrollIntoView({ block: "center" });
}
