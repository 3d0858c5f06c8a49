// A member's own device in a sitting: here and gone, stepping aside, and one vote with one tap.
// What was tapped is sent until the server has answered; whether it counts is the server's to say.
const CHOICES = ["yes", "no", "abstain"];
const SIGNS = { yes: "✓", no: "✗", abstain: "–" };
const LONGEST_WAIT = 8000; // milliseconds between two tries
// What outlives a new run of the page, in memory alone: a vote still on its way, and what was said to one.
const KEPT = (window.kiezkarteBallot ||= { waiting: null, refused: null, order: null, last: null });

export default function ({ data, parentElement, setTriggerValue }) {
  const { texts } = data;
  let news = null, heard = "", sending = false, wait = 0, clock, alive = true, busy = false, seen;
  const part = {
    title: el("h1", { dir: "auto" }), place: el("p", { class: "ks-soft" }),
    trouble: el("p", { class: "ks-trouble", role: "status", hidden: true }),
    presence: el("p", { class: "ks-presence" }), me: el("div", { class: "ks-me" }),
    item: el("section", { class: "ks-card ks-now", "aria-label": texts.now }), vote: el("section", { class: "ks-card ks-vote", "aria-label": texts.vote }),
    agenda: el("section", { class: "ks-card" }), said: el("p", { class: "kk-unseen", role: "status", "aria-live": "assertive" }),
    toast: el("p", { class: "ks-toast", role: "alert", hidden: true }), dialog: el("dialog", { class: "ks-dialog" }),
  };
  part.close = el("div", { class: "ks-choices" });
  parentElement.querySelector(".ks")?.remove();
  const root = el("div", { class: "ks ks-ballot", lang: data.html_lang, dir: data.dir },
    el("header", { class: "ks-head" }, part.title, part.place), part.trouble, part.toast, part.me, part.vote, part.item, part.agenda, part.said, part.dialog);
  parentElement.append(root);
  const link = listening(data, take, trouble);
  send();

  // --- what the server says ---

  function take(told) {
    news = told;
    const { vote } = told;
    if (KEPT.waiting && vote?.id !== KEPT.waiting.vote) send(); // over by now: whether it came in time, the server says
    else if (vote?.voted && !sending) KEPT.waiting = null;
    draw();
  }

  function trouble(sentence) {
    write(part.trouble, sentence);
    part.trouble.hidden = !sentence;
  }

  // What the last vote came to stays in view until the next item is called.
  function last() {
    if (news.result) KEPT.last = { sitting: data.id, item: news.item, result: news.result };
    else if (news.item || news.state !== "open" || KEPT.last?.sitting !== data.id) KEPT.last = null;
    return KEPT.last?.result;
  }

  function draw() {
    if (!news) return;
    const result = last();
    write(part.title, news.title);
    drawn(part.place, [news.when, news.place], facts);
    root.dataset.state = news.state;
    drawn(part.me, [news.me, news.presence, news.state, busy], mine);
    if (news.ranking?.running && news.ranking.mine) drawn(part.vote, [news.ranking, KEPT.order, busy], ranking);
    else drawn(part.vote, [stage(result), news.vote, result, KEPT.refused, news.items.find((one) => one.id === KEPT.last?.item.id)], voting);
    part.vote.hidden = !part.vote.childElementCount;
    announce();
    drawn(part.item, [news.item, news.me, stage() === "open"], item);
    part.item.hidden = !part.item.childElementCount;
    drawn(part.agenda, news.items, agenda);
    part.agenda.hidden = !news.items.length;
  }

  // --- here or gone ---

  function mine([me, presence, state]) {
    if (state === "planned" || state === "papers") return [el("p", { class: "ks-lead", text: texts.soon }), readWay(), leadWay()];
    if (state === "closed") return [el("p", { class: "ks-lead", text: texts.over })];
    return [
      el("p", { class: presence.quorate ? "ks-presence" : "ks-presence ks-short", text: presence.text }),
      me.here
        ? el("p", { class: "ks-here" }, el("strong", { text: texts.here }), " ", button(texts.leave, sureToLeave, { class: "ks-button ks-quiet", "data-key": "leave", disabled: busy }))
        : button(texts.come, () => act("here", {}), { class: "ks-button ks-strong ks-wide ks-come", "data-key": "come", disabled: busy }),
      leadWay(),
    ];
  }

  const readWay = () => news.items.length > 0 && el("a", { class: "ks-button", href: data.proposals, target: "_self", text: texts.papers });
  const leadWay = () => news.lead && el("a", { class: "ks-button", href: data.lead, target: "_self", text: texts.lead });

  function sureToLeave() {
    open(texts["leave.sure"], button(texts.leave, () => { part.dialog.close(); act("away", {}); }, { class: "ks-button ks-strong ks-wide" }));
  }

  // --- the item in discussion ---

  function item([one, me, voting]) {
    if (!one) return news.state === "open" ? [el("p", { class: "ks-lead", text: texts.nothing })] : [];
    return [
      theirs("h2", one.title),
      one.sum && el("p", { class: "ks-sum" }, el("strong", { text: one.sum }), one.asked ? el("span", { text: one.asked }) : ""),
      one.bound && theirs("p", one.bound, { class: "ks-note" }),
      !voting && one.facts?.length && el("dl", { class: "ks-facts" }, ...one.facts.flatMap(([name, value]) => [el("dt", { text: name }), theirs("dd", value)])),
      !voting && one.words && theirs("p", one.words, { class: "ks-words", lang: one.lang }),
      one.read && el("a", { class: "ks-button", href: one.read, target: "_blank", rel: "noopener", text: texts.read }),
      one.kind === "project" && me.here && !one.decided && (me.aside
        ? el("p", { class: "ks-note" }, el("strong", { text: texts.aside }))
        : button(texts.recuse, () => recuse(one), { class: "ks-button ks-quiet", "data-key": "recuse" })),
    ];
  }

  function recuse(one) {
    open(texts["recuse.why"], el("p", { text: texts["recuse.what"] }), reasons(texts, (reason) => { part.dialog.close(); act("aside", { item: one.id, reason }); }));
  }

  // --- the vote ---

  // What the vote asks of this member: open, waiting, counted, aside, hands, result or nothing.
  function stage(result = news.result) {
    const { vote, me } = news;
    if (vote) {
      if (vote.way !== "devices") return vote.way;
      if (vote.voted) return "counted";
      if (KEPT.waiting?.vote === vote.id) return wait ? "waiting" : "sending";
      if (!me.here) return "gone";
      return me.aside ? "aside" : me.entitled ? "open" : "not";
    }
    return result ? "result" : "";
  }

  function voting([at, vote, result, , about]) {
    const refused = KEPT.refused && el("p", { class: "ks-note ks-refused", role: "alert", text: KEPT.refused.text });
    if (!at) return [refused];
    if (at === "result") return [refused, el("h2", { text: texts.result }), about && theirs("p", about.title), el("p", { class: "ks-result", text: result.text }), about?.done && el("p", {}, el("span", { class: `ks-chip ks-is-${about.state}`, text: about.chip })), el("p", { class: "ks-soft", text: result.rule })];
    const head = el("h2", { text: vote.secret ? texts.secret : texts.public });
    if (at === "open") return [head, el("p", { class: "ks-soft", text: texts.once }), refused, buttons(vote)];
    return [head, at === "counted" ? el("p", { class: "ks-counted", text: texts.counted }) : el("p", { class: "ks-lead", text: texts[`at.${at}`] }),
      el("p", { class: "ks-soft", text: vote.text }), refused];
  }

  const buttons = (vote) => el("div", { class: "ks-ballots" }, ...CHOICES.map((choice) =>
    el("button", { type: "button", class: `ks-choice ks-${choice}`, "data-key": choice, onclick: () => cast(vote, choice) },
      el("span", { "aria-hidden": "true", text: SIGNS[choice] }), el("span", { text: texts[choice] }))));

  function cast(vote, choice) {
    if (KEPT.waiting) return; // the second tap of a double tap
    KEPT.waiting = { vote: vote.id, secret: vote.secret, choice, tap: newId() };
    KEPT.refused = null;
    wait = 0;
    send(); // on its way before anything is drawn
    draw();
  }

  // Sends the vote until the server has answered: the same tap again is the same vote.
  async function send() {
    clearTimeout(clock);
    const mine = KEPT.waiting;
    if (!mine || sending || !alive) return;
    sending = true;
    const [status, told] = await ask(data, "vote", mine);
    sending = false;
    if (KEPT.waiting !== mine) return;
    if (status === 200 || told.error === "vote.twice") { // the first one is in
      KEPT.waiting = null;
      if (news?.vote) news.vote.voted = true;
      say(texts.counted);
    } else if (status === 0 || status >= 500) {
      if (!wait) say(texts["at.waiting"]);
      wait = Math.min(LONGEST_WAIT, wait ? wait * 2 : 1000);
      clock = setTimeout(send, wait);
    } else { // it was said no, and why
      KEPT.waiting = null;
      KEPT.refused = { vote: mine.vote, text: told.error === "vote.late" ? late(mine) : told.sentence };
    }
    draw();
    link.once();
  }

  // Of a secret vote that was sent before nobody can tell any more whether that was in time.
  const late = (mine) => texts[mine.secret && wait ? "late.secret" : "late"];

  // --- the order of proposals, when the pot does not suffice for all ---

  function ranking([now]) {
    if (now.given) return [el("h2", { text: texts.rank }), el("p", { class: "ks-counted", text: texts["rank.given"] }), el("p", { class: "ks-soft", text: now.text })];
    const known = new Map(now.among.map((each) => [each.id, each]));
    const ids = KEPT.order?.item === now.item ? KEPT.order.ids : [...known.keys()];
    const put = (from, to) => { const anew = [...ids]; anew.splice(to, 0, anew.splice(from, 1)[0]); KEPT.order = { item: now.item, ids: anew }; draw(); };
    return [
      el("h2", { text: texts.rank }), el("p", { class: "ks-lead", text: texts["rank.own"] }),
      el("ol", { class: "ks-ranks" }, ...ids.map((id, n) => el("li", {},
        el("span", { text: `${n + 1}.` }), theirs("span", known.get(id).title, { class: "ks-name" }), el("span", { text: known.get(id).sum }),
        button("↑", () => put(n, n - 1), { class: "ks-button ks-quiet", disabled: !n, "aria-label": `${texts.up}: ${known.get(id).title}`, "data-key": `up-${id}` }),
        button("↓", () => put(n, n + 1), { class: "ks-button ks-quiet", disabled: n === ids.length - 1, "aria-label": `${texts.down}: ${known.get(id).title}`, "data-key": `down-${id}` })))),
      button(texts["rank.send"], () => act("rank", { order: ids }), { class: "ks-button ks-strong ks-wide ks-come", "data-key": "rank", disabled: busy }),
    ];
  }

  // --- other acts ---

  async function act(name, body) {
    busy = true;
    draw();
    const [status, told] = await ask(data, name, body);
    busy = false;
    toast(status === 200 ? "" : told.sentence || texts.offline);
    await link.once();
    draw();
  }

  function toast(text) {
    write(part.toast, text);
    part.toast.hidden = !text;
  }

  function open(title, ...inside) {
    part.dialog.replaceChildren(el("h2", { id: "ks-asked", text: title }), ...inside, button(texts.cancel, () => part.dialog.close(), { class: "ks-button ks-quiet" }));
    part.dialog.setAttribute("aria-labelledby", "ks-asked");
    part.dialog.showModal();
  }

  function agenda(items) {
    return items.length > 0 && [el("h2", { text: texts.agenda }), el("ol", { class: "ks-agenda" }, ...items.map((one) =>
      el("li", { "aria-current": one.state === "now" ? "step" : undefined },
        theirs("span", one.title, { class: "ks-name" }), one.sum && el("span", { class: "ks-soft", text: one.sum }), one.chip && el("span", { class: `ks-chip ks-is-${one.state}`, text: one.chip }))))];
  }

  // For who hears the screen: a vote has begun, or this is what it came to. And for who sees it: the top.
  function announce() {
    const now = stage() + (news.vote?.id || news.result?.vote || "");
    if (now === seen) return;
    const first = seen === undefined;
    seen = now;
    if (first) return;
    if (stage() === "open") say(texts["at.open"]);
    if (stage() === "result") say(news.result.text);
    if (stage()) part.vote.scrollIntoView({ block: "nearest" });
  }

  function say(text) { if (text !== heard) write(part.said, (heard = text)); }

  return () => { alive = false; clearTimeout(clock); link.stop(); };
}
