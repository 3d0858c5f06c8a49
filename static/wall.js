// The wall of a meeting: asks for news once a second, draws it, and does what the room decides.
// What people wrote is only ever set as text, with its own language and direction.
const EVERY = 1000, PATIENCE = 6000, FRESH = 8000; // milliseconds: news, an answer, a new pin's pulse
const KINDS = ["strength", "problem", "idea"];
const KEPT = "kiezkarte-wall-hidden";
const HOME = "."; // the free column's name on the board
// What outlives a new run of the page: what is known, chosen and can be taken back.
const W = { news: null, tag: "", turn: "", arrived: new Map(), first: true, chosen: new Set(), big: "", undo: [], hand: false, view: "", asked: 0 };

let T, data, root, part, alive, trigger, box, kiez, marked = "", drag, toastTimer;

export default function (given) {
  data = given.data;
  T = data.texts;
  trigger = given.setTriggerValue;
  const code = W.code;
  if (code !== data.code) Object.assign(W, { code: data.code, news: null, arrived: new Map(), first: true, chosen: new Set(), big: "", undo: [] });
  W.tag = W.turn = ""; // other words, perhaps: ask anew
  const mine = (alive = {});
  build(given.parentElement);
  if (W.news) draw();
  const ear = new AbortController();
  listen(ear.signal);
  loop(mine);
  return () => { if (alive === mine) alive = null; ear.abort(); };
}

// --- asking and doing ---------------------------------------------------------

async function call(path, body) {
  const stop = new AbortController(), timer = setTimeout(() => stop.abort(), PATIENCE);
  const headers = body === undefined ? { "if-none-match": W.tag } : { "x-kiezkarte": "1", "content-type": "application/json" };
  try {
    return await fetch(`api/walls/${encodeURIComponent(data.code)}${path}?lang=${data.lang}&since=${W.turn}`, {
      method: body === undefined ? "GET" : "POST", headers, cache: "no-store", signal: stop.signal,
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
  } finally { clearTimeout(timer); }
}

async function loop(mine) {
  while (alive === mine) {
    await ask();
    // Streamlit's own message of a lost connection would hold the whole page until somebody closes it
    document.querySelector('[data-testid="stDialog"] [role="dialog"][data-kk] button')?.click();
    await new Promise((done) => setTimeout(done, EVERY));
  }
}

async function ask() {
  const turn = ++W.asked;
  try {
    const answer = await call("");
    if (answer.status === 200) {
      const news = await answer.json();
      if (turn !== W.asked) return; // a later question has been answered by now
      W.tag = answer.headers.get("etag") || "";
      W.turn = news.turn;
      take(news);
    } else if (answer.status !== 304) {
      const { sentence } = await answer.json();
      trouble(sentence, answer.status === 403);
      return;
    }
    trouble("");
    mapReady();
  } catch { trouble(T.offline); }
}

// Only what changed is told: the rest of the wall's pins is what it was.
function take(news) {
  const before = W.news, known = new Map((before?.pins || []).map((pin) => [pin.id, pin])), told = news.pins;
  const fresh = told.filter((pin) => !W.first && before && !known.has(pin.id));
  if (news.whole) known.clear();
  for (const id of news.gone) known.delete(id);
  for (const pin of told) known.set(pin.id, pin);
  news.pins = [...known.values()].sort((a, b) => b.came - a.came || b.number - a.number);
  for (const group of news.groups) group.pins = news.pins.filter((pin) => pin.group === group.id).map((pin) => pin.id);
  W.news = news;
  for (const pin of [...told].reverse())
    if (!W.arrived.has(pin.id)) W.arrived.set(pin.id, { turn: W.arrived.size, at: W.first ? 0 : Date.now() });
  W.first = false;
  if (before?.round !== news.round) { W.view = ""; W.chosen.clear(); }
  if (drag) W.late = true; // what is under the finger stays there until it is lifted
  else draw();
  if (fresh.length && !root.classList.contains("kw-veiled")) part.heard.textContent = fill(T.new_pin, { words: said(fresh[0]) });
  if (fresh.length) setTimeout(marks, FRESH + 100);
}

// Does an act; what would take it back is kept. A refusal is one sentence, and the truth is asked for.
async function act(path, body, back) {
  try {
    const answer = await call("/" + path, body), told = await answer.json();
    if (!answer.ok) { toast(told.sentence); ask(); return null; }
    const steps = typeof back === "function" ? back(told) : back;
    if (steps?.length) remember(steps);
    await ask();
    return told;
  } catch { toast(T.offline); return null; }
}

const remember = (steps) => { W.undo = [...W.undo, steps].slice(-20); };

async function undo() {
  const steps = W.undo.pop();
  if (!steps) return;
  for (const [path, body] of steps) if (!(await act(path, body))) return;
  toast(T.undone);
  draw();
}

// Over plain HTTP on a local network there is no crypto.randomUUID
const newId = () => [...crypto.getRandomValues(new Uint8Array(16))].map((n) => n.toString(16).padStart(2, "0")).join("");

// --- small helpers of drawing ---------------------------------------------------

const fill = (text, values) => text.replace(/\{(\w+)\}/g, (whole, name) => (name in values ? values[name] : whole));
const said = (pin) => pin.words || data.says[pin.kind];

function el(tag, given = {}, ...inside) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(given)) {
    if (value === undefined || value === false) continue;
    if (name === "text") node.textContent = value;
    else if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
    else node.setAttribute(name, value === true ? "" : value);
  }
  node.append(...inside.filter(Boolean));
  return node;
}
const button = (text, act, more = {}) => el("button", { type: "button", text, onclick: act, ...more });
const sign = (kind) => el("span", { class: `kk-shape kk-${kind}`, "aria-hidden": "true" });

