// One button that copies a text. Over plain HTTP a browser has no clipboard for scripts: then the
// text stands there, marked, to be copied by hand. The text is only ever a value, never markup.
export default function ({ data, parentElement }) {
  const home = parentElement.querySelector(".kk-copy");
  home.replaceChildren();
  const made = (tag, css) => {
    const part = document.createElement(tag);
    part.className = css;
    home.append(part);
    return part;
  };
  const button = made("button", "kk-copy-button");
  button.type = "button";
  button.textContent = data.texts.copy;
  const said = made("p", "kk-copy-said");
  said.setAttribute("role", "status");
  button.addEventListener("click", async () => {
    said.textContent = "";
    home.querySelector("textarea")?.remove();
    try {
      await navigator.clipboard.writeText(text());
      said.textContent = data.texts.copied;
    } catch {
      byHand();
    }
  });

  // What is being written in the form around the button counts, also before it is saved
  function text() {
    const fields = home.closest('[data-testid="stForm"]')?.querySelectorAll("textarea") || [];
    const written = [...fields].find((one) => one.getAttribute("aria-label") === data.texts.label && !one.readOnly);
    return written ? written.value : data.text;
  }

  function byHand() {
    const field = made("textarea", "kk-copy-text");
    field.readOnly = true;
    field.rows = 10;
    field.lang = "de";
    field.dir = "auto";
    field.setAttribute("aria-label", data.texts.label);
    field.value = text();
    field.focus();
    field.select();
    let done = false;
    try { done = document.execCommand("copy"); } catch { /* it is marked */ }
    said.textContent = done ? data.texts.copied : data.texts.copy_by_hand;
  }
}
