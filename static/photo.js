// A photo for one's own pin: chosen, looked at, sent. What could not be sent stays here, and a
// button sends it again; the server keeps one photo for a pin, however often it arrives.
const PATIENCE = 180000;
const TYPES = "image/jpeg,image/png,image/webp";
const drawn = new WeakMap();
let one = { code: "" }; // outlives the page being drawn anew: code, file, url, phase, sentence

export default function ({ data, parentElement, setTriggerValue }) {
  const home = parentElement.querySelector(".kk-photo");
  if (one.code !== data.code) start(data.code, data.there ? "waiting" : "idle");
  let parts = drawn.get(home);
  if (!parts) {
    parts = build(home);
    drawn.set(home, parts);
  }
  parts.data = data;
  parts.tell = setTriggerValue;
  show(parts);
}

function start(code, phase) {
  one.call?.abort();
  if (one.url) URL.revokeObjectURL(one.url);
  one = { code, phase, sentence: "" };
}

function build(home) {
  const make = (name, css = "", inside = home) => {
    const part = document.createElement(name);
    if (css) part.className = css;
    inside.append(part);
    return part;
  };
  const parts = { home, title: make("h3"), hint: make("p", "kk-photo-hint"), picture: make("img") };
  parts.bar = make("progress");
  parts.said = make("p", "kk-photo-said");
  parts.said.setAttribute("role", "status");
  const row = make("div", "kk-photo-row");
  parts.send = make("button", "kk-photo-send", row);
  parts.send.type = "button";
  parts.send.addEventListener("click", () => send(parts));
  parts.take = pick(parts, make("label", "kk-photo-pick kk-photo-take", row), true);
  parts.choose = pick(parts, make("label", "kk-photo-pick", row), false);
  parts.picture.addEventListener("error", () => { parts.picture.hidden = true; });
  parts.bar.max = 1;
  return parts;
}

function pick(parts, label, camera) {
  const input = document.createElement("input"), text = document.createElement("span");
  input.type = "file";
  input.accept = TYPES;
  if (camera) input.setAttribute("capture", "environment");
  input.addEventListener("change", () => {
    if (input.files.length) chosen(parts, input.files[0]);
    input.value = ""; // the same file may be chosen again
  });
  label.append(input, text);
  return { label, text };
}

function chosen(parts, file) {
  start(one.code, "chosen");
  if (file.size > parts.data.most) return failed(parts, parts.data.texts.too_big, false);
  one.file = file;
  one.url = URL.createObjectURL(file);
  show(parts);
  parts.send.focus();
}

function send(parts) {
  if (!one.file || one.phase === "sending") return;
  const mine = one, call = new XMLHttpRequest();
  Object.assign(one, { phase: "sending", sentence: "", sent: 0, call });
  const done = (act) => () => { if (one === mine) act(); };
  call.open("POST", `${parts.data.to || "api/photos"}?lang=${encodeURIComponent(parts.data.lang)}`);
  call.setRequestHeader("x-kiezkarte", "1");
  if (!parts.data.to) call.setRequestHeader("x-receipt", one.code);
  call.timeout = PATIENCE;
  call.upload.onprogress = (progress) => {
    if (one !== mine || !progress.total) return;
    one.sent = progress.loaded / progress.total;
    show(parts);
  };
  call.onerror = call.ontimeout = done(() => failed(parts, parts.data.texts.offline, true));
  call.onload = done(() => answered(parts, call));
  call.send(one.file);
  show(parts);
}

function answered(parts, call) {
  if (call.status < 300) {
    one.phase = "sent";
    one.file = undefined;
    if (parts.data.to) { // of a report there may be more: the page shows those that are there
      start(one.code, "idle");
      parts.tell("sent", Date.now());
    }
    show(parts);
    return;
  }
  let told = {};
  try { told = JSON.parse(call.responseText); } catch { /* an answer of somebody in between */ }
  const later = call.status === 429 || call.status >= 500;
  failed(parts, told.sentence || parts.data.texts.offline, later);
}

function failed(parts, sentence, again) {
  Object.assign(one, { phase: again ? "failed" : "refused", sentence });
  if (!again) one.file = undefined;
  show(parts);
}

function show(parts) {
  const { texts } = parts.data, { phase } = one;
  const write = (part, text) => { if (part.textContent !== text) part.textContent = text; };
  write(parts.title, texts.title);
  write(parts.hint, texts.hint);
  write(parts.said, one.sentence || { sending: texts.sending, sent: texts.sent, waiting: texts.waiting }[phase] || "");
  parts.home.dataset.phase = phase;
  parts.said.hidden = !parts.said.textContent;
  parts.picture.hidden = !one.url || phase === "refused";
  if (one.url && parts.picture.src !== one.url) parts.picture.src = one.url;
  parts.picture.alt = phase === "sent" ? "" : texts.preview;
  parts.bar.hidden = phase !== "sending";
  parts.bar.value = one.sent || 0;
  parts.bar.setAttribute("aria-label", texts.sending);
  parts.send.hidden = !["chosen", "failed"].includes(phase);
  write(parts.send, phase === "failed" ? texts.again : texts.send);
  const fresh = ["idle", "refused"].includes(phase);
  write(parts.take.text, texts.take);
  write(parts.choose.text, fresh ? texts.choose : texts.other);
  parts.take.label.hidden = !fresh;
  parts.choose.label.hidden = phase === "sending";
}