function write(node, text) { if (node.textContent !== text) node.textContent = text; }

// What people wrote, with its own language and direction.
const words = (pin, tag = "span") => pin.words
  ? el(tag, { class: "kw-words", lang: pin.lang, dir: "auto", text: pin.words })
  : el(tag, { class: "kw-words", text: data.says[pin.kind] });
const title = (text, tag = "span") => el(tag, { class: "kw-name", dir: "auto", text });

// Makes the children of a node be those of a list; what stays keeps its element and its focus.
function keep(home, items, key, make) {
  const old = new Map([...home.children].map((child) => [child.dataset.key, child]));
  let next = home.firstElementChild;
  for (const item of items) {
    const name = key(item);
    let node = old.get(name);
    const same = node && node.item === item, told = same ? node.told : JSON.stringify(item);
    old.delete(name);
    if (!same && node?.told !== told) {
      const anew = make(item);
      anew.dataset.key = name;
      anew.told = told;
      const scrolled = node?.querySelector(".kw-cards")?.scrollTop;
      if (node) { if (next === node) next = node.nextElementSibling; node.remove(); }
      home.insertBefore((node = anew), next);
      if (scrolled) node.querySelector(".kw-cards").scrollTop = scrolled;
    } else if (node === next) next = next.nextElementSibling;
    else home.insertBefore(node, next);
    node.item = item;
  }
  for (const gone of old.values()) gone.remove();
}

// --- the frame ------------------------------------------------------------------

function build(home) {
  root?.remove();
  const bar = (name) => el("div", { class: `kw-${name}` });
  part = {
    title: el("h1", { dir: "auto" }), say: el("p", { class: "kw-say", role: "status" }),
    ground: bar("ground"), counts: bar("counts"), question: el("p", { class: "kw-question" }), asked: el("bdi"),
    list: el("ol", { class: "kw-list", tabindex: "0", "aria-label": T.list }), empty: el("p", { class: "kw-empty", text: T.empty }),
    tools: bar("tools"), columns: bar("columns"), big: el("section", { class: "kw-big", hidden: true, tabindex: "-1" }),
    rounds: el("div", { class: "kw-rounds", role: "group", "aria-label": T.rounds }), views: el("div", { class: "kw-views", role: "group", "aria-label": T.view }),
    people: el("p", { class: "kw-fact" }), waiting: el("p", { class: "kw-fact kw-waiting" }),
    trouble: el("p", { class: "kw-trouble", role: "status", hidden: true }), toast: el("div", { class: "kw-toast", role: "status" }),
    heard: el("p", { class: "kk-unseen", role: "status" }), veilTitle: el("p", { class: "kw-veil-title", dir: "auto" }),
    full: button(T.full, full, { class: "kw-button kw-full", hidden: !document.fullscreenEnabled }),
    dialog: el("dialog", { class: "kw-dialog" }),
  };
  part.question.append(part.asked); // its mark stands where the page's lines begin
  part.reveal = button("", veil, { class: "kw-button kw-strong" });
  part.reveal.append(el("span", { text: T.reveal }), el("kbd", { text: T["hide.key"] }));
  const hide = button("", veil, { class: "kw-button kw-hide" });
  hide.append(el("span", { text: T.hide }), el("kbd", { text: T["hide.key"] }));
  part.veil = el("div", { class: "kw-veil", hidden: true }, part.veilTitle, part.reveal);
  part.side = el("section", { class: "kw-side", "aria-label": T.pins }, part.question, part.counts, part.empty, part.list);
  part.board = el("section", { class: "kw-board", "aria-label": T.board }, part.tools, el("div", { class: "kw-hold" }, part.columns));
  part.all = el("div", { class: "kw-all" },
    el("header", { class: "kw-head" }, el("div", { class: "kw-titles" }, part.title, part.say), el("div", { class: "kw-buttons" }, languages(), part.full, hide)),
    el("div", { class: "kw-main" }, part.ground, part.side, part.board, part.big),
    el("footer", { class: "kw-foot" }, part.rounds, part.views, el("div", { class: "kw-facts" }, part.people, part.waiting, part.trouble)),
    part.toast);
  root = el("div", { class: "kw", lang: data.html_lang, dir: data.dir }, part.all, part.veil, part.heard, part.dialog);
  home.append(root);
  new ResizeObserver(layMap).observe(part.ground);
  if (sessionStorage.getItem(KEPT) === data.code) setVeil(true);
}

