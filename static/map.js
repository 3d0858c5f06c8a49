// The map inside st_folium's frame: draws the area, fetches clusters, sends taps. See components/map.
window.kiezkarte = (() => {
  "use strict";
  const ROOT = "../../";
  const COLOURS = { strength: "#17724f", problem: "#b23a1e", idea: "#5a48b0", project: "#0b5d8f", partner: "#7a4a00" };
  // Every kind has a shape and a sign of its own: nobody needs the colour to tell them apart.
  const SHAPES = {
    strength: '<path d="M22 2a16 16 0 0 1 9.5 28.9L22 42l-9.5-11.1A16 16 0 0 1 22 2z"/>',
    problem: '<path d="M22 1 40 31H28l-6 11-6-11H4z" stroke-linejoin="round"/>',
    idea: '<path d="M9 3h26a4 4 0 0 1 4 4v22a4 4 0 0 1-4 4h-8l-5 9-5-9H9a4 4 0 0 1-4-4V7a4 4 0 0 1 4-4z"/>',
    project: '<path d="M12 3h20l8 15-8 15h-5l-5 9-5-9h-5L4 18z" stroke-linejoin="round"/>',
    partner: '<path d="M22 2 39 16v17H27l-5 9-5-9H5V16z" stroke-linejoin="round"/>',
  };
  const SIGNS = {
    strength: '<path d="M22 26.5c-8-5.6-9.6-9-8.3-11.9 1.4-3 5.8-3.2 8.3.5 2.5-3.7 6.9-3.5 8.3-.5 1.3 2.9-.3 6.3-8.3 11.9z" fill="#fff" stroke="none"/>',
    problem: '<path d="M22 11v10" stroke="#fff" stroke-width="4.2" stroke-linecap="round"/><circle cx="22" cy="27" r="2.5" fill="#fff" stroke="none"/>',
    idea: '<path d="M22 8a7.5 7.5 0 0 0-4 13.8V25h8v-3.2A7.5 7.5 0 0 0 22 8zM18.5 28h7" fill="#fff" stroke="#fff" stroke-width="1.5" stroke-linecap="round"/>',
    project: "",
    partner: '<path d="M17 31v-9h10v9" fill="#fff" stroke="none"/>',
  };
  // Proposals: the fund is the shape, without a tail; where they stand is the shade, how much the size.
  const FUNDS = {
    aktionsfonds: '<circle cx="22" cy="22" r="18.5"/>',
    projektfonds: '<path d="M22 1.5 42.5 22 22 42.5 1.5 22z" stroke-linejoin="round"/>',
    baufonds: '<rect x="4" y="4" width="36" height="36" rx="3"/>',
  };
  const SHADES = { // fill, edge, number
    early: ["#e3eef5", "#0b5d8f", "#0b3a5a"], jury: ["#0b5d8f", "#fff", "#fff"],
    granted: ["#17724f", "#fff", "#fff"], over: ["#dcd7cd", "#5a6570", "#22303c"],
  };
  let map, options, zoom, state = {}, layer, marks, draft, timer, abort, fitted, steady = true, last = {}, heard, drawing, fan, heat;

  // A page's own script may hear what is done here; then the server is not asked.
  const send = (what) => (heard ? heard(what) : window.Streamlit.setComponentValue({ n: Date.now(), ...what }));

  function mount(leaflet, given) {
    map = leaflet;
    options = given;
    const [west, south, east, north] = options.box;
    const box = L.latLngBounds([south, west], [north, east]);
    map.getContainer().setAttribute("role", "application");
    map.attributionControl.setPrefix(false).addAttribution(options.attribution);
    map.setMaxBounds(box.pad(0.15));
    map.options.maxBoundsViscosity = 0.8;
    zoom = L.control.zoom().addTo(map);
    marks = L.layerGroup().addTo(map);
    layer = L.layerGroup().addTo(map);
    if (options.keep) keepView();
    if (options.window) windowButton();
    if (options.fan) fan = window.kiezkarteFan({ map, options, ask, single, send });
    if (options.heat) heat = window.kiezkarteHeat({ map, options, control, ask, layer });
    if (options.shape) drawing = window.kiezkarteShape({ map, options, control, send });
    drawGround(box);
    listen();
    const moved = () => { steady = false; };
    for (const act of ["pointerdown", "keydown", "wheel"]) map.getContainer().addEventListener(act, moved, { passive: true });
    new ResizeObserver(() => {
      map.invalidateSize({ pan: steady || options.cross, animate: false });
      if (steady && fitted) fit(fitted); // the frame gets its height after the first drawing
    }).observe(map.getContainer());
    map.getContainer().addEventListener("keydown", (event) => {
      if (event.key === "Escape" && !drawing?.cancel() && !fan?.close()) page()?.dispatchEvent(new KeyboardEvent("keydown", { key: "Escape", bubbles: true }));
    });
  }

  // The view outlives a visit to another page of the same tab, and nothing else.
  function keepView() {
    try {
      const kept = JSON.parse(sessionStorage.getItem("kiezkarte-view") || "null");
      if (kept && L.latLngBounds([[kept[0], kept[1]]]).isValid()) map.setView([kept[0], kept[1]], kept[2], { animate: false });
    } catch { /* a broken note is no view */ }
    map.on("moveend", () => {
      const at = map.getCenter();
      sessionStorage.setItem("kiezkarte-view", JSON.stringify([at.lat, at.lng, map.getZoom()]));
    });
  }

  // Staff may cut the list to what they see; residents' maps have no such button.
  const windowButton = () => control(options.words.window, () => {
    const seen = map.getBounds();
    send({ window: [seen.getWest(), seen.getSouth(), seen.getEast(), seen.getNorth()] });
  });

  // A button upon the map, in the corner where the zoom is not.
  function control(text, act) {
    const button = L.DomUtil.create("button", "kk-button");
    button.type = "button";
    button.textContent = text;
    L.DomEvent.disableClickPropagation(button);
    button.addEventListener("click", act);
    const made = L.control({ position: options.dir === "rtl" ? "topleft" : "topright" });
    made.onAdd = () => button;
    made.addTo(map);
    return button;
  }

  // The office's own tiles, with the boundary that they do not have.
  function layTiles(box) {
    const [lowest, highest] = options.tiles;
    const given = { bounds: box, minNativeZoom: lowest, maxNativeZoom: highest, maxZoom: 19 };
    L.tileLayer(ROOT + "api/map/tiles/{z}/{x}/{y}", given).addTo(map);
    const edge = { color: "#8a5a44", weight: 2, dashArray: "7 5", fill: false, interactive: false };
    L.geoJSON(options.boundary, { style: edge, interactive: false }).addTo(map);
    map.getContainer().dataset.ground = "tiles";
  }

  async function drawGround(box) {
    if (options.tiles) { layTiles(box); return; }
    const answer = await fetch(ROOT + "api/map/base.svg");
    const svg = new DOMParser().parseFromString(await answer.text(), "image/svg+xml").documentElement;
    if (svg.nodeName !== "svg") return;
    svg.setAttribute("aria-hidden", "true");
    L.svgOverlay(svg, box, { interactive: false, className: "kk-ground" }).addTo(map).bringToBack();
    const scale = () => {
      const zoom = Math.round(map.getZoom());
      svg.style.setProperty("--u", 2 ** (17 - zoom)); // one unit is a pixel at zoom 17
      for (let z = 13; z <= 19; z++) svg.classList.toggle("at-" + z, z === zoom);
    };
    map.on("zoomend", scale);
    scale();
    map.getContainer().dataset.ground = "drawn";
  }

  function listen() {
    const box = map.getContainer();
    map.on("click", (event) => (drawing?.on() ? drawing.add(event.latlng) : options.taps && tap(event.latlng)));
    map.on("moveend", () => { clearTimeout(timer); timer = setTimeout(load, 60); });
    map.on("zoomend", stepAside);
    addEventListener("online", load);
    const cross = L.DomUtil.create("div", "kk-cross", box);
    cross.innerHTML = '<svg viewBox="0 0 44 44"><path d="M22 2v40M2 22h40" stroke="#fff" stroke-width="6"/><path d="M22 2v40M2 22h40" stroke="#0b5d8f" stroke-width="3"/></svg>';
    const note = L.DomUtil.create("div", "kk-note", box);
    note.hidden = true;
    note.setAttribute("role", "status");
    speak(options);
    box.addEventListener("keydown", (event) => {
      if (event.target !== box) return;
      box.classList.add("kk-keys");
      if (drawing?.on()) drawing.key(event);
      else if (event.key === "Enter" && options.taps) tap(map.getCenter());
    });
    if (options.cross) box.classList.add("kk-aim");
    box.addEventListener("pointerdown", () => box.classList.remove("kk-keys"));
  }

  // All that the map says; the page's own script may change the language under way.
  function speak(given) {
    Object.assign(options, given);
    const box = map.getContainer();
    document.documentElement.lang = options.lang;
    box.setAttribute("aria-label", options.taps ? options.words.label : options.words.look);
    box.querySelector(".kk-note").textContent = options.words.offline;
    zoom.setPosition(options.dir === "rtl" ? "topright" : "topleft");
    for (const [name, text] of [["in", options.words.zoom_in], ["out", options.words.zoom_out]]) {
      const button = box.querySelector(".leaflet-control-zoom-" + name);
      button.title = text;
      button.setAttribute("aria-label", text);
    }
  }

  // Under a fixed cross the map moves, not the place.
  function tap(at) {
    if (options.cross) { map.panTo(at); heard?.({ tap: [at.lng, at.lat] }); return; }
    showDraft(at);
    send({ tap: [at.lng, at.lat] });
  }

  function showDraft(at) {
    if (draft) { draft.setLatLng(at); return; }
    const icon = L.divIcon({
      className: "kk-draft", iconSize: [52, 60], iconAnchor: [26, 58],
      html: '<svg viewBox="0 0 52 60" width="52" height="60"><path d="M26 2a22 22 0 0 1 22 22c0 15-22 34-22 34S4 39 4 24A22 22 0 0 1 26 2z" fill="#ffd34d" stroke="#22303c" stroke-width="2.5"/><path d="M26 14v20M16 24h20" stroke="#22303c" stroke-width="4.5" stroke-linecap="round"/></svg>',
    });
    draft = L.marker(at, { icon, draggable: options.taps, keyboard: false, alt: options.words.draft, zIndexOffset: 2000 }).addTo(map);
    draft.on("dragend", () => tap(draft.getLatLng()));
  }

  function update(given) {
    const before = state;
    state = given;
    if (state.draft) showDraft([state.draft[1], state.draft[0]]);
    else if (draft) { draft.remove(); draft = null; }
    if (JSON.stringify(before.marks) !== JSON.stringify(state.marks)) drawMarks();
    if (JSON.stringify(before.squares) !== JSON.stringify(state.squares)) drawSquares();
    if (JSON.stringify(before.path) !== JSON.stringify(state.path)) drawPath();
    if (state.go && JSON.stringify(before.go) !== JSON.stringify(state.go)) {
      fitted = null;
      map.setView([state.go[1], state.go[0]], Math.max(map.getZoom(), 17));
    }
    if (state.fit && JSON.stringify(before.fit) !== JSON.stringify(state.fit)) {
      steady = true;
      fitted = state.fit;
      fit(fitted);
    }
    if (before.heard !== state.heard || JSON.stringify(before.shape) !== JSON.stringify(state.shape)) drawing?.show(state.shape || []);
    if (state.seen && JSON.stringify(before.seen) !== JSON.stringify(state.seen)) reach(state.seen);
    fan?.choose(state.marks);
    if (before.query !== state.query || before.scope !== state.scope || before.revision !== state.revision) load();
  }

  const page = () => window.frameElement?.ownerDocument;

  // The page's sheet lies upon the map: move the begun place out from under it, if there is room.
  function uncover(sheet) {
    const frame = window.frameElement?.getBoundingClientRect();
    if (!draft || !frame) return;
    const at = map.latLngToContainerPoint(draft.getLatLng()), x = at.x + frame.left, y = at.y + frame.top, room = 70;
    if (x < sheet.left - 30 || x > sheet.right + 30 || y < sheet.top - 8 || y - 60 > sheet.bottom) return;
    const left = sheet.left - frame.left, right = frame.right - sheet.right, above = sheet.top - frame.top;
    if (Math.max(left, right) > 2 * room) map.panBy([at.x - (left > right ? left / 2 : frame.width - right / 2), 0]);
    else if (above > room) map.panBy([0, at.y - Math.min(above - 10, above / 2 + 30)]);
  }

  // A mark stands above its place: more room at the top.
  const fit = ([west, south, east, north]) =>
    map.fitBounds([[south, west], [north, east]], { paddingTopLeft: [44, 66], paddingBottomRight: [44, 26], maxZoom: 18, animate: false });

  // Squares in two levels, the fainter one with a broken edge; a number links one to the page's list.
  let squares;
  function drawSquares() {
    squares?.remove();
    squares = L.featureGroup().addTo(map);
    for (const [west, south, east, north, level, number] of state.squares || []) {
      const strong = level > 1;
      const look = { color: "#7a1f5c", weight: 2, dashArray: strong ? null : "6 5", fillOpacity: strong ? 0.4 : 0.16, interactive: false };
      L.rectangle([[south, west], [north, east]], look).addTo(squares);
      if (!number) continue;
      const icon = L.divIcon({ className: "kk-square", iconSize: [30, 30], html: `<span>${Number(number)}</span>` });
      L.marker([(south + north) / 2, (west + east) / 2], { icon, interactive: false, keyboard: false, alt: "" }).addTo(squares);
    }
    map.getContainer().dataset.squares = (state.squares || []).length;
  }

  // The way past the marks.
  let path;
  function drawPath() {
    path?.remove();
    const way = (state.path || []).map(([lon, lat]) => [lat, lon]);
    path = L.polyline(way, { color: "#0b5d8f", weight: 3, opacity: 0.75, dashArray: "2 8", lineCap: "round", interactive: false }).addTo(map);
    map.getContainer().dataset.path = way.length;
  }

  function proposal(id, lon, lat, fund, look, number, size, shade) {
    const [fill, edge, ink] = SHADES[shade] || SHADES.early;
    const dash = shade === "early" ? ' stroke-dasharray="6 4"' : "";
    const ring = shade === "granted" ? `<g transform="translate(4.4 4.4) scale(.8)" fill="none" stroke="#fff" stroke-width="2">${FUNDS[fund]}</g>` : "";
    const html = `<svg viewBox="0 0 44 44" width="${Number(size)}" height="${Number(size)}" fill="${fill}" stroke="${edge}" stroke-width="2.5"><g${dash}>${FUNDS[fund]}</g>${ring}` +
      `<text x="22" y="${22 + 5.4}" text-anchor="middle" font-size="${Math.max(9, Math.min(15, 660 / size))}" font-weight="700" fill="${ink}" stroke="none">${Number(number)}</text></svg>`;
    const icon = L.divIcon({ className: "kk-pin kk-fund kk-" + (look || "plain"), iconSize: [size, size], html });
    const label = `${options.kinds[fund]} ${Number(number)}`;
    const marker = L.marker([lat, lon], { icon, alt: label, title: label, zIndexOffset: look === "chosen" ? 1000 : 200 - size });
    beside.push({ marker, at: marker.getLatLng(), across: size, stays: look === "chosen" });
    return pressable(marker, label, () => send({ pick: id }));
  }

  // Proposals that would cover each other step aside, as far as the zoom makes it needed.
  let beside = [];
  function stepAside() {
    const spots = beside.map((one) => ({ ...one, p: map.latLngToLayerPoint(one.at) }));
    for (let round = 0, crowded = true; crowded && round < 60; round++) {
      crowded = false;
      for (const [n, a] of spots.entries()) for (const b of spots.slice(n + 1)) {
        const dx = b.p.x - a.p.x, dy = b.p.y - a.p.y, far = Math.hypot(dx, dy), gap = (a.across + b.across) * 0.47 - far;
        if (gap < 1 || (a.stays && b.stays)) continue;
        crowded = true;
        const way = far > 1 ? L.point(dx / far, dy / far) : L.point(Math.cos(n * 2.4), Math.sin(n * 2.4));
        const share = a.stays ? 0 : b.stays ? 1 : 0.5;
        a.p = a.p.subtract(way.multiplyBy(gap * share));
        b.p = b.p.add(way.multiplyBy(gap * (1 - share)));
      }
    }
    for (const { marker, p } of spots) marker.setLatLng(map.layerPointToLatLng(p));
  }

  function drawMarks() {
    marks.clearLayers();
    beside = [];
    for (const mark of state.marks) (FUNDS[mark[3]] ? proposal : single)(...mark).addTo(marks);
    stepAside();
    map.getContainer().dataset.marks = state.marks.length;
  }

  // Move only as far as it takes to see a place: who has it in view keeps the view.
  function reach([lon, lat]) {
    fitted = null;
    if (!map.getBounds().pad(-0.06).contains([lat, lon])) map.panTo([lat, lon]);
  }

  // The pins of a window under the filter, as clusters (`pins`) or one by one (`spot`).
  async function ask(what, bounds, zoom, signal) {
    const box = [bounds.getWest(), bounds.getSouth(), bounds.getEast(), bounds.getNorth()].map((edge) => edge.toFixed(6));
    const answer = await fetch(`${ROOT}api/map/${what}?view=${box}&z=${zoom}&scope=${state.scope}&${state.query}`, { signal, headers: {} });
    if (!answer.ok) throw Object.assign(new Error(String(answer.status)), { after: Number(answer.headers.get("retry-after")) });
    return answer.json();
  }

  async function load() {
    if (!state.scope || state.scope === "none") return;
    abort?.abort();
    abort = new AbortController();
    try {
      const { signal } = abort;
      draw(apart((await ask("pins", map.getBounds().pad(0.05), map.getZoom(), signal)).cells));
      await heat?.load(signal);
      note(false);
    } catch (error) {
      if (error.name === "AbortError") return;
      note(true);
      clearTimeout(timer); // not all of a room at the same moment
      timer = setTimeout(load, 1000 * (error.after || 3) * (1 + Math.random() / 2));
    }
  }

  const note = (shown) => { map.getContainer().querySelector(".kk-note").hidden = !shown; };

  // Neighbouring cells may have their middles close together: what would overlap becomes one.
  function apart(cells) {
    const near = map.getZoom() < 19 ? 40 : fan ? 26 : 0, kept = [];
    for (const cell of cells.sort((a, b) => b[2] + b[3] + b[4] - a[2] - a[3] - a[4] || a[0] - b[0])) {
      const at = map.project([cell[1], cell[0]]);
      const home = near && kept.find((one) => Math.abs(one.at.x - at.x) < near && Math.abs(one.at.y - at.y) < near);
      if (!home) { kept.push({ at, cell }); continue; }
      const n = cell[2] + cell[3] + cell[4], m = home.cell[2] + home.cell[3] + home.cell[4];
      const middle = (i) => (home.cell[i] * m + cell[i] * n) / (m + n);
      const reach = 1 + Math.max(home.cell[7] || 0, Math.abs(home.at.x - at.x), Math.abs(home.at.y - at.y));
      home.cell = [middle(0), middle(1), home.cell[2] + cell[2], home.cell[3] + cell[3], home.cell[4] + cell[4], 0, home.cell[6] & cell[6], Math.ceil(reach)];
    }
    return kept.map((one) => one.cell);
  }

  // What stays where it was keeps its element, so that focus and pointer are not lost.
  function draw(cells) {
    const next = {};
    for (const cell of cells) {
      const name = cell.join();
      next[name] = last[name] || made(cell).addTo(layer);
      delete last[name];
    }
    for (const gone of Object.values(last)) layer.removeLayer(gone);
    last = next;
    map.getContainer().dataset.cells = cells.length;
    map.getContainer().dataset.pins = cells.reduce((sum, cell) => sum + cell[2] + cell[3] + cell[4], 0);
  }

  function made([lon, lat, strengths, problems, ideas, id, waiting, reach = 0]) {
    if (id) {
      const kind = strengths ? "strength" : problems ? "problem" : "idea";
      return single(id, lon, lat, kind, waiting ? "waiting" : "", 0);
    }
    return cluster(lon, lat, [["strength", strengths], ["problem", problems], ["idea", ideas]], reach);
  }

  function single(id, lon, lat, shape, look, number, named = 0) {
    const sign = number ? `<text x="22" y="24" text-anchor="middle" font-size="15" font-weight="700" fill="#fff" stroke="none">${Number(number)}</text>` : SIGNS[shape];
    const dash = look === "waiting" ? ' stroke-dasharray="5 3"' : "";
    const icon = L.divIcon({
      className: "kk-pin kk-" + (look || "plain"), iconSize: [44, 44], iconAnchor: [22, 42],
      html: `<svg viewBox="0 0 44 44" width="44" height="44" fill="${COLOURS[shape]}" stroke="#fff" stroke-width="2.5"${dash}>${SHAPES[shape]}${sign}</svg>`,
    });
    const label = (options.kinds[shape] || options.words.label) + (number || named ? " " + Number(number || named) : "");
    const marker = L.marker([lat, lon], { icon, alt: label, title: label, zIndexOffset: look === "chosen" ? 1000 : 0 });
    return pressable(marker, label, () => send({ pick: id }));
  }

  function cluster(lon, lat, parts, reach) {
    const all = parts.reduce((sum, [, n]) => sum + n, 0);
    const size = Math.min(72, 44 + 7 * Math.log10(all));
    const icon = L.divIcon({ className: "kk-cluster", iconSize: [size, size], html: ring(size, parts, all) });
    const label = options.words.cluster.replace("{n}", all) + ": " + parts.filter(([, n]) => n).map(([kind, n]) => `${options.kinds[kind]} ${n}`).join(", ");
    const marker = L.marker([lat, lon], { icon, alt: label, title: label, zIndexOffset: 500 });
    return pressable(marker, label, () => open(lon, lat, marker, reach));
  }

  function ring(size, parts, all) {
    const middle = size / 2, radius = middle - 5, round = 2 * Math.PI * radius;
    let turned = 0;
    const arcs = parts.filter(([, n]) => n).map(([kind, n]) => {
      const long = (n / all) * round;
      const arc = `<circle cx="${middle}" cy="${middle}" r="${radius}" fill="none" stroke="${COLOURS[kind]}" stroke-width="7" stroke-dasharray="${long.toFixed(1)} ${round.toFixed(1)}" stroke-dashoffset="${(-turned).toFixed(1)}" transform="rotate(-90 ${middle} ${middle})"/>`;
      turned += long;
      return arc;
    });
    return `<svg width="${size}" height="${size}"><circle cx="${middle}" cy="${middle}" r="${middle - 1}" fill="#fff"/>${arcs.join("")}<text x="${middle}" y="${middle + 5.5}" text-anchor="middle" font-size="${all > 9999 ? 13 : 16}" font-weight="700" fill="#22303c">${all}</text></svg>`;
  }

  // What lies so close that no zoom takes it apart fans out, or stands in a list.
  function open(lon, lat, marker, reach) {
    if (map.getZoom() < 19) { map.setView([lat, lon], Math.min(19, map.getZoom() + 2)); return; }
    const at = map.latLngToContainerPoint([lat, lon]), far = 12 + reach;
    const nw = map.containerPointToLatLng(at.subtract([far, far])), se = map.containerPointToLatLng(at.add([far, far]));
    if (fan) fan.open(marker, L.latLngBounds(nw, se));
    else send({ spot: [nw.lng, se.lat, se.lng, nw.lat] });
  }

  function pressable(marker, label, act) {
    marker.on("click", act);
    marker.on("add", () => {
      const element = marker.getElement();
      element.setAttribute("aria-label", label);
      element.addEventListener("keydown", (event) => {
        if (event.key === "Enter" || event.key === " ") { event.preventDefault(); event.stopPropagation(); act(); }
      });
    });
    return marker;
  }

  // What a page's own script may do: hear events, set the single marks, move there.
  const hear = (listener) => { heard = listener; };
  const mark = (list) => { state = { ...state, marks: list }; drawMarks(); };
  const home = ([lon, lat], zoom) => { fitted = null; steady = true; map.setView([lat, lon], zoom, { animate: false }); };
  const go = ([lon, lat], zoom = 17) => { fitted = null; map.setView([lat, lon], Math.max(map.getZoom(), zoom)); };

  return { mount, update, uncover, hear, mark, go, home, speak, state: () => ({ zoom: map.getZoom(), centre: map.getCenter(), draft: !!draft }) };
})();
