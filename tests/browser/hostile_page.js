() => {
  // What no text of ours says, but Markdown would make of the hostile ones
  const made = new Set(["fett", "schräg", "weg", "code", "Klick", "js", "hier", "Punkt", "Zitat", "rot", "Bild"]);
  const never = new Set(["base", "object", "embed", "marquee", "math", "video", "audio", "frame", "applet", "keygen"]);
  const formatted = "strong, em, del, s, b, i, a, li, blockquote, td, h1, h2, h3, code";
  const addresses = ["src", "href", "action", "data", "formaction", "xlink:href", "srcset", "poster"];
  const faults = new Set();
  let text = "";
  const tell = (what, e) => faults.add(`${what}: ${e.outerHTML.slice(0, 160)}`);
  const own = (url) => /^(data:image|data:font|blob:|about:)/.test(url) || new URL(url, location.href).origin === location.origin;

  const checkAddress = (e, name, value) => {
    if (/^\s*(javascript|vbscript|data:text):?/i.test(value)) tell("script address", e);
    // A link to elsewhere and a letter are ours when we wrote where they go
    const goes = e.localName === "a" && !/^[^?]*evil\.example/.test(value) && /^(https:|mailto:(\?|$))/.test(value);
    if (!goes && !own(value)) tell("foreign", e);
  };
  const checkElement = (e) => {
    if (never.has(e.localName) || e.matches(".katex, [data-testid=stMarkdownColoredText]")) tell("element", e);
    if (e.localName === "meta" && e.httpEquiv === "refresh") tell("element", e);
    if (e.localName === "style" && /evil\.example|\* \{display/.test(e.textContent)) tell("style", e);
    if (e.matches(formatted) && made.has(e.textContent.trim())) tell("formatted", e);
    for (const { name, value } of e.attributes) {
      if (/^on/i.test(name)) tell("handler", e);
      if (addresses.includes(name.toLowerCase()) && value) checkAddress(e, name, value);
    }
  };
  // How wide a text is drawn, against the nearest box that would hide the rest of it
  const checkWidth = (node, e) => {
    const range = document.createRange();
    range.selectNodeContents(node);
    const box = range.getBoundingClientRect();
    if (box.width < 2 || box.height < 2) return;
    for (let up = e; up && up !== document.body; up = up.parentElement) {
      const style = getComputedStyle(up);
      if (style.visibility === "hidden" || style.position === "fixed" || style.textOverflow === "ellipsis") return;
      if (style.clipPath !== "none" || /auto|scroll/.test(style.overflowX)) return;
      if (style.overflowX === "visible") continue;
      const edge = up.getBoundingClientRect();
      if (edge.width > 4 && (box.right > edge.right + 2 || box.left < edge.left - 2)) tell("cut", e);
      return;
    }
  };
  // In a line that runs from the left, what follows Arabic must still follow it: a number is first to jump
  const checkOrder = (node, e) => {
    const found = /([\u0590-\u08ff])[^\p{L}\d\u2066-\u2069]*(\d)/u.exec(node.data);
    if (!found || getComputedStyle(e).direction !== "ltr" || getComputedStyle(e).unicodeBidi === "plaintext") return;
    const ahead = node.data.slice(0, found.index);
    if (ahead.split(/[\u2066-\u2068]/).length > ahead.split("\u2069").length) return; // inside what is set apart
    const at = (index) => {
      const range = document.createRange();
      range.setStart(node, index);
      range.setEnd(node, index + 1);
      return range.getBoundingClientRect();
    };
    const before = at(found.index), after = at(found.index + found[0].length - 1);
    if (before.width && before.top === after.top && after.left < before.left) tell("turned round", e);
  };
  const look = (root) => {
    for (const e of root.querySelectorAll("*")) {
      checkElement(e);
      if ("value" in e && typeof e.value === "string") text += ` ${e.value}`;
      if (e.shadowRoot) look(e.shadowRoot);
      if (/^(script|style|textarea|title|option)$/.test(e.localName) || e.closest("svg")) continue;
      for (const node of e.childNodes)
        if (node.nodeType === Node.TEXT_NODE && node.data.trim()) {
          text += node.data;
          checkWidth(node, e);
          checkOrder(node, e);
        }
    }
  };
  look(document);
  if (/49 x{9}|49 <%= 49/.test(text)) faults.add("a template was filled in");
  const wide = (e) => e.clientWidth > 0 && getComputedStyle(e).overflowX !== "visible" && e.scrollWidth > e.clientWidth + 16; // a scrollbar's width
  for (const e of document.querySelectorAll("[data-testid=stMain], [data-testid=stVerticalBlock]"))
    if (wide(e)) faults.add(`${e.className} is ${e.scrollWidth} wide in ${e.clientWidth}`);
  if (document.documentElement.scrollWidth > innerWidth) faults.add(`the page is ${document.documentElement.scrollWidth} wide`);
  return { faults: [...faults].slice(0, 12), text };
};