function languages() {
  const all = data.languages.map(([code, name, lang]) =>
    button(name, () => trigger("lang", code), { lang, "aria-pressed": String(code === data.lang), class: "kw-lang" }));
  return all.length > 1 && el("div", { class: "kw-langs", role: "group", "aria-label": data.language }, ...all);
}

function listen(signal) {
  addEventListener("keydown", keys, { signal });
  addEventListener("resize", layMap, { signal });
  document.addEventListener("fullscreenchange", () => write(part.full, document.fullscreenElement ? T["full.end"] : T.full), { signal });
  root.addEventListener("pointerdown", grab, { signal });
  root.addEventListener("click", swallow, { signal, capture: true });
  addEventListener("pointermove", pull, { signal, passive: false });
  addEventListener("pointerup", letGo, { signal });
  addEventListener("pointercancel", () => endDrag(), { signal });
}

function keys(event) {
  if (event.ctrlKey || event.metaKey || event.altKey || event.repeat || part.dialog.open) return;
  if (event.target.closest?.("input, textarea, select")) return;
  if (event.code === "KeyH" || event.key === "h" || event.key === "H") { event.preventDefault?.(); veil(); }
  else if (event.key === "Escape") { if (W.big && !root.classList.contains("kw-veiled")) showBig(""); else veil(); }
}

function full() {
  if (document.fullscreenElement) document.exitFullscreen();
  else document.documentElement.requestFullscreen().catch(() => {});
}

// One key and nothing that anybody wrote is to be seen.
function veil() { setVeil(!root.classList.contains("kw-veiled")); }
function setVeil(on) {
  root.classList.toggle("kw-veiled", on);
  part.veil.hidden = !on;
  part.all.inert = on;
  if (on) { sessionStorage.setItem(KEPT, data.code); part.heard.textContent = ""; part.reveal.focus({ preventScroll: true }); }
  else { sessionStorage.removeItem(KEPT); root.querySelector(".kw-hide")?.focus({ preventScroll: true }); }
  layMap();
}

// A small sign: what is shown stays, and the next answer takes the sign away.
function trouble(sentence, door = false) {
  part.trouble.hidden = !sentence;
  if (part.trouble.told === sentence) return;
  part.trouble.told = sentence;
  part.trouble.replaceChildren(sentence);
  const to = `auth/meeting/${encodeURIComponent(data.code)}?to=wall&lang=${data.lang}`;
  if (door) part.trouble.append(" ", el("a", { href: to, target: "_self", text: T.enter, class: "kw-button" }));
}

function toast(text, back = false) {
  clearTimeout(toastTimer);
  part.toast.replaceChildren(el("span", { text }));
  if (back) part.toast.append(button(T.undo, undo, { class: "kw-button" }));
  toastTimer = setTimeout(() => part.toast.replaceChildren(), 9000);
}

// --- drawing --------------------------------------------------------------------

