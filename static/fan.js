// Pins on one spot, fanned out on the map so that each can be tapped; part of static/map.js.
window.kiezkarteFan = (given) => {
  "use strict";
  const { map, ask, single, send } = given;
  const MOST = 20, ROUND = 8; // more become a list; up to so many stand in a circle
  const LEG = { color: "#22303c", weight: 1.5, opacity: 0.7, interactive: false };
  let shown = null, leaves = L.layerGroup().addTo(map);

  async function open(marker, bounds) {
    if (shown === marker) { close(); return; }
    close();
    const { pins } = await ask("spot", bounds, map.getZoom());
    if (pins.length > MOST) {
      send({ spot: [bounds.getWest(), bounds.getSouth(), bounds.getEast(), bounds.getNorth()] });
      return;
    }
    shown = marker;
    const centre = map.latLngToLayerPoint(marker.getLatLng());
    marker.setOpacity(0.35);
    pins.forEach(([id, number, kind, waiting], n) => {
      const at = map.layerPointToLatLng(centre.add(place(n, pins.length)));
      L.polyline([marker.getLatLng(), at], LEG).addTo(leaves);
      const leaf = single(id, at.lng, at.lat, kind, waiting ? "waiting" : "", 0, number);
      leaf.setZIndexOffset(1500 + n);
      leaf.kkPin = id;
      leaf.addTo(leaves);
    });
    box.dataset.fan = pins.length;
    choose(marks);
    first()?.focus({ preventScroll: true });
  }

  const box = map.getContainer();
  const markers = () => leaves.getLayers().filter((leaf) => leaf.kkPin);
  const first = () => markers()[0]?.getElement();

  // A circle for a few, a spiral for many: neighbours are never nearer than a finger is wide.
  function place(n, all) {
    if (all <= ROUND) {
      const turn = (2 * Math.PI * n) / all - Math.PI / 2, far = Math.max(64, (all * 52) / (2 * Math.PI));
      return L.point(far * Math.cos(turn), far * Math.sin(turn) + 20);
    }
    let turn = 0, far = 58;
    for (let i = 0; i < n; i++) { turn += 52 / far; far += (52 / (2 * Math.PI)) * (52 / far); }
    return L.point(far * Math.cos(turn), far * Math.sin(turn) + 20);
  }

  // True when there was one to close; who came by key goes back to where the fan opened.
  function close() {
    if (!shown) return false;
    const inside = markers().some((leaf) => leaf.getElement() === document.activeElement);
    shown.setOpacity(1);
    if (inside) shown.getElement()?.focus({ preventScroll: true });
    leaves.clearLayers();
    delete box.dataset.fan;
    shown = null;
    return true;
  }

  let marks = [];
  function choose(found) {
    marks = found || [];
    const chosen = new Set(marks.filter((mark) => mark[4] === "chosen").map((mark) => mark[0]));
    for (const leaf of markers()) leaf.getElement()?.classList.toggle("kk-chosen", chosen.has(leaf.kkPin));
  }

  // Arrow keys go round the fan.
  box.addEventListener("keydown", (event) => {
    const step = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
    const all = markers().map((leaf) => leaf.getElement()), here = all.indexOf(document.activeElement);
    if (!step || here < 0) return;
    event.preventDefault();
    event.stopPropagation();
    all[(here + step + all.length) % all.length].focus({ preventScroll: true });
  }, true);
  map.on("zoomstart click", close);
  return { open, close, choose };
};
