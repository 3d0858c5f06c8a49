// The tablet on the table: one person after the other says something. All of it happens here, so
// that a dropout of the Wi-Fi stops nobody: what is said goes into a queue on the tablet before it
// is sent, and leaves it only when the server has it. See components/tablet.py for what comes in.
const IDLE = 30, WARNING = 10; // seconds without a touch; seconds to say "I am still here"
const POLL = 4000, PATIENCE = 8000, LONGEST_WAIT = 30000, TICK = 500; // milliseconds
const UNSENT = "kiezkarte-unsent", KEPT = 14 * 24 * 3600 * 1000;
const SIGNS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"; // as in data/receipts.py
const MAP = ".st-key-kk-tablet-map";
const CHILDREN = ["strength", "problem"];
const ICONS = {
  back: "M15 5l-7 7 7 7", lock: "M6 11h12v10H6zM8.500 11V8a3.500 3.500 0 0 1 7 0v3", list: "M4 6h16M4 12h16M4 18h10",
  photo: "M4 8h4l2-3h4l2 3h4v11H4zM12 17a3.500 3.500 0 1 0 0-7 3.500 3.500 0 0 0 0 7z",
  tap: "M9 12V4.500a1.500 1.500 0 0 1 3 0V10l5 1c1.500.3 2.500 1.500 2.300 3l-.8 6H10l-5-6.500c1-1.200 2.500-1 4-.5z",
};
const PICTURES = {
  strength: "M22 40C5 28 2 21 2 14A10.500 10.500 0 0 1 22 10a10.500 10.500 0 0 1 20 4c0 7-3 14-20 26z",
  problem: "M26 1 7 25h11l-5 18 23-27H23z",
  idea: "M22 3a14 14 0 0 0-8 25.500V34h16v-5.500A14 14 0 0 0 22 3zM15 37h14v4H15z",
};

export default function ({ data, setTriggerValue }) {
  window.kiezkarteTablet ||= tablet(); // outlives a server that starts anew, with its new script
  window.kiezkarteTablet(data, () => setTriggerValue("asked", Date.now()));
}

// --- small things -------------------------------------------------------------

// An element; words only ever come in as text.
function h(name, marks, ...inside) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(marks || {})) {
    if (key.startsWith("on")) made.addEventListener(key.slice(2), value);
    else if (value !== false && value !== undefined) made.setAttribute(key, value === true ? "" : value);
  }
  made.append(...inside.filter((part) => part || part === 0));
  return made;
}

function drawn(path, box, css) {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  const line = document.createElementNS("http://www.w3.org/2000/svg", "path");
  for (const [key, value] of [["viewBox", box], ["class", css], ["aria-hidden", "true"]]) svg.setAttribute(key, value);
  line.setAttribute("d", path);
  svg.append(line);
  return svg;
}

const icon = (name) => drawn(ICONS[name], "0 0 24 24", "icon icon-" + name);
const dice = (n) => crypto.getRandomValues(new Uint8Array(n)); // a page without TLS has no randomUUID