const boarded = () => W.news.round !== "collect" && W.view !== "map";

function draw() {
  const news = W.news, focus = document.activeElement, key = focus?.closest?.("[data-key]")?.dataset.key;
  write(part.title, news.title);
  write(part.veilTitle, news.title);
  write(part.say, data.moments[news.state] || data.moments[news.round] || "");
  write(part.asked, news.question);
  part.question.hidden = !news.question;
  root.dataset.state = news.state;
  root.dataset.round = news.round;
  root.dataset.view = boarded() ? "board" : "map";
  for (const id of W.chosen) if (![...news.pins, ...news.groups].some((one) => one.id === id)) W.chosen.delete(id);
  foot();
  counts();
  const turn = (pin) => W.arrived.get(pin.id).turn;
  keep(part.list, [...news.pins].sort((a, b) => turn(b) - turn(a)), (pin) => pin.id, entry);
  part.empty.hidden = news.pins.length > 0;
  part.list.hidden = !news.pins.length;
  board();
  drawBig();
  if (key && !focus.isConnected) refocus(key);
  layMap();
  mapReady();
}

// Back to where the focus was: to what is seen of a pin, in the list or on the board.
function refocus(key) {
  const again = [...root.querySelectorAll(`[data-key="${CSS.escape(key)}"]`)].find((one) => one.offsetParent);
  (again?.matches("button") ? again : again?.querySelector("button"))?.focus({ preventScroll: true });
}

function foot() {
  const { news } = W, steps = news.rounds.map((round) => [round, round === news.round]);
  keep(part.rounds, news.rounds.length > 1 ? steps : [], ([round]) => "round-" + round, ([round, now]) =>
    button(data.round[round], () => act("round", { round }), { class: "kw-step", "aria-current": now ? "step" : undefined }));
  const views = news.round === "collect" ? [] : [["board", boarded()], ["map", !boarded()]];
  keep(part.views, views, ([name]) => "view-" + name, ([name, now]) =>
    button(T[name], () => { W.view = name; draw(); }, { class: "kw-step", "aria-pressed": String(now) }));
  part.rounds.hidden = !part.rounds.childElementCount;
  if (part.rounds.dataset.now !== news.round) part.rounds.querySelector("[aria-current]")?.scrollIntoView({ block: "nearest", inline: "center" });
  part.rounds.dataset.now = news.round;
  part.views.hidden = !views.length;
  write(part.people, fill(T.people, { n: news.people }));
  part.people.hidden = !news.people;
  write(part.waiting, fill(T.waiting, { n: news.waiting }));
  part.waiting.hidden = !news.waiting;
}

function counts() {
  const { kinds, fields } = W.news.counts;
  const known = KINDS.map((kind) => ({ kind, n: kinds[kind] || 0 }));
  const named = Object.entries(fields).sort((a, b) => b[1] - a[1]).map(([field, n]) => ({ field, n }));
  keep(part.counts, [...known, ...named], (one) => one.kind || one.field, (one) => one.kind
    ? el("p", { class: "kw-count" }, sign(one.kind), el("strong", { text: one.n }), el("span", { text: data.kind[one.kind] }))
    : el("p", { class: "kw-tag" }, el("span", { text: data.field[one.field] }), el("strong", { text: one.n })));
}

function facts(pin, number = fill(data.number, { number: pin.number })) {
  const all = [number, pin.place, pin.field && data.field[pin.field], pin.voices && fill(T.voices, { n: pin.voices })];
  return el("span", { class: "kw-small", text: all.filter(Boolean).join(" · ") });
}

function entry(pin) {
  const row = el("button", { type: "button", class: `kw-entry kk-edge-${pin.kind}`, onclick: () => showBig(pin.id) },
    sign(pin.kind), el("span", { class: "kk-unseen", text: data.kind[pin.kind] + ": " }), words(pin), facts(pin));
  const item = el("li", {}, row);
  if (Date.now() - W.arrived.get(pin.id).at < FRESH) row.classList.add("kw-fresh");
  return item;
}

// --- one pin, big ---------------------------------------------------------------

function showBig(id) {
  const was = W.big;
  W.big = id;
  draw();
  const pin = W.news.pins.find((one) => one.id === id);
  if (pin) { kiez?.go(pin.at, 17); part.big.focus({ preventScroll: true }); }
  else if (was) { wholeArea(); marks(); refocus(was); }
}

