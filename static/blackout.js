// Black rectangles upon a photo: drawn by finger or mouse, or added and moved by keyboard. They
// are shares of the picture (0 to 1); the server paints them, here they are only shown.
const LEAST = 0.015, STEP = 0.02;
const drawn = new WeakMap();

export default function ({ data, parentElement, setTriggerValue }) {
  const home = parentElement.querySelector(".kk-check");
  let board = drawn.get(home);
  if (!board || board.seen !== data.seen) {
    board = build(home, data);
    drawn.set(home, board);
  }
  Object.assign(board, { data, decide: (value) => setTriggerValue("show", value) });
  label(board);
}

function build(home, data) {
  home.replaceChildren();
  const make = (name, css, inside = home) => {
    const part = document.createElement(name);
    part.className = css;
    if (name === "button") part.type = "button";
    inside.append(part);
    return part;
  };
  const board = { seen: data.seen, parts: [], chosen: null, make };
  board.how = make("p", "");
  board.stage = make("div", "kk-stage");
  board.picture = make("img", "", board.stage);
  board.picture.width = data.width;
  board.picture.height = data.height;
  board.trouble = make("p", "");
  board.trouble.setAttribute("role", "alert");
  board.trouble.hidden = true;
  board.tools = make("div", "kk-black-tools");
  const arrows = document.createElement("span");
  arrows.dir = "ltr"; // a picture has no writing direction: left stays left
  const tool = (name, act, inside = board.tools) => {
    const button = make("button", "", inside);
    button.addEventListener("click", act);
    return [name, button];
  };
  const change = (by) => () => board.chosen && set(board, board.chosen, by(board.chosen));
  board.buttons = Object.fromEntries([
    tool("add", () => choose(board, add(board, [0.4, 0.4, 0.2, 0.2]), true)),
    tool("left", change((part) => moved(part, -STEP, 0)), arrows),
    tool("right", change((part) => moved(part, STEP, 0)), arrows),
    tool("up", change((part) => moved(part, 0, -STEP)), arrows),
    tool("down", change((part) => moved(part, 0, STEP)), arrows),
    tool("larger", change((part) => sized(part, STEP, STEP))),
    tool("smaller", change((part) => sized(part, -STEP, -STEP))),
    tool("remove", () => board.chosen && remove(board, board.chosen)),
  ]);
  board.tools.firstChild.after(arrows);
  board.keys = make("p", "kk-keys");
  board.show = make("button", "", make("div", "kk-decide"));
  board.show.disabled = true; // nothing is shown to others that was not seen here
  board.show.addEventListener("click", () => {
    if (board.show.disabled) return;
    board.show.disabled = true; // a second tap is none
    board.decide({ seen: board.seen, parts: board.parts.map((part) => part.at) });
    setTimeout(() => { board.show.disabled = false; }, 5000); // in case it was refused
  });
  board.picture.addEventListener("load", () => { board.show.disabled = false; });
  board.picture.addEventListener("error", () => { board.trouble.hidden = false; });
  board.picture.src = data.source;
  pointers(board);
  return board;
}

function label(board) {
  const { texts } = board.data;
  board.how.textContent = texts.how;
  board.keys.textContent = texts.keys;
  board.picture.alt = texts.picture;
  board.trouble.textContent = texts.missing;
  board.show.textContent = texts.show;
  const arrows = { left: "←", right: "→", up: "↑", down: "↓" };
  for (const [name, button] of Object.entries(board.buttons)) {
    button.textContent = arrows[name] || texts[name];
    if (arrows[name]) button.ariaLabel = button.title = texts[name];
  }
  draw(board);
}

// --- rectangles ---------------------------------------------------------------

const within = (value, least, most) => Math.min(most, Math.max(least, value));

function moved({ at: [x, y, wide, high] }, right, down) {
  return [within(x + right, 0, 1 - wide), within(y + down, 0, 1 - high), wide, high];
}

