// ---- chat: asking, stopping, asking again; the conversations
const log = $(".turns"), start = $(".start"), form = $(".ask"), box = $("textarea"), send = $(".go", form);
const talkbar = $(".talkbar"), titled = $(".titled"), talks = $(".talks .list"), seek = $(".talks .seek");
let talk = 0, busy = null, editing = null, tickets = 0, recalled = -1, draft = "";
const scope = { articles: [], speaker: "", since: "", until: "" };
const waiting = ticket => $$(".turn").find(at => at.dataset.ticket === ticket);
const asking = () => $$(".turn").map(at => $(".q", at)?.textContent).filter(Boolean);
function grow() { box.style.height = "36px"; box.style.height = Math.min(box.scrollHeight, frame.clientHeight * .4) + "px" }
function write(text) { box.value = text; grow(); box.focus() }
function reveal(at) {                                                // all of a turn, or else its beginning
  if (!at?.isConnected) return;
  const top = at.offsetTop - 24, bottom = at.offsetTop + at.offsetHeight + 48 - log.clientHeight;
  log.scrollTop = Math.min(top, Math.max(bottom, log.scrollTop));
}
function addTurn() {
  const at = node("article", "turn"); at.dataset.set = ""; at.dataset.noun = "citation"; at.tabIndex = -1;
  start.hidden = true; log.append(at); return at;
}
function fillTurn(at, html) {
  if (shown?.set === at) close();
  at.innerHTML = html; at.dataset.noun = $(".silent", at) ? "passage" : "citation";
}
function ask(question, at, within = scope) {                         // anew, or in the place of a turn
  question = question.trim();
  if (!question || busy) return;
  if (here !== "chat") go(talk ? "chat/" + talk : "chat");
  at ??= addTurn();
  if (shown?.set === at) close();
  const ticket = busy = `${Date.now().toString(36)}-${++tickets}`, q = node("h2", "q", question); q.dir = "auto";
  at.dataset.ticket = ticket; at.setAttribute("aria-busy", "true");
  at.replaceChildren(q, node("p", "wait", articles && !within.since && !within.until ? t("chat.searching-in", { n: within.articles.length || articles }) : t("chat.searching")));
  send.textContent = t("chat.stop"); send.classList.add("stop"); recalled = -1; stopEditing(); reveal(at);
  trigger("ask", { ticket, question, conversation: talk || null, turn: +at.dataset.turn || null, ...within, language: LANGUAGE });
  watchdog(ticket, question);
}
async function watchdog(ticket, question) {                          // an answer that never comes must not look like one
  while (busy === ticket) {
    await new Promise(done => setTimeout(done, 3000));
    if (busy === ticket && (await call("alive")).error && busy === ticket) {
      const at = waiting(ticket), said = node("p", "failed", t("frame.lost") + " "), retry = button("link", t("chat.try-again"), { retry: question });
      said.setAttribute("role", "alert"); said.append(retry); $(".wait", at)?.replaceWith(said); done(ticket);
      if (!talk) sessionStorage.setItem("unanswered", question);     // Gradio reloads the page once the server is back
    }
  }
}
function done(ticket) {
  waiting(ticket)?.removeAttribute("aria-busy");
  if (busy === ticket) { busy = null; send.textContent = t("chat.ask"); send.classList.remove("stop") }
}
function stop() {
  const ticket = busy, at = ticket && waiting(ticket); if (!ticket) return;
  call("stop", { ticket }); done(ticket);
  const again = button("link", t("chat.ask-again"), { retry: $(".q", at)?.textContent ?? "" }), said = node("p", "failed calm", t("chat.stopped") + " ");
  said.append(again); if (at) $(".wait", at)?.replaceWith(said);
  box.focus();
}
watch("value", () => {                                               // what Python says about a question
  const { ticket, conversation, turn, stage, html, last } = props.value ?? {}, at = ticket && waiting(ticket);
  if (!at) return;
  if (turn) at.dataset.turn = turn;
  if (conversation && conversation !== talk) entitle(conversation, $(".q", at).textContent);
  if (stage !== undefined) { const wait = $(".wait", at); if (wait && stage) wait.textContent = stage; return }
  if (busy !== ticket && last) { done(ticket); return }              // stopped a moment before it came
  fillTurn(at, html); done(ticket); delete at.dataset.ticket; reveal(at); if (conversation) list();
});