function drawBig() {
  const all = [...part.list.children].map((item) => item.dataset.key), at = all.indexOf(W.big);
  const pin = W.news.pins.find((one) => one.id === W.big);
  if (W.big && !pin) W.big = "";
  root.classList.toggle("kw-has-big", !!pin);
  part.big.hidden = !pin;
  const told = JSON.stringify([pin, at, all.length]);
  if (!pin || part.big.told === told) { if (!pin) { part.big.told = ""; part.big.replaceChildren(); } return; }
  const inside = part.big.contains(document.activeElement);
  part.big.told = told;
  part.big.setAttribute("aria-label", fill(data.number, { number: pin.number }));
  const step = (name, to, way) => button(way, () => showBig(all[to]), { class: "kw-button kw-arrow", "aria-label": T[name], title: T[name], disabled: !all[to] });
  const [before, after] = data.dir === "rtl" ? ["→", "←"] : ["←", "→"];
  part.big.replaceChildren(
    el("div", { class: "kw-big-head" }, sign(pin.kind), el("strong", { text: data.kind[pin.kind] }), el("span", { class: "kw-big-number", text: fill(data.number, { number: pin.number }) })),
    el("div", { class: "kw-big-words" + (pin.words.length > 220 ? " kw-long" : pin.words.length > 90 ? " kw-middle" : ""), tabindex: "0" }, words(pin, "p")),
    facts(pin, ""),
    el("div", { class: "kw-buttons" },
      step("newer", at - 1, before), step("older", at + 1, after),
      button(T.close, () => showBig(""), { class: "kw-button kw-strong" }),
      button(T.take_down, () => takeDown(pin.id), { class: "kw-button kw-quiet" })));
  if (inside && !part.big.contains(document.activeElement)) part.big.focus({ preventScroll: true });
}

async function takeDown(id) {
  const done = await act("show", { pin: id, wall: "hidden" }, [["show", { pin: id, wall: "shown" }]]);
  if (done) toast(T.taken_down, true);
}

// --- the board: what the room decides ---------------------------------------------

function board() {
  const { news } = W, round = news.round;
  if (!boarded()) return;
  if (round !== "group" && !news.groups.length) {
    part.tools.replaceChildren(el("p", { text: T.no_groups }), news.rounds.includes("group") ? button(data.round.group, () => act("round", { round: "group" }), { class: "kw-button kw-strong" }) : "");
    part.columns.replaceChildren();
    part.tools.told = "";
    return;
  }
  tools();
  if (part.columns.dataset.round !== round) part.columns.replaceChildren();
  part.columns.dataset.round = round;
  if (round === "dots") bars();
  else keep(part.columns, columns(), (one) => one.key, column);
}

function tools() {
  const { news } = W, round = news.round, n = W.chosen.size;
  const told = JSON.stringify([round, n, !!W.undo.length, W.hand, news.ballots, news.dots, news.stack, [...W.chosen]]);
  if (part.tools.told === told) return;
  const held = part.tools.contains(document.activeElement) && document.activeElement.dataset.tool;
  part.tools.told = told;
  const tool = (name, act, more = "") => button(T[name], act, { class: "kw-button " + more, "data-tool": name });
  const one = n === 1 && news.pins.find((pin) => W.chosen.has(pin.id));
  const hint = el("p", { class: "kw-hint", text: n ? fill(T.selected, { n }) : T[round === "group" ? "hint.pins" : "hint.groups"] });
  const rule = `${fill(T["dots.rule"], { n: news.dots })} ${news.stack ? T["dots.stack"] : T["dots.single"]}`;
  const sets = {
    group: [tool("group.add", newGroup, "kw-strong"), tool("group.suggest", suggestions)],
    dots: [el("p", { class: "kw-rule", text: rule }), el("p", { class: "kw-fact", text: fill(T["dots.ballots"], { n: news.ballots }) }),
      tool(W.hand ? "done" : "dots.by_hand", () => { W.hand = !W.hand; draw(); })],
  };
  part.tools.replaceChildren(...(sets[round] || []), ...(W.undo.length ? [tool("undo", undo)] : []), ...(round === "dots" ? [] : [hint]),
    ...(one ? [tool("big", () => showBig(one.id))] : []), ...(n ? [tool("unselect", () => { W.chosen.clear(); draw(); })] : []));
  if (held) part.tools.querySelector(`[data-tool="${held}"]`)?.focus({ preventScroll: true });
}

