// Who leads a sitting: the agenda, who is here, one item after the other, the vote and its result.
// Everything is decided by the server; this draws what it says, once a second, and says what is done.
const CHOICES = ["yes", "no", "abstain"];
// How can be voted: on devices or counted by who leads, openly or secretly.
const WAYS = { open: ["devices", false], secret: ["devices", true], hands: ["hands", false], paper: ["paper", true] };
// What outlives a new run of the page: the item that is looked at, votes counted, how to vote, an order.
const HELD = (window.kiezkarteSitting ||= {});

export default function ({ data, parentElement }) {
  const { texts } = data;
  if (HELD.id !== data.id) Object.assign(HELD, { id: data.id, looked: "", last: "", hands: {}, how: "", order: null, among: null });
  let news = null, busy = Promise.resolve(), heard = "";
  const part = {
    title: el("h1", { dir: "auto" }), place: el("p", { class: "ks-soft" }), state: el("div", { class: "ks-state" }),
    trouble: el("p", { class: "ks-trouble", role: "status", hidden: true }), toast: el("p", { class: "ks-toast", role: "alert", hidden: true }),
    tools: el("div", { class: "ks-row" }), agenda: el("nav", { class: "ks-card", "aria-label": texts.agenda }), pots: el("section", { class: "ks-card ks-pots", "aria-label": texts.pots }),
    main: el("section", { class: "ks-card ks-main", "aria-label": texts.now }), people: el("section", { class: "ks-card ks-people", "aria-label": texts.people }),
    said: el("p", { class: "kk-unseen", role: "status" }), dialog: el("dialog", { class: "ks-dialog" }),
  };
  parentElement.querySelector(".ks")?.remove();
  const root = el("div", { class: "ks ks-lead-room", lang: data.html_lang, dir: data.dir },
    el("header", { class: "ks-head" }, el("div", { class: "ks-titles" }, part.title, part.place, part.state), part.tools),
    el("div", { class: "ks-news" }, part.trouble, part.toast), el("div", { class: "ks-side" }, part.agenda, part.pots), part.main, part.people, part.said, part.dialog);
  parentElement.append(root);
  const link = listening(data, take, trouble);
  const turned = () => news && tools();
  document.addEventListener("fullscreenchange", turned);

  // --- news and acts ---

  function take(told) {
    const before = news;
    news = told;
    if (before && before.item?.id !== told.item?.id) HELD.looked = "";
    if (told.item) HELD.last = told.item.id;
    if (before && before.result?.text !== told.result?.text && told.result) say(told.result.text);
    draw();
  }

  function trouble(sentence) {
    write(part.trouble, sentence);
    part.trouble.hidden = !sentence;
  }

  function toast(text) {
    write(part.toast, text);
    part.toast.hidden = !text;
    if (text) part.toast.scrollIntoView({ block: "nearest" });
  }

  // One act after the other: each says what was last seen of the sitting. True when it was done.
  function act(name, body = {}) {
    const turn = busy.then(async () => {
      const [status, told] = await ask(data, name, { seen: news.seen, ...body });
      if (status === 200 && told.seen) news.seen = told.seen;
      toast(status === 200 ? "" : told.sentence || texts.offline);
      await link.once();
      return status === 200;
    });
    busy = turn.catch(() => false);
    return turn;
  }

  function say(text) { if (text !== heard) write(part.said, (heard = text)); }

  // --- drawing ---

  const chosen = () => news.items.find((one) => one.id === HELD.looked) || news.items.find((one) => one.id === (news.item?.id || HELD.last));

  function draw() {
    if (!news) return;
    write(part.title, news.title);
    drawn(part.place, [news.body, news.when, news.place], facts);
    root.dataset.state = news.state;
    tools();
    drawn(part.state, [news.state, news.presence], presence);
    drawn(part.agenda, [news.items, news.item?.id, chosen()?.id, news.state], agenda);
    drawn(part.pots, news.pots, pots);
    part.pots.hidden = !news.pots.length;
    drawn(part.people, [news.members, news.state, news.item?.kind, !!news.vote || !!news.result], people);
    drawMain();
  }

  const drawMain = () => drawn(part.main, [news.state, chosen(), news.item, news.vote, news.presence, news.ranking, HELD.hands, HELD.how, HELD.order, HELD.among], main);

  function tools() {
    drawn(part.tools, [news.state, !!document.fullscreenElement, news.me?.id], ([state, full]) => [
      data.back && el("a", { class: "ks-button ks-quiet", href: data.back, target: "_self", text: texts.list }),
      data.own && el("a", { class: "ks-button", href: data.own, target: "_self", text: texts.mine }),
      document.fullscreenEnabled && button(full ? texts["full.end"] : texts.full, () => (full ? document.exitFullscreen() : root.requestFullscreen().catch(() => {})), { class: "ks-button ks-quiet", "data-key": "full" }),
      state === "open" && button(texts.close, close, { "data-key": "close" }),
      state === "closed" && button(texts.reopen, reopen, { "data-key": "reopen" }),
    ]);
  }

  const presence = ([state, told]) => state === "open" || state === "closed"
    ? [el("p", { class: told.quorate ? "ks-presence" : "ks-presence ks-short", role: "status", text: told.text })] : [];

  function pots(all) {
    return [el("h2", { text: texts.pots }), ...all.map((one) => el("p", { text: one }))];
  }

  function agenda([items, now, shown]) {
    return [el("h2", { text: texts.agenda }), el("ol", { class: "ks-agenda" }, ...items.map((one, n) => el("li", {},
      el("button", { type: "button", class: "ks-entry", "data-key": `item-${one.id}`, "aria-pressed": String(one.id === shown), "aria-current": one.id === now ? "step" : undefined, onclick: () => look(one.id) },
        el("span", { class: "ks-no-of", text: `${n + 1}.` }), theirs("span", one.title, { class: "ks-name" }),
        el("span", { class: "ks-under" }, one.sum && el("span", { text: one.sum }), one.chip && el("span", { class: `ks-chip ks-is-${one.state}`, text: one.chip }))))))];
  }

  function look(id) {
    HELD.looked = id;
    draw();
    part.main.scrollIntoView({ block: "nearest" });
  }

  function people([members, state, kind, fixed]) {
    const open = state === "open";
    return [el("h2", { text: texts.people }), open && el("p", { class: "ks-soft", text: texts["people.hint"] }), el("div", { class: "ks-choices" }, ...members.map((one) => el("div", { class: "ks-line" },
      el("button", { type: "button", class: "ks-who", "data-key": `who-${one.id}`, "aria-pressed": String(one.here), disabled: !open, onclick: () => act(one.here ? "leave" : "come", { member: one.id }) },
        el("span", { class: "ks-name" }, theirs("span", one.name), el("small", { text: one.part }))),
      open && kind === "project" && one.here && button(texts.befangen, () => (one.aside ? act("unrecuse", { member: one.id, item: news.item.id }) : aside(one)),
        { class: "ks-button ks-aside", "data-key": `aside-${one.id}`, "aria-pressed": String(one.aside), "aria-label": `${texts.befangen}: ${one.name}`, disabled: fixed }))))];
  }

  function aside(one) {
    const { id } = news.item;
    open(texts["aside.who"].replace("{name}", one.name), reasons(texts, (reason) => { part.dialog.close(); act("recuse", { member: one.id, item: id, reason }); }));
  }

  // --- the item ---

  function main([state, one]) {
    if (state === "planned" || state === "papers") return [el("h2", { text: texts["open.title"] }), el("p", { class: "ks-lead", text: texts["open.hint"] }), button(texts.open, () => act("open"), { class: "ks-button ks-strong ks-big", "data-key": "open" })];
    if (!one) return [el("p", { class: "ks-lead", text: state === "closed" ? texts.over : texts.choose }), state === "open" && next()];
    const current = one.id === (news.item?.id || HELD.last);
    return [
      theirs("h2", one.title),
      one.sum && el("p", { class: "ks-sum" }, el("strong", { text: one.sum }), one.asked ? el("span", { text: one.asked }) : ""),
      one.bound && theirs("p", one.bound, { class: "ks-note" }),
      one.facts?.length && el("dl", { class: "ks-facts" }, ...one.facts.flatMap(([name, value]) => [el("dt", { text: name }), theirs("dd", value)])),
      one.read && el("a", { class: "ks-button ks-quiet", href: one.read, target: "_blank", rel: "noopener", text: texts.read }),
      one.result && el("div", {}, el("p", { class: "ks-result", text: one.result.text }), el("p", { class: "ks-soft", text: one.result.rule })),
      one.done && one.chip && el("p", {}, el("span", { class: `ks-chip ks-is-${one.state}`, text: one.chip })),
      one.decided && theirs("p", one.decided, { class: "ks-lead" }),
      ...(current && state === "open" && !(one.done && !one.final && one.kind === "project") ? working(one) : state === "open" && !one.final ? [button(texts.begin, () => act("begin", { item: one.id }), { class: "ks-button ks-strong ks-big", "data-key": "begin", disabled: !!news.vote })] : []),
    ];
  }

  function working(one) {
    if (news.vote) return voting(news.vote);
    if (one.done && (one.final || one.kind !== "talk")) return [next()];
    if (one.kind === "ranking") return ranking(one);
    if (one.result?.tie) return tied(one);
    if (one.result) return deciding(one);
    const talk = one.kind === "talk";
    return [talk && next(), one.void && el("p", { class: "ks-note", text: one.void }), ...toVote(one, !talk), !talk && more(one)];
  }

  // The next item that is still open, one tap away.
  function next() {
    const rest = news.items.find((one) => !one.done && one.id !== news.item?.id);
    return rest ? button(texts.next.replace("{title}", rest.title), () => act("begin", { item: rest.id }), { class: "ks-button ks-strong ks-big", "data-key": "next" })
      : el("p", { class: "ks-lead", text: texts.all_done });
  }

  // --- the vote ---

  function toVote(one, strong = true) {
    const ways = Object.keys(WAYS).filter((one) => news.secret === "allowed" || WAYS[one][1] === (news.secret === "required"));
    const how = ways.includes(HELD.how) ? HELD.how : ways[0], [way, secret] = WAYS[how];
    return [
      el("p", { class: "ks-needed", text: one.needed }),
      one.short && el("p", { class: "ks-note", text: one.short }),
      el("fieldset", { class: "ks-either" }, el("legend", { text: texts.how }), ...ways.map((one) =>
        button(texts[`how.${one}`], () => { HELD.how = one; drawMain(); }, { "aria-pressed": String(one === how), "data-key": `how-${one}` }))),
      button(texts.vote, () => act("begin_vote", { item: one.id, vote: newId(), secret, way }), { class: `ks-button ks-big${strong ? " ks-strong" : ""}`, "data-key": "vote" }),
    ];
  }

  // As many yes as no, where that is not the end of it.
  function tied(one) {
    if (one.result.tie === "again") return [...toVote(one), more(one)];
    const chosen = (accepted, text) => button(text, () => sure(text, text, () => act("tie", { item: one.id, accepted })), { class: "ks-button ks-big", "data-key": `tie-${accepted}` });
    return [el("p", { class: "ks-lead", text: texts["tie.hint"] }), el("div", { class: "ks-row" }, chosen(true, texts["tie.yes"]), chosen(false, texts["tie.no"])), more(one)];
  }

  function voting(vote) {
    if (vote.way !== "devices") return hands(vote);
    const share = vote.of ? Math.round((vote.count * 100) / vote.of) : 0, fill = el("span");
    fill.style.width = `${share}%`;
    return [
      el("p", { class: "ks-soft", text: vote.secret ? texts.is_secret : texts.is_public }), el("p", { class: "ks-count", role: "status", text: vote.text }), el("div", { class: "ks-bar", "aria-hidden": "true" }, fill),
      button(texts.end, () => (vote.count < vote.of ? sure(texts["end.sure"], texts.end, () => act("end_vote", { vote: vote.id })) : act("end_vote", { vote: vote.id })), { class: "ks-button ks-strong ks-big", "data-key": "end" }),
      el("div", { class: "ks-acts" }, stop(vote)),
    ];
  }

  function hands(vote) {
    const counted = (HELD.hands[vote.id] ||= { yes: 0, no: 0, abstain: 0 }), sum = CHOICES.reduce((all, one) => all + counted[one], 0);
    const change = (one, by) => { counted[one] = Math.min(99, Math.max(0, counted[one] + by)); HELD.hands = { ...HELD.hands }; drawMain(); };
    return [
      el("p", { class: "ks-soft", text: texts[`${vote.way}.hint`] }),
      el("div", { class: "ks-hands" }, ...CHOICES.map((one) => el("div", { class: `ks-hand ks-${one}`, role: "group", "aria-label": texts[one] },
        el("span", { text: texts[one] }), el("strong", { role: "status", text: String(counted[one]) }),
        el("div", { class: "ks-row" }, button("−", () => change(one, -1), { class: "", "aria-label": `${texts[one]} −1`, "data-key": `${one}-less` }), button("+", () => change(one, 1), { class: "", "aria-label": `${texts[one]} +1`, "data-key": `${one}-more` }))))),
      el("p", { class: "ks-lead", text: texts["hands.sum"].replace("{n}", sum).replace("{all}", vote.of) }),
      button(texts["hands.done"], async () => (await act("count_hands", { vote: vote.id, ...counted })) && act("end_vote", { vote: vote.id }), { class: "ks-button ks-strong ks-big", "data-key": "counted", disabled: sum > vote.of || !sum }),
      el("div", { class: "ks-acts" }, stop(vote)),
    ];
  }

  // A vote that shall not count: broken off, or gone wrong.
  const stop = (vote) => button(texts.stop, () => reason(texts["stop.title"], texts["stop.why"], texts.stop, (text) => act("void", { vote: vote.id, reason: text })), { class: "ks-button ks-quiet", "data-key": "stop" });

  // After the vote: what it says is put on record, with a reason where it is no.
  function deciding(one) {
    if (one.kind === "talk") return [button(texts["hands.done"], () => act("decide", { item: one.id, reason: "" }), { class: "ks-button ks-strong ks-big", "data-key": "note" })];
    return [
      el("div", { class: "ks-row" },
        one.result.accepted
          ? button(texts.grant.replace("{sum}", one.sum), () => act("decide", { item: one.id, reason: "" }), { class: "ks-button ks-strong ks-big", "data-key": "grant" })
          : button(texts.reject, () => reason(texts["reject.title"], texts["reject.why"], texts.reject, (text) => act("decide", { item: one.id, reason: text })), { class: "ks-button ks-strong ks-big", "data-key": "reject" })),
      more(one),
    ];
  }

  function more(one) {
    return el("div", { class: "ks-acts" },
      (!one.result || one.result.tie) && button(texts.sum, () => changeSum(one), { class: "ks-button ks-quiet", "data-key": "sum" }),
      (!one.result || one.result.tie) && button(texts.conditions, () => reason(texts.conditions, texts["conditions.what"], texts.save, (text) => act("conditions", { item: one.id, words: text }), one.conditions || "", true), { class: "ks-button ks-quiet", "data-key": "conditions" }),
      button(texts.postpone, () => reason(texts["postpone.title"], texts["postpone.why"], texts.postpone, (text) => act("postpone", { item: one.id, reason: text })), { class: "ks-button ks-quiet", "data-key": "postpone" }),
      one.result && stop({ id: one.result.vote }));
  }

  // --- the ranking, when the pot does not suffice for all ---

  function ranking(one) {
    const now = news.ranking?.item === one.id ? news.ranking : null;
    if (!now) return choosing(one);
    if (now.running) return [
      el("p", { class: "ks-count", role: "status", text: now.text }), el("p", { class: "ks-soft", text: texts["rank.wait"] }),
      button(texts["rank.end"], () => (now.count < now.of ? sure(texts["rank.sure"], texts["rank.end"], () => act("end_ranking")) : act("end_ranking")), { class: "ks-button ks-strong ks-big", "data-key": "rank-end" }),
    ];
    const known = new Map(now.among.map((each) => [each.id, each])), points = (id) => known.get(id).points;
    const ids = now.order.length ? now.order : HELD.order?.item === one.id ? HELD.order.ids : counted(now);
    const put = (from, to) => { const anew = [...ids]; anew.splice(to, 0, anew.splice(from, 1)[0]); HELD.order = { item: one.id, ids: anew }; drawMain(); };
    return [
      el("ol", { class: "ks-ranks" }, ...ids.map((id, n) => el("li", {},
        el("span", { text: `${n + 1}.` }), el("span", { class: "ks-name" }, theirs("span", known.get(id).title), el("small", { class: "ks-soft", text: ` ${points(id)}` })), el("span", { text: known.get(id).sum }),
        ...(now.order.length ? [] : [
          button("↑", () => put(n, n - 1), { class: "ks-button ks-quiet", disabled: !n || points(ids[n - 1]) !== points(id), "aria-label": `${texts.up}: ${known.get(id).title}`, "data-key": `up-${id}` }),
          button("↓", () => put(n, n + 1), { class: "ks-button ks-quiet", disabled: n === ids.length - 1 || points(ids[n + 1]) !== points(id), "aria-label": `${texts.down}: ${known.get(id).title}`, "data-key": `down-${id}` })])))),
      now.order.length
        ? button(texts["rank.grant"], () => reason(texts["rank.grant"], texts["rank.why"], texts["rank.grant"], (text) => act("decide_ranking", { reason: text })), { class: "ks-button ks-strong ks-big", "data-key": "rank-grant" })
        : [el("p", { class: "ks-note", text: texts["rank.ties"] }), button(texts["rank.settle"], () => act("settle", { order: ids }), { class: "ks-button ks-strong ks-big", "data-key": "settle" })],
    ].flat();
  }

  // By points, the most first; equals as they came.
  const counted = (now) => [...now.among].sort((a, b) => b.score - a.score).map((each) => each.id);

  // Which of the accepted proposals are put in order: those whose money has not been granted yet.
  function choosing(one) {
    const open = news.items.filter((each) => each.kind === "project" && each.state === "accepted");
    const ids = HELD.among?.item === one.id ? HELD.among.ids : open.map((each) => each.id);
    const turn = (id) => { HELD.among = { item: one.id, ids: ids.includes(id) ? ids.filter((each) => each !== id) : [...ids, id] }; drawMain(); };
    if (open.length < 2) return [el("p", { class: "ks-lead", text: texts["rank.none"] }), next()];
    return [
      el("p", { class: "ks-lead", text: texts["rank.hint"] }),
      el("div", { class: "ks-choices" }, ...open.map((each) => el("button", { type: "button", class: "ks-who", "aria-pressed": String(ids.includes(each.id)), "data-key": `among-${each.id}`, onclick: () => turn(each.id) }, theirs("span", each.title, { class: "ks-name" }), el("span", { text: each.sum })))),
      button(texts["rank.begin"], () => act("begin_ranking", { item: one.id, among: open.filter((each) => ids.includes(each.id)).map((each) => each.id) }), { class: "ks-button ks-strong ks-big", "data-key": "rank-begin", disabled: ids.length < 2 }),
    ];
  }

  // --- dialogs; what is typed in them no news ever touches ---

  function open(title, ...inside) {
    part.dialog.replaceChildren(el("h2", { id: "ks-asked", text: title }), ...inside, button(texts.cancel, () => part.dialog.close(), { class: "ks-button ks-quiet" }));
    part.dialog.setAttribute("aria-labelledby", "ks-asked");
    part.dialog.showModal();
  }

  function sure(title, label, done) {
    open(title, button(label, () => { part.dialog.close(); done(); }, { class: "ks-button ks-strong ks-wide" }));
  }

  // Asks for a text and does something with it; refused, the dialog stays with what was typed.
  function asked(title, field, label, done, empty = false) {
    const refused = el("p", { class: "ks-toast", role: "alert", hidden: true }), send = el("button", { type: "submit", class: "ks-button ks-strong", text: label });
    const form = el("form", { novalidate: true, onsubmit: async (event) => {
      event.preventDefault();
      const text = field.input.value.trim();
      if (!text && !empty) { refused.hidden = false; write(refused, texts.missing); return field.input.focus(); }
      send.disabled = true;
      const fine = await done(text);
      send.disabled = false;
      if (fine) return part.dialog.close();
      refused.hidden = false;
      write(refused, part.toast.textContent);
    } }, field.label, refused, send);
    open(title, form);
    field.input.focus();
  }

  function reason(title, label, go, done, value = "", empty = false) {
    const input = el("textarea", { maxlength: "500", dir: "auto" });
    input.value = value;
    asked(title, { input, label: el("label", {}, el("span", { text: label }), input) }, go, done, empty);
  }

  function changeSum(one) {
    const input = el("input", { type: "text", inputmode: "decimal", autocomplete: "off", maxlength: "20" });
    input.value = one.typed;
    asked(texts.sum, { input, label: el("label", {}, el("span", { text: texts["sum.what"] }), input) }, texts.save, (text) => act("sum", { item: one.id, sum: text }));
  }

  function close() {
    const rest = news.items.filter((one) => !one.done).length;
    sure(rest ? texts["close.open"] : texts["close.sure"], texts.close, () => act("close"));
  }

  function reopen() {
    reason(texts["reopen.title"], texts["reopen.why"], texts.reopen, (text) => act("reopen", { reason: text }));
  }

  return () => { document.removeEventListener("fullscreenchange", turned); link.stop(); };
}