function uuid() {
  const bytes = dice(16);
  bytes[6] = (bytes[6] & 15) | 64;
  bytes[8] = (bytes[8] & 63) | 128;
  return [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("").replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-");
}

function receipt() {
  const signs = [...dice(13)].map((byte) => SIGNS[byte & 31]).join("");
  return `${signs.slice(0, 5)}-${signs.slice(5, 10)}-${signs.slice(10)}`;
}

// As geo/places.py folds: case, accents, Turkish i, ß, "str." at a word's end.
const fold = (text) => text.toLowerCase().normalize("NFD").replace(/\p{M}/gu, "").replace(/ı/g, "i").replace(/ß/g, "ss").replace(/ø/g, "o").replace(/ł/g, "l");
const wordsOf = (text) => (fold(text).match(/[\p{L}\p{N}]+/gu) || []).map((word) => word.replace(/str$/, "strasse"));
const UMLAUTS = { ä: "ae", ö: "oe", ü: "ue" };
const FILLERS = ["ecke", "und", "kose", "kosesi", "corner", "of", "and"];

// One request with a short patience: [status, what was said]; status 0 when nothing whole came back.
async function ask(path, sent = {}) {
  const late = new AbortController(), clock = setTimeout(() => late.abort(), sent.patience || PATIENCE);
  try {
    const answer = await fetch(path, { ...sent, headers: { "x-kiezkarte": "1", ...sent.headers }, signal: late.signal, cache: "no-store" });
    return [answer.status, JSON.parse(await answer.text())]; // somebody else's page is no answer
  } catch {
    return [0, {}];
  } finally {
    clearTimeout(clock);
  }
}

const post = (path, body) => ask(path, { method: "POST", body: JSON.stringify(body) });

// --- what is not yet sent -----------------------------------------------------

const queue = (() => {
  let here = []; // also where the browser keeps nothing
  const read = () => {
    try { here = JSON.parse(localStorage.getItem(UNSENT) || "[]"); } catch { /* what we have is what there is */ }
    return here;
  };
  const write = (jobs) => {
    here = jobs;
    try { jobs.length ? localStorage.setItem(UNSENT, JSON.stringify(jobs)) : localStorage.removeItem(UNSENT); } catch { /* memory has it */ }
  };
  return {
    all: read,
    add: (job) => write([...read(), job]),
    change: (id, more) => write(read().map((job) => (job.id === id ? { ...job, ...more } : job))),
    remove: (id) => write(read().filter((job) => job.id !== id)),
    tidy: () => write(read().filter((job) => Date.now() - job.said < KEPT).map(({ refused, ...job }) => job)),
  };
})();

// --- the tablet ---------------------------------------------------------------

function tablet() {
  let data, rerun, room = {}, person, layers = [], touched = Date.now(), moved = false;
  let online = true, sending = false, fails = 0, due = 0, known, looked = "", asked = 0, groups;
  const root = h("div", { id: "kk-tablet" });
  const stage = h("div", { class: "stage" }), unsent = h("p", { class: "unsent", role: "status", hidden: true });
  const address = location.href, now = () => Date.now();

  const lang = () => data.languages.find((one) => one.lang === person.lang) || data.languages[0];
  const plan = () => data.meeting || { kinds: [], fields: [], told: {} };
  const children = () => plan().children;
  const say = (key, blanks = {}) => Object.entries(blanks).reduce((text, [name, value]) => text.replace(`{${name}}`, value), lang().texts[key] ?? key);
  const many = (key, n) => lang().counted[key][new Intl.PluralRules(lang().html).select(n)].replace("{n}", n);
  const open = () => room.state === "open";
  const fresh = () => ({ step: "start", lang: data.lang, at: null, place: "", kind: "", words: "", field: "", dots: {}, job: null });

  function update(given, again) {
    const first = !data;
    data = given;
    rerun = again;
    if (first) {
      person = fresh();
      begin();
    }
    room = { ...room, state: plan().state || "unknown", round: plan().round };
    if (person.step === "start" && !layers.length) show("start", { still: true });
  }

  function begin() {
    root.append(stage, unsent);
    document.body.append(root);
    queue.tidy();
    guard();
    for (const name of ["pointerdown", "keydown", "input", "wheel"]) addEventListener(name, touch, { capture: true, passive: true });
    addEventListener("visibilitychange", tick);
    addEventListener("pageshow", tick);
    addEventListener("online", () => flush());
    addEventListener("resize", fit);
    window.visualViewport?.addEventListener("resize", fit);
    window.speechSynthesis?.addEventListener?.("voiceschanged", voices);
    new MutationObserver(speakPage).observe(document.documentElement, { attributes: true, attributeFilter: ["lang", "dir"] });
    new MutationObserver(free).observe(root, { attributes: true, attributeFilter: ["inert", "aria-hidden"] });
    new MutationObserver(undisturbed).observe(document.body, { childList: true, subtree: true });
    new ResizeObserver(fit).observe(root);
    setInterval(tick, TICK);
    setTimeout(poll, POLL * Math.random());
    flush();
  }

  // Streamlit's "no connection" is put away unseen: it would take the next tap for its own.
  function undisturbed() {
    for (const close of document.querySelectorAll('[data-testid="stDialog"] [role="dialog"] > button')) close.click();
  }

  // A dialog shuts everything else out; here work goes on.
  function free() {
    if (root.inert) root.inert = false;
    root.removeAttribute("aria-hidden");
  }

  function speakPage() {
    const html = document.documentElement;
    if (html.lang !== lang().html) html.lang = lang().html;
    if (html.dir !== lang().dir) html.dir = lang().dir;
  }

  // The way back by the device's own button is the way back by ours; it never leads out.
  function guard() {
    for (let i = 0; i < 5; i++) history.pushState({ tablet: i }, "", address);
    addEventListener("popstate", (event) => {
      event.stopImmediatePropagation();
      history.pushState({ tablet: 0 }, "", address);
      layers.length ? drop() : back();
    }, true);
  }

  // --- time ---

  function touch() {
    if (layers.at(-1)?.name !== "idle") touched = now();
    window.kiezkarteAwake ||= navigator.wakeLock?.request("screen").then(
      (lock) => lock.addEventListener("release", () => { window.kiezkarteAwake = null; }), () => {});
  }

  function tick() {
    attach();
    unsentLine();
    watchPlace();
    if (now() < touched - 60_000 * 5) touched = now(); // the clock was put back
    if (window.speechSynthesis?.speaking && layers.at(-1)?.name !== "idle") touched = Math.max(touched, now());
    const still = (now() - touched) / 1000, counting = layers.find((one) => one.name === "idle");
    if (person.step === "start" && !layers.length) {
      if (still >= IDLE && moved) home();
      return;
    }
    if (still >= IDLE + WARNING) reset();
    else if (still >= IDLE && !counting) warn();
    else if (counting) counting.box.querySelector(".left").textContent = Math.ceil(IDLE + WARNING - still);
  }

  function warn() {
    const stay = () => { touched = now(); drop(); };
    lay("idle", { role: "alertdialog" },
      h("h2", { id: "kk-layer" }, say("idle")), h("p", { id: "kk-layer-text" }, say("idle_hint")),
      h("p", { class: "left", "aria-hidden": "true" }, String(WARNING)),
      h("button", { class: "main", type: "button", onclick: stay }, say("stay")));
  }

  // Nothing of the last person stays: every field is a new one, the map is as in the beginning.
  function reset() {
    window.speechSynthesis?.cancel();
    getSelection()?.removeAllRanges();
    for (const one of layers.splice(0)) one.box.remove();
    stage.inert = false;
    person = fresh();
    touched = now();
    groups = null;
    const jobs = queue.all();
    try {
      sessionStorage.clear();
      for (const key of Object.keys(localStorage)) if (key !== UNSENT || !jobs.length) localStorage.removeItem(key);
    } catch { /* nothing is kept then */ }
    home();
    show("start");
  }

  // --- the map ---

  function inMap() {
    try {
      const frame = document.querySelector(MAP + " iframe")?.contentWindow;
      return frame?.kiezkarte?.state() && frame;
    } catch {
      return null; // not yet drawn
    }
  }

  const centre = () => {
    const at = inMap()?.kiezkarte.state().centre;
    return at ? [Number(at.lng.toFixed(6)), Number(at.lat.toFixed(6))] : null;
  };

  function attach() {
    const frame = inMap();
    if (!frame || known === frame.kiezkarte) return;
    known = frame.kiezkarte;
    known.hear(({ tap }) => { if (tap && children() && person.step === "start" && open()) choose(tap, ""); });
    for (const name of ["pointerdown", "pointermove", "touchmove", "keydown", "wheel"])
      frame.addEventListener(name, () => { touch(); moved = true; }, { capture: true, passive: true });
    known.speak(lang().map);
    fit();
  }

  function home() {
    moved = false;
    looked = "";
    const [lon, lat, zoom] = data.home;
    inMap()?.kiezkarte.home([lon, lat], zoom);
  }

  // The map lies where the step leaves it free, so that the cross is in the middle of what is seen.
  function fit() {
    const seen = window.visualViewport;
    root.style.setProperty("--seen", Math.round(seen ? seen.height : innerHeight) + "px");
    root.style.setProperty("--above", Math.round(seen ? seen.offsetTop : 0) + "px");
    const place = document.querySelector(MAP);
    if (!place) return;
    place.inert = !onMap() || layers.length > 0;
    const head = stage.querySelector("header"), panel = stage.querySelector(".panel");
    if (!onMap() || !head || !panel) return;
    const a = head.getBoundingClientRect(), b = panel.getBoundingClientRect(), beside = b.height > innerHeight * 0.6;
    const sides = beside ? { bottom: 0, left: b.left > 1 ? 0 : b.right, right: b.left > 1 ? innerWidth - b.left : 0 } : { bottom: innerHeight - b.top, left: 0, right: 0 };
    for (const [side, far] of Object.entries({ top: a.bottom, ...sides })) place.style.setProperty("--" + side, Math.round(far) + "px");
  }

  const onMap = () => person.step === "map" || (person.step === "start" && children() && open() && room.round !== "dots");

  async function inWords(at) {
    const [status, told] = await ask(`api/place?at=${at}&lang=${person.lang}`);
    return status === 200 ? told.place : "";
  }

  // Under the cross stands in words what lies there, once the map rests.
  async function watchPlace() {
    if (person.step !== "map") return;
    const at = centre(), line = stage.querySelector(".panel .where bdi");
    stage.querySelector(".here").disabled = !at;
    if (!at || !line || at.join() === looked) return;
    const mine = (looked = at.join()), who = person;
    await new Promise((rest) => setTimeout(rest, 350));
    if (mine !== String(centre()) || person !== who) { if (looked === mine) looked = ""; return; }
    const text = await inWords(at);
    if (person === who && mine === looked && person.step === "map") { line.textContent = text; person.seen = [mine, text]; }
  }

  function here() {
    const at = centre();
    if (at) choose(at, person.seen?.[0] === at.join() ? person.seen[1] : "");
  }

  function choose(at, place) {
    const [west, south, east, north] = data.box;
    if (at[0] < west || at[0] > east || at[1] < south || at[1] > north) { refuse(say("outside")); return; }
    person.at = at;
    person.place = place;
    const who = person;
    if (!place) inWords(at).then((text) => {
      if (who !== person || who.at !== at || !text) return;
      person.place = text;
      for (const line of stage.querySelectorAll(".where bdi")) line.textContent = text;
    });
    show("kind");
  }

  // --- screens ---

  const button = (text, act, css = "", ...before) => h("button", { type: "button", class: css, onclick: act }, ...before, text && h("span", {}, text));
  const heading = (text, marks = {}) => h("h1", { id: "kk-heading", tabindex: -1, "data-read": true, ...marks }, text);
  const hint = (text, id) => h("p", { class: "hint", "data-read": true, id }, text);
  const told = (name, tag = "span") => plan().told[name] && h(tag, { lang: plan().told[name][1], dir: "auto" }, plan().told[name][0]);
  const where = () => h("p", { class: "where" }, h("bdi", {}, person.place));
  const sign = (kind) => h("span", { class: "sign " + kind, "aria-hidden": "true" });

  const STEPS = { map: 1, spots: 1, kind: 2, words: 3 };
  const BACK = { map: "start", spots: "map", kind: "map", words: "kind", dots: "start" };
  const SCREENS = { start, map: onTheMap, spots, kind: kinds, words: sentence, thanks, dots, counted };

  function show(step, { still = false, trouble = "" } = {}) {
    window.speechSynthesis?.cancel();
    person.step = step;
    root.lang = lang().html;
    root.dir = lang().dir;
    root.dataset.step = onMap() ? "map" : step;
    speakPage();
    if (known) known.speak(lang().map);
    stage.replaceChildren(...SCREENS[step]());
    if (trouble) refuse(trouble);
    unsentLine();
    voices();
    fit();
    if (!still && !trouble) (step === "words" ? stage.querySelector("textarea") : stage.querySelector("h1"))?.focus({ preventScroll: true });
    stage.querySelector(".screen")?.scrollTo(0, 0);
  }

  function back() {
    if (BACK[person.step]) {
      if (person.step === "words") person.words = stage.querySelector("textarea").value;
      show(children() ? "start" : BACK[person.step]);
    }
  }

  function head(...more) {
    const n = STEPS[person.step];
    return h("header", {},
      BACK[person.step] && button(say("back"), back, "back", icon("back")),
      n && !children() && h("p", { class: "step" }, h("span", {}, say("step", { n, all: 3 })),
        h("span", { class: "dots", "aria-hidden": "true" }, ...[1, 2, 3].map((i) => h("i", { class: i <= n ? "done" : "" })))),
      ...more, h("span", { class: "room" }),
      h("button", { type: "button", class: "listen", hidden: true, "aria-label": say("listen"), onclick: listen }, h("span", { class: "sign read", "aria-hidden": "true" })));
  }

  function refuse(text) {
    stage.querySelector(".trouble")?.remove();
    const line = h("p", { class: "trouble", role: "alert", tabindex: -1, id: "kk-trouble" }, text);
    (stage.querySelector(".panel, .screen, .children") || stage).prepend(line);
    line.focus();
    line.scrollIntoView({ block: "nearest" });
  }

  const corner = () => h("footer", {}, button(say("privacy"), privacy, "quiet"),
    h("button", { type: "button", class: "quiet lock", "aria-label": say("lock"), onclick: leave }, icon("lock")));

  function start() {
    if (!data.meeting || !open()) return waiting();
    if (children() && room.round !== "dots") return childrensMap();
    const facts = ["decides", "changes"].map((name) => [say(name), told(name)]);
    facts.push([say("answer"), lang().answer && h("span", {}, lang().answer)]);
    const shown = facts.filter(([, fact]) => fact);
    const together = ["group", "priority", "who"].includes(room.round);
    const ways = data.languages.map((one) => h("button", { type: "button", class: "tongue", lang: one.html, dir: one.dir, onclick: () => pick(one.lang) },
      h("strong", {}, one.name), h("span", {}, one.texts.start)));
    const first = room.round === "dots" ? heading(say("dots")) : heading(told("question") || say("ask"), { dir: "auto" });
    return [
      h("header", {}, h("p", { class: "title" }, told("title", "bdi")), h("span", { class: "room" }),
        h("button", { type: "button", class: "listen", hidden: true, "aria-label": say("listen"), onclick: listen }, h("span", { class: "sign read", "aria-hidden": "true" }))),
      h("section", { class: "screen", "aria-labelledby": "kk-heading" }, first, together && h("p", { class: "note", "data-read": true }, say("together")),
        room.round !== "dots" && shown.length > 0 && h("dl", {}, ...shown.map(([name, fact]) => h("div", {}, h("dt", { "data-read": true }, name), h("dd", { "data-read": true }, fact)))),
        h("nav", { class: "tongues", "aria-label": say("language") }, ...ways)),
      corner(),
    ];
  }

  // Not begun, a break, over, or unknown: said in every language of the meeting.
  function waiting() {
    const texts = data.languages.map((one) => h("p", { lang: one.html, dir: one.dir }, one.texts["is_" + (data.meeting ? room.state : "unknown")]));
    const unique = texts.filter((line, i) => texts.findIndex((other) => other.textContent === line.textContent) === i);
    return [
      h("header", {}, h("p", { class: "title" }, told("title", "bdi"))),
      h("section", { class: "screen wait", "aria-labelledby": "kk-heading" }, heading("Kiezkarte", { class: "kk-unseen" }), ...unique),
      data.meeting ? corner() : h("footer", {}),
    ];
  }

  function pick(chosen) {
    person.lang = chosen;
    show(room.round === "dots" ? "dots" : "map");
  }

  function childrensMap() {
    return [
      h("header", {}, heading(say("child_where"), { class: "child" }), h("span", { class: "room" }),
        h("button", { type: "button", class: "listen", hidden: true, "aria-label": say("listen"), onclick: listen }, h("span", { class: "sign read", "aria-hidden": "true" }))),
      h("section", { class: "panel children", "aria-labelledby": "kk-heading" }, icon("tap"),
        button(say("list"), () => show("spots"), "quiet", icon("list")), ...corner().childNodes),
    ];
  }

  function onTheMap() {
    looked = "";
    return [head(), h("section", { class: "screen panel", "aria-labelledby": "kk-heading" }, heading(say("where")), hint(say("where_hint")),
      h("p", { class: "where", "aria-live": "polite" }, h("bdi")),
      button(say("here"), here, "main here"), button(say("list"), () => show("spots"), "quiet", icon("list")))];
  }

  function spots() {
    const list = h("ul", { class: "spots" });
    const field = h("input", { type: "search", id: "kk-spot", autocomplete: "off", autocorrect: "off", spellcheck: "false", enterkeyhint: "search", maxlength: 80, dir: "auto", placeholder: say("spot_type"), "aria-describedby": "kk-spot-hint", oninput: () => fill() });
    const all = data.spots.map(([name, others, lon, lat]) => [name, others, [lon, lat], [name, ...others].map((one) => [...wordsOf(one), ...wordsOf(one.toLowerCase().replace(/[äöü]/g, (sign) => UMLAUTS[sign]))])]);
    function fill() {
      const wanted = wordsOf(field.value).filter((word) => !FILLERS.includes(word));
      const found = all.filter(([, , , names]) => names.some((one) => wanted.every((part) => one.some((word) => word.startsWith(part) || (part === "strasse" && word.endsWith(part))))));
      list.replaceChildren(...found.slice(0, 60).map(([name, others, at]) => h("li", {}, h("button", { type: "button", lang: "de", dir: "auto", onclick: () => { inMap()?.kiezkarte.go(at); choose(at, name); } },
        h("strong", {}, name), others.length > 0 && !name.includes(" Ecke ") && h("small", {}, others.join(", "))))));
      if (!found.length) list.append(h("li", { class: "hint", role: "status" }, say("spot_unknown")));
    }
    fill();
    return [head(), h("section", { class: "screen", "aria-labelledby": "kk-heading" }, heading(say("spot")), h("label", { for: "kk-spot", class: "hint", id: "kk-spot-hint", "data-read": true }, say("spot_hint")), field, list)];
  }

  function kinds() {
    const child = children(), offered = plan().kinds.filter((kind) => !child || CHILDREN.includes(kind));
    const cards = (offered.length ? offered : plan().kinds).map((kind) => h("button", { type: "button", class: `kind ${kind}`, "aria-pressed": String(person.kind === kind), onclick: () => {
      person.kind = kind;
      child ? send() : show("words");
    } }, child ? drawn(PICTURES[kind], "0 0 44 44", "picture") : sign(kind),
      h("strong", { "data-read": true }, say(child ? "child_" + kind : "say." + kind)), !child && h("span", {}, say("kind." + kind))));
    return [head(), h("section", { class: child ? "screen child" : "screen", "aria-labelledby": "kk-heading" }, heading(say(child ? "child_kind" : "ask_kind")), !child && where(), h("div", { class: "kinds" }, ...cards))];
  }

  function sentence() {
    const count = h("p", { class: "count" });
    const area = h("textarea", { id: "kk-said", rows: 3, maxlength: data.most, dir: "auto", autocomplete: "off", autocorrect: "off", autocapitalize: "sentences", spellcheck: "false", "aria-labelledby": "kk-heading", "aria-describedby": "kk-words-hint kk-trouble", oninput: () => { person.words = area.value; counted(); } });
    const counted = () => { count.textContent = say("count", { n: [...area.value].length, max: data.most }); };
    area.value = person.words;
    counted();
    const fields = plan().fields.map((name) => h("button", { type: "button", class: "field", "aria-pressed": String(person.field === name), onclick: (event) => {
      person.field = person.field === name ? "" : name;
      for (const one of event.currentTarget.parentElement.children) one.setAttribute("aria-pressed", String(one === event.currentTarget && !!person.field));
    } }, sign("field-" + name), h("span", {}, say("field." + name))));
    return [head(), h("section", { class: "screen", "aria-labelledby": "kk-heading" },
      h("p", { class: "chosen" }, sign(person.kind), h("span", {}, say("say." + person.kind)), where()),
      heading(say("ask_words")), h("p", { class: "hint", id: "kk-words-hint", "data-read": true }, `${say("words_hint")} ${say("no_names")} `),
      area, h("div", { class: "below" }, button(say("privacy"), privacy, "quiet small"), count),
      fields.length > 0 && h("fieldset", {}, h("legend", { "data-read": true }, say("field")), h("div", { class: "fields" }, ...fields))),
    h("footer", { class: "act" }, button(say("send"), () => {
      person.words = area.value;
      area.value.trim() ? send() : (refuse(say("missing")), area.focus());
    }, "main"))];
  }

  // Before anything is sent it is on the tablet, and so is its receipt.
  function send() {
    const child = children(), source = child ? "children" : "tablet";
    person.id ||= uuid();
    person.receipt ||= child ? "" : receipt();
    const body = { id: person.id, receipt: person.receipt, kind: person.kind, words: child ? "" : person.words.trim(), field: child ? "" : person.field, at: person.at, lang: person.lang, source };
    keep("pins", body);
    show("thanks");
  }

  function keep(what, body) {
    person.job = body.id;
    person.told = fails ? "offline" : "sending";
    queue.add({ id: body.id, code: data.code, what, lang: person.lang, said: now(), tries: 0, body });
    flush();
  }

  function thanks() {
    if (children()) return [h("section", { class: "screen child thanks", "aria-labelledby": "kk-heading" }, drawn(PICTURES.strength, "0 0 44 44", "picture strength"), heading(say("thanks")),
      h("p", { class: "told", role: "status" }, status()), button(say("child_next"), reset, "main next"))];
    const done = person.answer, photo = plan().photos && done && photoPart();
    return [h("section", { class: "screen thanks", "aria-labelledby": "kk-heading" }, heading(say("thanks"), { class: "good" }), h("p", { class: "told", role: "status", "data-read": true }, status()), where(),
      h("div", { class: "receipt" }, done?.qr && qr(done.qr),
        h("div", {}, h("p", { "data-read": true }, say("receipt")), h("p", { class: "code", dir: "ltr" }, person.receipt))),
      photo), h("footer", { class: "act" }, button(say("next"), reset, "main next"))];
  }

  // Children need no words; only what went wrong is said to who sits beside them.
  function status() {
    const dotted = person.step === "counted", fine = ["saved", "sending"].includes(person.told);
    if (!fine) return person.told === "offline" ? say("offline") : person.told;
    if (dotted) return say("dots_" + person.told);
    if (children()) return "";
    return person.told === "saved" ? `${say("saved")} ${say(person.answer?.waiting ? "waiting" : "public")}` : say("sending");
  }

  function qr({ size, path }) {
    const svg = drawn(path, `-4 -4 ${size + 8} ${size + 8}`, "qr");
    svg.removeAttribute("aria-hidden");
    svg.setAttribute("role", "img");
    svg.setAttribute("aria-label", say("qr"));
    return svg;
  }

  function photoPart() {
    const line = h("p", { class: "hint", role: "status" }, person.photo || say("photo_hint"));
    const back = () => { touched = now(); };
    const input = h("input", { type: "file", class: "kk-unseen", accept: "image/jpeg,image/png,image/webp", capture: "environment", onchange: sendPhoto, oncancel: back,
      onclick: () => { touched = now() + 120_000; } }); // the camera covers this page
    const label = h("label", { class: "photo" }, icon("photo"), h("span", {}, say("photo")), input);
    async function sendPhoto() {
      back();
      const [file] = input.files, who = person;
      if (!file) return;
      label.hidden = true;
      line.textContent = say("photo_sending");
      const [code, found] = await ask(`api/photos?lang=${person.lang}`, { method: "POST", body: file, headers: { "x-receipt": person.receipt }, patience: 60_000 });
      if (who !== person) return;
      back();
      input.value = "";
      label.hidden = code === 200;
      if (code === 200) person.photo = say("photo_done");
      line.textContent = code === 200 ? person.photo : found.sentence || say("no_line");
    }
    label.hidden = !!person.photo;
    return h("div", { class: "picture-part" }, label, line);
  }

  // --- dots ---

  function dots() {
    const list = h("div", { class: "groups" }), left = h("p", { class: "left", role: "status" }), rule = hint("");
    const go = button(say("dots_send"), () => {
      person.id ||= uuid();
      keep("ballot", { id: person.id, dots: Object.fromEntries(Object.entries(person.dots).filter(([, n]) => n)) });
      show("counted");
    }, "main");
    const given = () => Object.values(person.dots).reduce((sum, n) => sum + n, 0);
    const draw = () => {
      const rest = groups.dots - given();
      left.textContent = rest ? many("dots_left", rest) : say("dots_none");
      rule.textContent = say(groups.stack ? "dots_stack" : "dots_single");
      go.disabled = !given();
      for (const row of list.children) row.draw?.(rest);
    };
    const row = ({ id, title, pins }, i) => {
      const n = h("output", { class: "given", "aria-labelledby": `kk-group-${i}` });
      const change = (by) => () => { person.dots[id] = (person.dots[id] || 0) + by; draw(); };
      const step = (text, name, by) => h("button", { type: "button", class: "step", "aria-label": say(name), "aria-describedby": `kk-group-${i}`, onclick: change(by) }, text);
      const less = step("−", "dots_less", -1), more = step("+", "dots_more", 1);
      const made = h("div", { class: "group" }, h("div", {}, h("strong", { id: `kk-group-${i}`, dir: "auto" }, title), h("small", {}, many("pins", pins))), less, n, more);
      made.draw = (rest) => {
        const mine = person.dots[id] || 0, off = (one, is) => { one.setAttribute("aria-disabled", String(is)); one.toggleAttribute("data-off", is); };
        n.textContent = mine;
        off(less, !mine);
        off(more, !rest || (mine > 0 && !groups.stack));
        made.classList.toggle("chosen", mine > 0);
      };
      return made;
    };
    list.addEventListener("click", (event) => { if (event.target.closest("[data-off]")) event.stopPropagation(); }, true);
    const fill = () => {
      list.replaceChildren(...groups.groups.map(row));
      if (!groups.groups.length) list.append(hint(say("dots_empty")));
      draw();
    };
    go.disabled = true;
    load();
    async function load() {
      const who = person, [code, found] = await ask(`api/rooms/${encodeURIComponent(data.code)}/groups?lang=${person.lang}`);
      if (who !== person || person.step !== "dots") return;
      if (code === 200) {
        groups = found;
        fill();
        if (!groups.groups.length) setTimeout(load, POLL);
      } else {
        if (!groups) rule.textContent = found.sentence || say("no_line");
        setTimeout(load, POLL);
      }
    }
    return [head(), h("section", { class: "screen", "aria-labelledby": "kk-heading" }, heading(say("dots")), rule, list), h("footer", { class: "act" }, left, go)];
  }

  function counted() {
    return [h("section", { class: "screen thanks", "aria-labelledby": "kk-heading" }, heading(say("thanks"), { class: "good" }), h("p", { class: "told", role: "status", "data-read": true }, status())),
      h("footer", { class: "act" }, button(say("next"), reset, "main next"))];
  }

  // --- upon everything ---

  function lay(name, marks, ...inside) {
    const before = document.activeElement;
    const box = h("div", { class: "layer " + name }, h("section", { role: "dialog", "aria-modal": "true", "aria-labelledby": "kk-layer", "aria-describedby": "kk-layer-text", ...marks }, ...inside));
    box.addEventListener("keydown", (event) => { if (event.key === "Escape") { touched = now(); drop(); } });
    for (const { box: under } of layers) under.inert = true;
    layers.push({ name, box, before });
    stage.inert = true;
    root.append(box);
    fit();
    (box.querySelector("input") || box.querySelector("button.main") || box.querySelector("button")).focus();
  }

  function drop() {
    const { box, before } = layers.pop();
    box.remove();
    if (layers.length) layers.at(-1).box.inert = false;
    else stage.inert = false;
    fit();
    if (before?.isConnected) before.focus({ preventScroll: true });
  }

  function privacy() {
    const [first, ...rest] = ["who", "what", "back", "here"].map((part) => h("p", {}, say("privacy_" + part)));
    first.id = "kk-layer-text";
    lay("privacy", {}, h("h2", { id: "kk-layer" }, say("privacy")), first, ...rest, button(say("close"), drop, "main"));
  }

  function leave() {
    const field = h("input", { type: "text", class: "secret", inputmode: "none", autocomplete: "off", maxlength: 8, "aria-label": say("lock_pin"), dir: "ltr", oninput: () => { field.value = field.value.replace(/\D/g, ""); } });
    const line = h("p", { class: "trouble", role: "alert" });
    const press = (digit) => () => { if (field.value.length < 8) field.value += digit; };
    const go = button(say("lock_go"), check, "main");
    field.addEventListener("keydown", (event) => { if (event.key === "Enter") check(); });
    async function check() {
      if (!field.value || go.disabled) return;
      go.disabled = true;
      const [code, found] = await post(`api/rooms/${encodeURIComponent(data.code)}/leave?lang=${person.lang}`, { pin: field.value });
      go.disabled = false;
      field.value = "";
      if (code === 200 && found.open) { location.assign(`./?lang=${data.lang}`); return; }
      line.textContent = found.sentence || say("no_line");
      field.focus();
    }
    const digits = [..."123456789"].map((digit) => button(digit, press(digit), "digit"));
    lay("pin", {}, h("h2", { id: "kk-layer" }, say("lock")), h("p", { id: "kk-layer-text" }, say("lock_hint")), field, line,
      h("div", { class: "digits", dir: "ltr" }, ...digits,
        h("button", { type: "button", class: "digit", "aria-label": say("lock_delete"), onclick: () => { field.value = field.value.slice(0, -1); } }, "⌫"), button("0", press("0"), "digit")),
      h("div", { class: "row" }, button(say("cancel"), drop, "quiet"), go));
  }

  // --- to be read out: by a voice of this device alone, no text leaves it ---

  const voice = () => window.speechSynthesis?.getVoices().find((one) => one.localService && one.lang.toLowerCase().startsWith(lang().html));

  function voices() {
    const has = !!voice();
    for (const one of stage.querySelectorAll(".listen")) one.hidden = !has;
  }

  function listen(event) {
    const speech = window.speechSynthesis, pressed = event.currentTarget;
    if (speech.speaking) { speech.cancel(); return; }
    const text = [...stage.querySelectorAll("[data-read]")].map((one) => one.textContent).join(". ");
    const spoken = new SpeechSynthesisUtterance(text);
    spoken.voice = voice();
    spoken.lang = spoken.voice.lang;
    spoken.onend = spoken.onerror = () => pressed.setAttribute("aria-label", say("listen"));
    pressed.setAttribute("aria-label", say("silence"));
    speech.speak(spoken);
  }

  // --- to the server ---

  async function poll() {
    const [status, told] = data.code ? await ask(`api/rooms/${encodeURIComponent(data.code)}`) : [404, {}];
    if (status === 200) {
      const stale = !data.meeting || told.version !== data.meeting.version;
      const changed = told.state !== room.state || told.round !== room.round;
      if (stale && now() - asked > 15_000) { asked = now(); rerun(); } // the plan is another one now
      room = { ...room, ...told };
      if (changed && data.meeting && person.step === "start" && !layers.length) show("start", { still: true });
    }
    if (status && !online) flush();
    online = status > 0;
    setTimeout(poll, POLL * (0.75 + Math.random() / 2));
  }

  // One by one, in order; each waits for its answer, and for its turn again when there was none.
  async function flush() {
    if (sending) return;
    sending = true;
    clearTimeout(due);
    let cut = false;
    for (let next; !cut && (next = queue.all().find((job) => !job.refused && !tried.has(job.id))); ) {
      cut = !(await hand(next));
    }
    tried.clear();
    sending = false;
    fails = cut ? fails + 1 : 0;
    if (cut && person.told === "sending") answered({ id: person.job }, "offline"); // it waits behind others
    unsentLine();
    if (queue.all().some((job) => !job.refused)) due = setTimeout(flush, Math.min(LONGEST_WAIT, 1000 * 2 ** Math.min(fails, 5)) * (0.75 + Math.random() / 2));
  }

  const tried = new Set(); // in this round; what must wait does not hold up the others

  async function hand(job) {
    const late = job.tries > 0 || !open();
    queue.change(job.id, { tries: job.tries + 1 });
    const body = { ...job.body, late, ...(job.what === "pins" && { seconds_ago: Math.max(0, (now() - job.said) / 1000) }) };
    const [status, told] = await post(`api/rooms/${encodeURIComponent(job.code)}/${job.what}?lang=${job.lang}`, body);
    const saved = status >= 200 && status < 300 && (job.what !== "pins" || told.id === job.id);
    if (saved) { queue.remove(job.id); answered(job, "saved", told); return true; }
    if (status === 409 && !late) return true; // it closed meanwhile: once more, as late
    if ([404, 408, 409].includes(status)) { tried.add(job.id); answered(job, told.sentence); return true; }
    if (status >= 400 && status < 500 && status !== 429) { refused(job, told); return true; }
    answered(job, "offline");
    return false;
  }

  function answered(job, text, told) {
    if (person.job !== job.id || !["thanks", "counted"].includes(person.step)) return;
    person.told = text || "offline";
    if (!told || person.step === "counted" || children()) { stage.querySelector(".told").textContent = status(); return; }
    person.answer = told;
    person.place = told.place || person.place;
    const here = document.activeElement, away = here?.isConnected && here.classList.contains("next");
    const code = stage.querySelector(".receipt");
    stage.querySelector(".told").textContent = status();
    stage.querySelector(".where bdi").textContent = person.place;
    if (told.qr && !code.querySelector(".qr")) code.prepend(qr(told.qr));
    if (plan().photos && !stage.querySelector(".picture-part")) stage.querySelector(".screen").append(photoPart());
    if (away) here.focus({ preventScroll: true });
  }

  // What will never be taken goes back to who said it; if they have gone, it stays on the tablet.
  function refused(job, told) {
    const there = person.job === job.id && ["thanks", "counted"].includes(person.step);
    if (!there) { queue.change(job.id, { refused: true }); return; }
    queue.remove(job.id);
    person.job = null;
    const step = job.what === "ballot" ? "dots" : children() ? "start" : { place: "map", kind: "kind" }[told.field] || "words";
    show(step, { trouble: told.sentence || say("no_line") });
  }

  function unsentLine() {
    const n = queue.all().filter((job) => job.tries > 1 || now() - job.said > 3000).length;
    const text = n ? many("unsent", n) : "";
    if (unsent.textContent !== text) unsent.textContent = text;
    unsent.hidden = !n;
  }

  return update;
}