// Every column: its key (what a card dropped there becomes), its name, its cards.
function columns() {
  const { pins, groups, round } = W.news, chosen = (id) => W.chosen.has(id), picked = W.chosen.size > 0;
  const card = (one) => ({ ...one, chosen: chosen(one.id) });
  if (round === "group") {
    const trays = groups.map((group) => ({
      key: group.id, title: group.title, group, picked, cards: pins.filter((pin) => pin.group === group.id).map(card) }));
    return [{ key: HOME, title: T.free, picked, cards: pins.filter((pin) => !pin.group).map(card) }, ...trays];
  }
  const named = data[round]; // priority or who: value -> its name
  return [["", T.open], ...Object.entries(named)].map(([value, name]) => ({
    key: value || HOME, title: name, picked, cards: groups.filter((group) => group[round] === value).map(card) }));
}

function column(one) {
  const group = one.group, free = one.key === HOME;
  const place = button(fill(T.here, { title: one.title }), () => drop(one.key), { class: "kw-here", disabled: !one.picked });
  const more = group && el("div", { class: "kw-more" },
    button(T["group.rename"], () => rename(group), { class: "kw-quiet", "aria-label": `${T["group.rename"]}: ${group.title}` }),
    group.dots ? "" : button(T["group.remove"], () => dissolve(group), { class: "kw-quiet", "aria-label": `${T["group.remove"]}: ${group.title}` }));
  const cards = el("ul", { class: "kw-cards" }, ...one.cards.map((item) => el("li", {}, item.pins ? groupCard(item) : pinCard(item))));
  return el("section", { class: `kw-col${free ? " kw-free" : ""}${group ? " kw-tray" : ""} kw-is-${free ? "free" : group ? "tray" : one.key}`, "data-column": one.key },
    el("div", { class: "kw-col-head" }, title(one.title, "h2"), el("span", { class: "kw-col-n", text: one.cards.length })),
    more, place, cards);
}

const pick = (id) => { W.chosen.has(id) ? W.chosen.delete(id) : W.chosen.add(id); draw(); };
const cardOf = (one, css, ...inside) => el("button", { type: "button", class: `kw-card ${css}`, "data-card": one.id, "data-key": one.id,
  "aria-pressed": String(one.chosen), onclick: () => pick(one.id) }, ...inside);
const grip = (inside) => el("span", { class: "kw-grip" }, inside);
const pinCard = (pin) => cardOf(pin, `kk-edge-${pin.kind}`, grip(sign(pin.kind)), el("span", { class: "kk-unseen", text: data.kind[pin.kind] + ": " }), words(pin), el("span", { class: "kw-small", text: pin.number }));

function groupCard(group) {
  const inside = W.news.pins.filter((pin) => group.pins.includes(pin.id));
  const kinds = KINDS.map((kind) => [kind, inside.filter((pin) => pin.kind === kind).length]).filter(([, n]) => n);
  const line = el("span", { class: "kw-kinds" }, ...kinds.flatMap(([kind, n]) => [sign(kind), el("span", { class: "kk-unseen", text: data.kind[kind] }), el("strong", { text: n })]));
  if (group.dots) line.append(el("span", { class: "kw-points", text: `${T["dots.points"]}: ${group.dots}` }));
  return cardOf(group, "kw-group", grip(title(group.title)), line);
}

// Cards that were chosen, or the one that was dragged, come into a column.
function drop(key, ids = [...W.chosen]) {
  const { news } = W, round = news.round, value = key === HOME ? "" : key;
  if (round === "group") {
    const moved = news.pins.filter((pin) => ids.includes(pin.id) && (pin.group || "") !== value);
    if (!moved.length) return;
    W.chosen.clear();
    act("put", { pins: moved.map((pin) => pin.id), group: value || null }, putBack(moved));
    return;
  }
  W.chosen.clear();
  decide(news.groups.filter((one) => ids.includes(one.id) && one[round] !== value), round, value);
}

// Several groups at once are one step to take back.
async function decide(groups, round, value) {
  const back = [];
  for (const group of groups)
    if (await act("change", { group: group.id, [round]: value })) back.push(["change", { group: group.id, [round]: group[round] }]);
  if (back.length) remember(back);
  draw();
}

