// Drawing a shape on the map: corners by taps, or by keys at the cross; part of static/map.js.
// With `shape: "line"` it stays open: a path, two corners or more.
window.kiezkarteShape = (given) => {
  "use strict";
  const { map, options, control, send } = given;
  const MOST = 60, NEAR = 22; // corners; pixels that are still the same corner
  const LINE = { color: "#8a1f5c", weight: 3.5, fillColor: "#8a1f5c", fillOpacity: 0.1, interactive: false };
  const say = options.words, box = map.getContainer(), open = options.shape === "line", FEWEST = open ? 2 : 3;
  let corners = null, ring, handles = L.layerGroup().addTo(map);
  const start = control(say.shape, () => (corners ? close() : begin()));
  const stop = control(say.shape_cancel, () => { cancel(); start.focus(); });
  const hint = L.DomUtil.create("div", "kk-hint", box);
  hint.setAttribute("role", "status");
  hint.dir = options.dir;
  stop.hidden = hint.hidden = true;
  start.classList.add("kk-shape-button");

  const on = () => corners !== null;
  const near = (a, b) => map.latLngToContainerPoint(a).distanceTo(map.latLngToContainerPoint(b)) <= NEAR;

  function begin() {
    corners = [];
    paint([]);
    mode(true);
    box.focus({ preventScroll: true });
  }

  function mode(drawing) {
    box.classList.toggle("kk-drawing", drawing);
    map.doubleClickZoom[drawing ? "disable" : "enable"]();
    stop.hidden = hint.hidden = !drawing;
    start.textContent = drawing ? say.shape_done : say.shape;
    tell();
  }

  // Who has a mouse has keys as well.
  const tell = () => {
    const how = matchMedia("(hover: hover)").matches ? `${say.shape_how} ${say.shape_keys}` : say.shape_how;
    hint.textContent = corners?.length ? say.shape_corners.replace("{n}", corners.length) : how;
  };

  // The first corner once more closes the shape; the last one once more is a finger that trembled.
  function add(at) {
    if (!open && corners.length > 2 && near(at, corners[0])) { close(); return; }
    if (corners.length && near(at, corners[corners.length - 1])) { if (open && corners.length >= FEWEST) close(); return; }
    corners.push(at);
    paint(corners);
    tell();
    if (corners.length === MOST) close();
  }

  function key(event) {
    if (event.key === "Enter") { event.preventDefault(); add(map.getCenter()); }
    if (event.key === "Backspace") { event.preventDefault(); corners.pop(); paint(corners); tell(); }
  }

  function close() {
    if (corners.length < FEWEST) { cancel(); return; }
    const found = corners.map((at) => [at.lng, at.lat].map((edge) => Number(edge.toFixed(5))));
    end();
    show(found);
    send(open ? { line: found } : { shape: found });
  }

  // True when there was something to cancel.
  function cancel() {
    if (!on()) return false;
    end();
    show(shown);
    return true;
  }

  function end() {
    corners = null;
    handles.clearLayers();
    mode(false);
  }

  let shown = [];
  function show(places) {
    shown = places;
    box.dataset.shape = places.length;
    if (!on()) paint(places.map(([lon, lat]) => L.latLng(lat, lon)));
  }

  function paint(places) {
    ring?.remove();
    handles.clearLayers();
    ring = places.length ? (open || (on() && places.length < 3) ? L.polyline(places, LINE) : L.polygon(places, LINE)).addTo(map) : null;
    if (on()) places.forEach((at, n) => L.marker(at, { icon: handle(n), keyboard: false, interactive: false }).addTo(handles));
  }

  const handle = (n) => L.divIcon({ className: "kk-corner" + (n ? "" : " kk-first"), iconSize: n ? [18, 18] : [30, 30] });

  return { on, add, key, cancel, show };
};