function sized({ at: [x, y, wide, high] }, wider, higher) {
  return [x, y, within(wide + wider, LEAST, 1 - x), within(high + higher, LEAST, 1 - y)];
}

function add(board, at) {
  if (board.parts.length >= board.data.most) return board.parts.at(-1);
  const button = board.make("button", "kk-part", board.stage), part = { at, button };
  board.make("i", "", button);
  button.addEventListener("focus", () => choose(board, part));
  button.addEventListener("keydown", (event) => key(board, part, event));
  board.parts.push(part);
  draw(board);
  return part;
}

function set(board, part, at) {
  part.at = at;
  draw(board);
}

function choose(board, part, focus = false) {
  board.chosen = part;
  if (focus) part.button.focus();
  draw(board);
}

function remove(board, part) {
  const had = part.button.contains(document.activeElement);
  part.button.remove();
  board.parts = board.parts.filter((other) => other !== part);
  if (board.chosen === part) board.chosen = null;
  draw(board);
  if (had || document.activeElement === document.body) board.buttons.add.focus();
}

function draw(board) {
  board.parts.forEach(({ at, button }, i) => {
    ["left", "top", "width", "height"].forEach((side, j) => { button.style[side] = `${at[j] * 100}%`; });
    button.ariaLabel = board.data.texts.part.replace("{number}", i + 1);
    button.ariaPressed = String(board.chosen?.button === button);
  });
  for (const [name, button] of Object.entries(board.buttons))
    button.disabled = name === "add" ? board.parts.length >= board.data.most : !board.chosen;
}

function key(board, part, event) {
  const ways = { ArrowLeft: [-STEP, 0], ArrowRight: [STEP, 0], ArrowUp: [0, -STEP], ArrowDown: [0, STEP] };
  const way = ways[event.key];
  if (way) set(board, part, (event.shiftKey ? sized : moved)(part, ...way));
  else if (event.key === "Delete" || event.key === "Backspace") remove(board, part);
  else return;
  event.preventDefault();
  event.stopPropagation();
}

// --- finger and mouse ---------------------------------------------------------

function pointers(board) {
  let held; // what is dragged: part, how, where it began
  const place = (event) => {
    const box = board.stage.getBoundingClientRect();
    return [within((event.clientX - box.left) / box.width, 0, 1), within((event.clientY - box.top) / box.height, 0, 1)];
  };
  board.stage.addEventListener("pointerdown", (event) => {
    if (event.button || held || !board.picture.complete) return;
    const from = place(event), button = event.target.closest(".kk-part");
    const known = board.parts.find((part) => part.button === button);
    if (!known && board.parts.length >= board.data.most) return;
    const part = known || add(board, [...from, 0, 0]);
    const how = !known ? "draw" : event.target.localName === "i" ? "size" : "move";
    held = { part, how, from, before: { at: part.at }, id: event.pointerId };
    board.stage.setPointerCapture(event.pointerId);
    choose(board, part);
    event.preventDefault();
  });
  board.stage.addEventListener("pointermove", (event) => {
    if (held?.id !== event.pointerId) return;
    const [x, y] = place(event), [x0, y0] = held.from;
    if (held.how === "draw")
      set(board, held.part, [Math.min(x, x0), Math.min(y, y0), Math.abs(x - x0), Math.abs(y - y0)]);
    else set(board, held.part, (held.how === "size" ? sized : moved)(held.before, x - x0, y - y0));
  });
  const dropped = (event) => {
    if (held?.id !== event.pointerId) return;
    const { part, how } = held;
    held = undefined;
    if (how === "draw" && (part.at[2] < LEAST || part.at[3] < LEAST)) remove(board, part); // only a tap
    else part.button.focus({ preventScroll: true });
  };
  board.stage.addEventListener("pointerup", dropped);
  board.stage.addEventListener("pointercancel", dropped);
}