function putBack(moved) {
  const homes = new Map();
  for (const pin of moved) homes.set(pin.group, [...(homes.get(pin.group) || []), pin.id]);
  return [...homes].map(([group, pins]) => ["put", { pins, group }]);
}

// --- groups -----------------------------------------------------------------------

function newGroup() {
  ask_name(T["group.add"], "", (name) => {
    const group = newId(), moved = W.news.pins.filter((pin) => W.chosen.has(pin.id));
    W.chosen.clear();
    act("groups", { group, title: name, pins: moved.map((pin) => pin.id) }, [["remove", { group }], ...putBack(moved.filter((pin) => pin.group))]);
  });
}

const rename = (group) => ask_name(T["group.rename"], group.title, (name) =>
  act("change", { group: group.id, title: name }, [["change", { group: group.id, title: group.title }]]));

function dissolve({ id, title: name, pins, priority, who }) {
  act("remove", { group: id }, [["groups", { group: id, title: name, pins, priority, who }]]);
}

async function suggestions() {
  const told = await act("suggestions", {}, (answer) => answer.groups.map((group) => ["remove", { group }]));
  if (told) toast(fill(T["group.suggested"], { n: told.groups.length }), true);
}

function ask_name(heading, value, then) {
  const input = el("input", { type: "text", maxlength: 200, dir: "auto", autocomplete: "off", required: true, id: "kw-name" });
  input.value = value;
  const form = el("form", { method: "dialog", onsubmit: () => then(input.value) },
    el("h2", { text: heading }), el("label", { for: "kw-name", text: T["group.name"] }), input,
    el("div", { class: "kw-buttons" }, el("button", { type: "submit", class: "kw-button kw-strong", text: T.save }),
      button(T.cancel, () => part.dialog.close(), { class: "kw-button" })));
  part.dialog.setAttribute("aria-label", heading);
  part.dialog.replaceChildren(form);
  part.dialog.showModal();
  input.select();
}

// --- dots -------------------------------------------------------------------------

function bars() {
  const { groups, ties } = W.news, most = Math.max(1, ...groups.map((group) => group.dots)), tied = new Set(ties.flat());
  keep(part.columns, groups.map((group) => ({ ...group, most, tie: tied.has(group.id), hand: W.hand })), (one) => one.id, barOf);
}

function barOf(one) {
  const line = el("div", { class: "kw-bar" }, el("span", { class: "kw-bar-full" }));
  line.firstChild.style.inlineSize = `${(100 * one.dots) / one.most}%`;
  const facts = el("p", { class: "kw-small", text: [fill(T.size, { n: one.pins.length }), one.by_hand && fill(T["dots.on_paper"], { n: one.by_hand })].filter(Boolean).join(" · ") });
  const row = el("section", { class: "kw-result" }, el("div", { class: "kw-result-head" }, title(one.title, "h2"), one.tie && el("span", { class: "kw-tie", text: T["dots.tie"] })),
    line, el("strong", { class: "kw-dots" }, el("span", { text: one.dots }), el("span", { class: "kk-unseen", text: " " + T["dots.points"] })), facts);
  if (one.hand) row.append(handField(one));
  return row;
}

function handField(one) {
  const label = fill(T["dots.field"], { title: one.title });
  const input = el("input", { type: "number", min: 0, max: 2000, inputmode: "numeric", "aria-label": label, title: label });
  input.value = one.by_hand;
  const send = () => {
    if (Number(input.value) !== one.by_hand || input.value === "")
      act("dots", { group: one.id, dots: input.value === "" ? null : Number(input.value) }, [["dots", { group: one.id, dots: one.by_hand }]]);
  };
  input.addEventListener("change", send);
  return el("p", { class: "kw-hand" }, input);
}

// --- dragging: by mouse, pen or finger ----------------------------------------------

function grab(event) {
  const card = event.target.closest?.("[data-card]");
  if (!card || event.button > 0) return;
  drag = { card, id: card.dataset.card, x: event.clientX, y: event.clientY, pointer: event.pointerId, ghost: null, over: null };
}

