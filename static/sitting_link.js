// What a sitting's screens share: elements, asking for news, and acts that are said once.
// Loaded in front of sitting.js (who leads) and ballot.js (a member's own device).
const EVERY = 1000, PATIENCE = 6000; // milliseconds: between two questions; for one answer

// An element; words only ever come in as text.
function el(tag, marks = {}, ...inside) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(marks)) {
    if (value === undefined || value === false || value === null) continue;
    if (name === "text") made.textContent = value;
    else if (name.startsWith("on")) made.addEventListener(name.slice(2), value);
    else made.setAttribute(name, value === true ? "" : value);
  }
  made.append(...inside.filter((part) => part || part === 0));
  return made;
}
const button = (text, act, marks = {}) => el("button", { type: "button", text, onclick: act, class: "ks-button", ...marks });
// What somebody wrote, in its own direction.
const theirs = (tag, text, marks = {}) => el(tag, { dir: "auto", text, ...marks });
const write = (node, text) => { if (node.textContent !== text) node.textContent = text; };
// Over plain HTTP on a local network there is no crypto.randomUUID
const newId = () => [...crypto.getRandomValues(new Uint8Array(16))].map((n) => n.toString(16).padStart(2, "0")).join("");

// One request: [status, what was said]; status 0 when nothing whole came back.
async function ask(data, path, body, tag) {
  const late = new AbortController(), clock = setTimeout(() => late.abort(), PATIENCE);
  const headers = body === undefined ? (tag ? { "if-none-match": tag } : {}) : { "x-kiezkarte": "1", "content-type": "application/json" };
  try {
    const answer = await fetch(`api/sittings/${encodeURIComponent(data.id)}/${path}?lang=${data.lang}${data.as ? "&as=" + data.as : ""}`, {
      method: body === undefined ? "GET" : "POST", headers, cache: "no-store", signal: late.signal,
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    if (answer.status === 304) return [304, null, tag];
    return [answer.status, JSON.parse(await answer.text()), answer.headers.get("etag") || ""];
  } catch { return [0, {}, ""]; } finally { clearTimeout(clock); }
}

// Asks again and again; `take` gets what is new, `trouble` a sentence or "".
function listening(data, take, trouble) {
  let tag = "", asked = 0, heard = 0, alive = true, clock;
  async function once() {
    const mine = ++asked;
    const [status, told, next] = await ask(data, "state", undefined, tag);
    if (!alive || mine < heard) return; // a later question has been answered by now
    heard = mine;
    if (status === 200) { tag = next; take(told); }
    if (status === 200 || status === 304) trouble("");
    else trouble(told.sentence || data.texts.offline);
  }
  async function loop() {
    try {
      await once();
      // Streamlit's own message of a lost connection would hold the whole page until somebody closes it
      document.querySelector('[data-testid="stDialog"] [role="dialog"][data-kk] button')?.click();
    } finally {
      if (alive) clock = setTimeout(loop, EVERY);
    }
  }
  const seen = () => document.visibilityState === "visible" && once();
  document.addEventListener("visibilitychange", seen);
  addEventListener("online", once);
  loop();
  return {
    once,
    stop() {
      alive = false;
      clearTimeout(clock);
      document.removeEventListener("visibilitychange", seen);
      removeEventListener("online", once);
    },
  };
}

// Draws a part anew only when what it shows is another; the focus stays where it was.
function drawn(home, shown, build) {
  const told = JSON.stringify(shown ?? null);
  if (home.told === told) return;
  home.told = told;
  const key = home.contains(document.activeElement) ? document.activeElement.dataset.key : "";
  home.replaceChildren(...[build(shown)].flat().filter(Boolean));
  if (key) home.querySelector(`[data-key="${CSS.escape(key)}"]`)?.focus({ preventScroll: true });
}

// Facts in one line, each in its own direction.
const facts = (all) => all.filter(Boolean).flatMap((one, n) => [n ? " · " : "", el("bdi", { text: one })]);

// Why somebody does not vote on an item, asked in a dialog.
function reasons(texts, done) {
  return el("div", { class: "ks-choices", role: "group", "aria-label": texts.why },
    ...["own", "employer", "relatives", "other"].map((one) => button(texts[`reason.${one}`], () => done(one), { class: "ks-button ks-wide" })));
}
