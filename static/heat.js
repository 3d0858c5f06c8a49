// Where most pins are, as a layer of warmth instead of the signs; part of static/map.js.
window.kiezkarteHeat = (given) => {
  "use strict";
  const { map, options, control, ask, layer } = given;
  const RADIUS = 46; // pixels
  // From light to dark through yellow, orange and violet: read by lightness alone, so by everybody.
  const STOPS = [[255, 240, 170], [253, 190, 80], [230, 110, 70], [160, 45, 110], [70, 10, 110]];
  const box = map.getContainer(), say = options.words;
  let shown = false, cells = [];
  map.createPane("heat").style.zIndex = 450; // above the ground, below the signs
  const canvas = L.DomUtil.create("canvas", "kk-heat", map.getPane("heat"));
  const legend = L.DomUtil.create("div", "kk-legend", box);
  canvas.setAttribute("aria-hidden", "true");
  legend.dir = options.dir;
  legend.hidden = canvas.hidden = true;
  for (const [css, text] of [["", say.heat_few], ["kk-scale", ""], ["", say.heat_many]]) {
    const part = L.DomUtil.create("span", css, legend);
    part.textContent = text;
  }
  const button = control(say.heat, toggle);
  button.setAttribute("aria-pressed", "false");

  function toggle() {
    shown = !shown;
    button.setAttribute("aria-pressed", String(shown));
    legend.dir = options.dir;
  legend.hidden = canvas.hidden = !shown;
    box.dataset.heat = shown ? "on" : "off";
    if (!shown) { layer.addTo(map); return; }
    layer.remove();
    load();
  }

  // Cells half as wide as the clusters', as long as a window holds few enough of them.
  async function load(signal) {
    if (!shown) return;
    const zoom = map.getZoom();
    cells = (await ask("pins", map.getBounds().pad(0.05), zoom < 18 ? zoom + 1 : zoom, signal)).cells;
    paint();
  }

  function paint() {
    if (!shown) return;
    const size = map.getSize();
    canvas.width = size.x;
    canvas.height = size.y;
    L.DomUtil.setPosition(canvas, map.containerPointToLayerPoint([0, 0]));
    const pen = canvas.getContext("2d", { willReadFrequently: true });
    const most = Math.max(1, ...cells.map(count));
    for (const cell of cells) warm(pen, map.latLngToContainerPoint([cell[1], cell[0]]), Math.sqrt(count(cell) / most));
    colour(pen, size);
    box.dataset.warm = cells.reduce((sum, cell) => sum + count(cell), 0);
  }

  const count = (cell) => cell[2] + cell[3] + cell[4];

  function warm(pen, at, strength) {
    const round = pen.createRadialGradient(at.x, at.y, 0, at.x, at.y, RADIUS);
    round.addColorStop(0, `rgba(0,0,0,${(0.15 + 0.7 * strength).toFixed(3)})`);
    round.addColorStop(1, "rgba(0,0,0,0)");
    pen.fillStyle = round;
    pen.fillRect(at.x - RADIUS, at.y - RADIUS, 2 * RADIUS, 2 * RADIUS);
  }

  function colour(pen, size) {
    const image = pen.getImageData(0, 0, size.x, size.y), pixels = image.data;
    for (let i = 0; i < pixels.length; i += 4) {
      const heat = pixels[i + 3] / 255;
      if (!heat) continue;
      const step = Math.min(3.999, heat * 4), low = Math.floor(step), part = step - low;
      for (let n = 0; n < 3; n++) pixels[i + n] = STOPS[low][n] + part * (STOPS[low + 1][n] - STOPS[low][n]);
      pixels[i + 3] = Math.min(215, 60 + heat * 260);
    }
    pen.putImageData(image, 0, 0);
  }

  map.on("zoomstart", () => { canvas.style.opacity = 0; });
  map.on("zoomend moveend resize", () => { canvas.style.opacity = 1; paint(); });
  return { load };
};
