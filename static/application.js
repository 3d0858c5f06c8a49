// Another step of the form was opened: it begins at its top, also by keyboard and screen reader.
let shown;

export default function ({ data }) {
  const before = shown;
  shown = data.step;
  if (before === undefined || before === shown) return;
  requestAnimationFrame(() => {
    document.querySelector(".st-key-kk-application")?.scrollIntoView({ block: "start" });
    document.querySelector("#kk-step-title")?.focus({ preventScroll: true });
  });
}