function pull(event) {
  if (!drag || event.pointerId !== drag.pointer) return;
  if (!event.buttons) { endDrag(); return; } // let go of outside the window
  const dx = event.clientX - drag.x, dy = event.clientY - drag.y;
  if (!drag.ghost) {
    if (Math.hypot(dx, dy) < 9) return;
    const at = drag.card.getBoundingClientRect();
    drag.ghost = drag.card.cloneNode(true);
    drag.ghost.classList.add("kw-ghost");
    drag.ghost.setAttribute("aria-hidden", "true");
    Object.assign(drag.ghost.style, { left: at.left + "px", top: at.top + "px", width: at.width + "px" });
    drag.card.classList.add("kw-lifted");
    root.setPointerCapture(drag.pointer);
    root.append(drag.ghost);
  }
  event.preventDefault();
  drag.ghost.style.transform = `translate(${dx}px, ${dy}px) rotate(1.5deg)`;
  const over = document.elementFromPoint(event.clientX, event.clientY)?.closest("[data-column]") || null;
  if (over !== drag.over) { drag.over?.classList.remove("kw-over"); over?.classList.add("kw-over"); drag.over = over; }
  const edge = part.columns.getBoundingClientRect(), step = event.clientY > edge.bottom - 60 ? 14 : event.clientY < edge.top + 60 ? -14 : 0;
  if (step) part.columns.scrollBy(0, step);
}

function letGo(event) {
  if (!drag || event.pointerId !== drag.pointer) return;
  const { ghost, over, id } = drag;
  endDrag();
  if (!ghost) return;
  W.dragged = Date.now(); // the click that follows is none
  if (over) drop(over.dataset.column, W.chosen.has(id) ? [...W.chosen] : [id]);
}

function endDrag() {
  if (!drag) return;
  drag.ghost?.remove();
  drag.card.classList.remove("kw-lifted");
  drag.over?.classList.remove("kw-over");
  drag = null;
  if (W.late) setTimeout(() => { W.late = false; draw(); }); // after the click that ends a tap
}

function swallow(event) {
  if (Date.now() - (W.dragged || 0) < 250) { event.preventDefault(); event.stopPropagation(); }
}

// --- the map in its frame -------------------------------------------------------------

const inMap = () => document.querySelector(".st-key-kk-wall-map iframe")?.contentWindow;

// The frame lies where the ground is; nothing of it is seen while everything is hidden.
function layMap() {
  const at = part.ground.getBoundingClientRect(), html = document.documentElement;
  const seen = at.width > 0 && at.height > 0 && !root.classList.contains("kw-veiled");
  html.dataset.kwMap = seen ? "1" : "0";
  for (const [name, value] of Object.entries({ x: at.left, y: at.top, w: at.width, h: at.height })) html.style.setProperty(`--kw-${name}`, value + "px");
}

// The map comes and goes with Streamlit's runs: take it as it is now.
function mapReady() {
  const frame = inMap(), found = frame?.document?.querySelector("#map_div");
  if (!frame?.kiezkarte || !found?.dataset.ground) return;
  if (box !== found) {
    box = found;
    kiez = frame.kiezkarte;
    kiez.hear(({ pick }) => pick && showBig(pick));
    if (!frame.heardKeys) { frame.heardKeys = true; frame.addEventListener("keydown", (event) => event.key !== "Escape" && keys(event)); }
    wholeArea();
  }
  marks();
}

// The map fits what it is told once: told nothing first, it does so again in the size it has now.
function wholeArea() {
  for (const fit of [null, data.whole]) kiez?.update({ scope: "none", marks: [], fit });
  marked = "";
}

function marks() {
  if (!kiez || !box?.isConnected || !W.news) return;
  const now = Date.now(), look = (pin) => (pin.id === W.big ? "chosen" : now - W.arrived.get(pin.id).at < FRESH ? "new" : "");
  const list = W.news.pins.map((pin) => [pin.id, ...pin.at, pin.kind, look(pin), 0]), told = JSON.stringify(list);
  if (told === marked && box.dataset.marks === String(list.length)) return;
  const before = new Set(marked ? JSON.parse(marked).filter((one) => one[4] === "new").map((one) => one[0]) : []);
  marked = told;
  kiez.mark(list);
  if (list.some((one) => one[4] === "new" && !before.has(one[0]))) pulse();
}

function pulse() {
  if (matchMedia("(prefers-reduced-motion: reduce)").matches) return;
  for (const shape of box.querySelectorAll(".kk-new svg"))
    shape.animate([{ transform: "scale(1)" }, { transform: "scale(1.5)" }, { transform: "scale(1)" }].map((step) => ({ ...step, transformOrigin: "50% 95%" })), { duration: 1300, iterations: 5, easing: "ease-in-out" });
}