// ---- conversations, kept on disk
function entitle(id, title) {                                        // this conversation has a number and a title now
  talk = id; titled.value = title; talkbar.hidden = false;
  home("chat/" + id);
  if (here === "chat") history.replaceState(null, "", "#chat/" + id);
  list();
}
function home(to) { for (const a of $$("a[data-home]")) a.setAttribute("href", "#" + to) }
async function list() {
  const words = seek.value.trim(), got = await call("talks", { words });
  if (got.error || seek.value.trim() !== words) return;
  talks.innerHTML = got.html;
  if (!words) { seek.hidden = got.count < 6; $(".talks").hidden = !got.count }
  for (const a of $$("a", talks)) +a.dataset.talk === talk ? a.setAttribute("aria-current", "true") : a.removeAttribute("aria-current");
}
function clear() {
  busy = null; send.textContent = t("chat.ask"); send.classList.remove("stop"); stopEditing(); recalled = -1;
  close(); for (const at of $$(".turn")) at.remove();
}
function anew() {
  clear(); talk = 0; talkbar.hidden = true; start.hidden = false; log.scrollTop = 0; home("chat"); frame.classList.remove("listing");
  for (const a of $$("a[aria-current]", talks)) a.removeAttribute("aria-current");
  if (!phone.matches) box.focus();
}
async function resume(id, turn) {
  clear(); talk = id; start.hidden = true; frame.classList.remove("listing");
  const got = await call("talk", { id });
  if (talk !== id) return;
  if (got.error) { const at = addTurn(); at.append(node("p", "failed calm", got.error)); talk = 0; talkbar.hidden = true; home("chat"); return }
  titled.value = got.title; talkbar.hidden = false; home("chat/" + id);
  log.setAttribute("aria-live", "off");
  const last = got.turns.at(-1); if (last) limit({ articles: last.articles.filter(name => $$(".scopes [name=article]").some(tick => tick.value === name)), speaker: last.speaker, since: last.since, until: last.until });
  for (const kept of got.turns) {
    const at = addTurn(); at.dataset.turn = kept.turn;
    if (kept.waiting) ask(kept.question, at, { articles: kept.articles, speaker: kept.speaker, since: kept.since, until: kept.until }); else { fillTurn(at, kept.html); rate(at, kept.verdict) }
  }
  const at = $$(".turn").find(at => +at.dataset.turn === turn);
  if (at) { log.scrollTop = at.offsetTop - 24; at.focus({ preventScroll: true }) } else log.scrollTop = log.scrollHeight;
  setTimeout(() => log.setAttribute("aria-live", "polite"), 500);
  list(); if (!at && !phone.matches) box.focus();
}
views.chat = {
  show(place) {
    const [id, turn] = place.split("/").map(Number);
    if (!id) { if (talk) anew() } else if (id !== talk) resume(id, turn);
    else { const at = turn && $$(".turn").find(at => +at.dataset.turn === turn); if (at) log.scrollTop = at.offsetTop - 24 }
  },
};
acts.anew = () => { if (here === "chat" && !talk) anew(); else go("chat"); box.focus() };
acts.listing = () => { frame.classList.toggle("listing") };
acts.forget = async () => {
  const id = talk, title = titled.value, got = await call("forget", { id });
  if (got.error) { toast(got.error); return }
  go("chat"); list();
  toast(t("chat.deleted", { title: title.slice(0, 60) }), async () => { await call("recall", { id }); go("chat/" + id) });
};
titled.addEventListener("change", async () => { const got = await call("rename", { id: talk, title: titled.value }); if (got.title) titled.value = got.title; list() });
titled.addEventListener("keydown", e => { if (e.key === "Enter") titled.blur() });
seek.addEventListener("input", list);

// ---- asking again, and what was asked before
function stopEditing() { editing?.classList.remove("editing"); editing = null; $(".chip.edits").hidden = true }
acts.edit = (t, question) => {
  stopEditing(); editing = t.closest(".turn"); editing.classList.add("editing"); $(".chip.edits").hidden = false; write(question);
};
acts.unedit = () => { stopEditing(); write("") };
acts.ask = (t, question) => { ask(question); box.focus() };
acts.retry = (t, question) => ask(question, t.closest(".turn"));
acts.copy = async at => {
  const label = $("span", at);
  try { await navigator.clipboard.writeText(at.dataset.copy); label.textContent = t("turn.copied") } catch { label.textContent = t("turn.refused") }
  setTimeout(() => { label.textContent = t("turn.copy") }, 1600);
};
function recall(by) {                                                // 0 is the question asked last
  const past = asking().reverse(); if (recalled < 0) draft = box.value;
  const to = Math.max(-1, Math.min(past.length - 1, recalled + by));
  if (to === recalled) return; recalled = to;
  box.value = to < 0 ? draft : past[to]; grow(); box.setSelectionRange(box.value.length, box.value.length);
}
form.addEventListener("submit", e => {
  e.preventDefault();
  if (busy) { stop(); return }
  if (!box.value.trim()) return;
  const text = box.value, at = editing; box.value = ""; grow(); ask(text, at ?? undefined);
});
box.addEventListener("input", () => { grow(); recalled = -1 });
box.addEventListener("keydown", e => {
  if (e.key === "Enter" && !e.shiftKey && !e.isComposing) { e.preventDefault(); if (!busy) form.requestSubmit() }
  if (e.key === "ArrowUp" && (recalled >= 0 || !box.value)) { e.preventDefault(); recall(1) }
  if (e.key === "ArrowDown" && recalled >= 0) { e.preventDefault(); recall(-1) }
});

// ---- what a question is limited to: articles, a speaker, a period
function limit(change) {
  Object.assign(scope, change);
  const among = $(".chip.article", form), voice = $(".chip.voice", form), when = $(".chip.period", form), n = scope.articles.length;
  among.hidden = voice.hidden = !articles; when.hidden = !$(".scopes [name=since]");
  among.textContent = n ? t("counts.article", { n }) + " ✕" : t("scope.all", { n: articles });
  among.ariaLabel = n ? t("scope.only", { n }) : t("scope.choose"); among.classList.toggle("set", n > 0);
  voice.textContent = scope.speaker ? t("scope.only-speaker", { speaker: scope.speaker }) + " ✕" : t("scope.anyone");
  voice.ariaLabel = scope.speaker ? t("scope.only-speaker-label", { speaker: scope.speaker }) : t("scope.choose-speaker"); voice.classList.toggle("set", !!scope.speaker);
  const dates = { since: scope.since && day(scope.since), until: scope.until && day(scope.until) }, set = !!(scope.since || scope.until);
  const period = set && t(!scope.until ? "scope.since" : !scope.since ? "scope.until" : "scope.from-to", dates);
  when.textContent = !set ? t("scope.any-date") : (scope.since && scope.until ? t("scope.between", dates) : period) + " ✕";
  when.ariaLabel = set ? t("scope.only-period-label", { period }) : t("scope.choose-period"); when.classList.toggle("set", set);
  for (const bound of ["since", "until"]) { const at = $(`.scopes [name=${bound}]`); if (at && at.value !== scope[bound]) at.value = scope[bound] }
  for (const tick of $$(".scopes [name=article]")) if (tick.checked = scope.articles.includes(tick.value)) tick.closest("li").hidden = false;
  for (const b of $$(".scopes [data-hear]")) b.setAttribute("aria-pressed", b.dataset.hear === scope.speaker);
}
function offer(first) { if (shown) close(); if (phone.matches) frame.classList.add("scoping"); $(".scopes " + first)?.focus() }
$(".chip.article", form).addEventListener("click", () => scope.articles.length ? limit({ articles: [] }) : offer("[name=article]"));
$(".chip.voice", form).addEventListener("click", () => scope.speaker ? limit({ speaker: "" }) : offer("[data-hear]"));
$(".chip.period", form).addEventListener("click", () => scope.since || scope.until ? limit({ since: "", until: "" }) : offer("[name=since]"));
const FEW = 6;                                                       // articles of a long list that are offered at once
let spread = false;
function winnow() {                                                    // those looked for, else the first few; ticked ones stay
  const field = $(".scopes .sieve"), words = field?.value.trim().toLowerCase() ?? "", more = $(".scopes [data-spread]");
  let left = 0, seen = 0;
  for (const li of $$(".among li")) {
    const tick = $("input", li), has = `${$(".t", li).textContent} ${tick.value}`.toLowerCase().includes(words);
    li.hidden = !tick.checked && !(has && (!field || words || spread || seen < FEW));
    if (!li.hidden) seen++; else if (has) left++;
  }
  if (more) { more.parentElement.hidden = !left; more.textContent = t("scope.all", { n: articles }) }
}
acts.spread = () => { spread = true; winnow() };
$(".scopes").addEventListener("input", e => { if (e.target.matches(".sieve")) winnow() });
acts.limit = () => { frame.classList.remove("scoping"); box.focus() };
acts.hear = (t, name) => limit({ speaker: scope.speaker === name ? "" : name });
$(".scopes").addEventListener("change", ({ target: { name, value } }) => {
  if (name === "article") limit({ articles: $$(".scopes [name=article]:checked").map(tick => tick.value) }); else limit({ [name]: value });
});

// ---- an article pasted into the question box
const ARTICLE = 1200;                                                // characters that no question has
box.addEventListener("input", () => { $(".chip.pasted").hidden = box.value.length < ARTICLE });
acts.record = async at => {
  at.disabled = true; const [name, reason] = await record(box.value); at.disabled = false;
  if (!name) { toast(reason); return }
  at.hidden = true; write(""); limit({ articles: [name] }); toast(t("chat.recorded", { name }));
};

// ---- to take away
function save({ name, text, error }) {
  if (error) { toast(error); return }
  const a = node("a"); a.href = URL.createObjectURL(new Blob([text], { type: "text/plain;charset=utf-8" }));
  a.download = name.replace(/[\s\\/:*?"<>|\u0000-\u001f]+/g, " ").slice(-120).trim(); a.click(); setTimeout(() => URL.revokeObjectURL(a.href), 10000);
}
acts.export = async (t, form) => { t.closest("details").open = false; save(await call("export", { id: talk, form })) };
acts.print = t => { t.closest("details").open = false; close(); print() };
acts.receipt = async t => save(await call("receipt", { id: talk, turn: +t.closest(".turn").dataset.turn }));
acts.link = async at => {
  const label = $("span", at), link = `${location.origin}${location.pathname}#chat/${talk}/${at.closest(".turn").dataset.turn}`;
  try { await navigator.clipboard.writeText(link); label.textContent = t("turn.copied") } catch { label.textContent = t("turn.refused") }
  setTimeout(() => { label.textContent = t("turn.link") }, 1600);
};
