// The page's behaviour. Gradio runs this as the body of a function when the frame has been drawn;
// in scope: element, trigger, props, server, upload, watch. All HTML comes escaped from
// ui/render.py; what is written here goes in as text.
const $ = (selector, root = element) => root.querySelector(selector);
const $$ = (selector, root = element) => [...root.querySelectorAll(selector)];
const frame = $(".frame"), log = $(".turns"), start = $(".start"), form = $(".ask"), box = $("textarea");
const source = $(".source"), page = $(".page"), where = $(".where"), files = $(".files");
const phone = matchMedia("(max-width: 860px)"), calm = matchMedia("(prefers-reduced-motion: reduce)");
const LOST = "The connection to onrecord is lost; start it again, then retry.";
let turns = 0, fresh = true, busy = null, articles = 0, shown = null, asked = 0, adding = Promise.resolve();

const node = (tag, name, text) => Object.assign(document.createElement(tag), { className: name, textContent: text });
const plural = (n, noun) => n.toLocaleString("en") + " " + noun + (n === 1 ? "" : "s");
async function call(name, data) {                                    // a Python function -> its answer, or { error }
  try { return (await server["reply_" + name](data ?? null)) ?? { error: LOST } } catch { return { error: LOST } } // Gradio gives undefined
}

// ---- one view an address
function view() {
  const name = location.hash === "#library" ? "library" : "chat";
  if (frame.dataset.view !== name) close();
  frame.dataset.view = name;
  for (const a of $$(".nav a")) a.hash === "#" + name ? a.setAttribute("aria-current", "page") : a.removeAttribute("aria-current");
  document.title = name === "library" ? "Library · onrecord" : "onrecord";
}
function go(name) { if (location.hash !== "#" + name) history.pushState(null, "", "#" + name); view() }

// ---- asking
const article = turn => $(`.turn[data-turn="${turn}"]`);
function grow() { box.style.height = "36px"; box.style.height = Math.min(box.scrollHeight, innerHeight * .4) + "px" }
function reveal(turn) {                                              // all of a turn, or else its beginning
  const at = article(turn); if (!at) return;
  const top = at.offsetTop - 24, bottom = at.offsetTop + at.offsetHeight + 48 - log.clientHeight;
  log.scrollTop = Math.min(top, Math.max(bottom, log.scrollTop));
}
function ask(question, turn) {
  question = question.trim();
  if (!question || busy) return;
  go("chat"); start.hidden = true;
  let at = turn && article(turn);
  if (!at) { turn = ++turns; at = node("article", "turn", ""); at.dataset.turn = turn; log.append(at) }
  at.setAttribute("aria-busy", "true");
  const q = node("h2", "q", question); q.dir = "auto";
  at.replaceChildren(q, node("p", "wait", articles ? `Searching ${plural(articles, "article")} …` : "Searching …"));
  busy = turn; $(".go", form).disabled = true; reveal(turn);
  trigger("ask", { turn, question, fresh }); fresh = false;
  watchdog(turn, question);
}
async function watchdog(turn, question) {                            // an answer that never comes must not look like one
  while (busy === turn) {
    await new Promise(done => setTimeout(done, 3000));
    if (busy === turn && (await call("alive")).error && busy === turn) {
      const retry = node("button", "link", "Try again"); retry.type = "button"; retry.dataset.retry = question;
      const said = node("p", "failed", LOST + " "); said.setAttribute("role", "alert"); said.append(retry);
      $(".wait", article(turn))?.replaceWith(said); done(turn);
      sessionStorage.setItem("unanswered", question);                // Gradio reloads the page once the server is back
    }
  }
}
function done(turn) { article(turn)?.removeAttribute("aria-busy"); busy = null; $(".go", form).disabled = false }
watch("value", () => {                                               // what Python says about a turn
  const { turn, stage, html } = props.value ?? {}, at = turn && article(turn);
  if (!at || at.ariaBusy === null && stage) return;
  if (stage) { const wait = $(".wait", at); if (wait) wait.textContent = stage; return }
  if (shown?.turn === turn) close();
  at.innerHTML = html; if (busy === turn) done(turn); reveal(turn);
});
function anew() {
  if (busy) return;
  close(); for (const at of $$(".turn")) at.remove();
  fresh = true; start.hidden = false; log.scrollTop = 0; go("chat"); box.focus();
}

// ---- a citation and its place in the source are one thing
const chips = turn => $$(`.cite[data-turn="${turn}"]`);
const chip = (turn, n) => chips(turn).find(c => +c.dataset.citation === n);
function unfold() { source.hidden = false; frame.classList.add("reading") }
async function cite(turn, n) {
  const at = chip(turn, n), ticket = ++asked; if (!at) return;
  const name = at.dataset.document, top = at.getBoundingClientRect().top;
  const jump = !(shown && shown.turn === turn && shown.document === name);
  if (jump) {
    const marks = chips(turn).filter(c => c.dataset.document === name).map(c => [+c.dataset.citation, +c.dataset.start, +c.dataset.end]);
    const got = await call("source", { document: name, marks });
    if (ticket !== asked) return;
    if (got.error) page.replaceChildren(node("p", "dim", got.error)); else page.innerHTML = got.html;
  }
  shown = { turn, n, document: name };
  unfold();
  for (const c of $$(".cite")) c.setAttribute("aria-pressed", +c.dataset.turn === turn && +c.dataset.citation === n);
  for (const m of $$("mark", page)) m.classList.toggle("on", +m.dataset.citation === n);
  const all = new Set(chips(turn).map(c => c.dataset.citation)).size;
  where.replaceChildren(node("b", "num", `${$(".silent", article(turn)) ? "Passage" : "Citation"} ${n}`), ` of ${all}`);
  for (const s of $$("[data-step]")) s.hidden = all < 2;
  const shift = at.getBoundingClientRect().top - top;                // the chip stays where it was touched
  if (shift) log.scrollTop += shift;
  const edge = log.getBoundingClientRect(), lies = at.getBoundingClientRect();
  if (lies.bottom > edge.bottom - 12) log.scrollTop += lies.bottom - edge.bottom + 24;
  if (lies.top < edge.top + 12) log.scrollTop -= edge.top - lies.top + 24;
  centre(jump);
}
function centre(jump) {
  const on = $$("mark.on", page); if (!on.length) { page.scrollTop = 0; return }
  const box = page.getBoundingClientRect(), first = on[0].getBoundingClientRect(), last = on.at(-1).getBoundingClientRect();
  const middle = (page.clientHeight - (last.bottom - first.top)) / 2;
  page.scrollTo({ top: page.scrollTop + first.top - box.top - Math.max(middle, 24), behavior: jump || calm.matches ? "instant" : "smooth" });
}
function step(by) {
  if (!shown?.turn) return;
  const all = [...new Set(chips(shown.turn).map(c => +c.dataset.citation))].sort((a, b) => a - b);
  const n = all[(all.indexOf(shown.n) + by + all.length) % all.length];
  if (document.activeElement?.classList.contains("cite")) chip(shown.turn, n).focus({ preventScroll: true });
  return cite(shown.turn, n);
}
async function read(name, from) {                                    // an article from the library, nothing marked
  const ticket = ++asked, got = await call("source", { document: name, marks: [] });
  if (ticket !== asked) return;
  if (got.error) page.replaceChildren(node("p", "dim", got.error)); else page.innerHTML = got.html;
  shown = { from }; where.replaceChildren(node("b", "", "Article"));
  for (const s of $$("[data-step]")) s.hidden = true;
  unfold(); page.scrollTop = 0; page.focus({ preventScroll: true });
}
function close(focus) {
  if (!shown) return;
  asked++; const back = shown.turn ? chip(shown.turn, shown.n) : shown.from;
  shown = null; source.hidden = true; frame.classList.remove("reading"); page.replaceChildren();
  for (const c of $$(".cite[aria-pressed=true]")) c.setAttribute("aria-pressed", "false");
  if (focus) back?.focus({ preventScroll: true });
}

// ---- the library
function shelve(state) {
  if (state.error) { $(".records").replaceChildren(node("p", "failed", state.error)); return }
  articles = state.articles; $(".records").innerHTML = state.library; start.innerHTML = state.start;
  $(".nav .count").textContent = articles ? articles.toLocaleString("en") : ""; $(".nav .count").title = plural(articles, "article");
  $(".shelf .formats").textContent = state.formats;
}
function add(list) {
  if (!list.length) return;
  go("library");
  for (const row of $$(".arrivals li")) if ($(".outcome:is(.added, .skipped)", row)) row.remove();
  const rows = list.map(file => {
    const row = node("li", "", ""); row.append(node("span", "file", file.name), node("span", "outcome", "Waiting")); $(".arrivals").append(row);
    return [file, row];
  });
  adding = rows.reduce((before, [file, row]) => before.then(() => addOne(file, row)), adding);
}
async function addOne(file, row) {
  const say = text => { $(".outcome", row).textContent = text };
  let got;
  try { say("Copying …"); const { path } = await upload(file); say("Reading who said what …"); got = await call("add", { path, name: file.name }) } catch { got = { error: "This file could not be read; is it still there?" } }
  if (got.error) { say(got.error); $(".outcome", row).classList.add("failed") } else { row.innerHTML = got.arrival; shelve(got.shelf) }
  const off = node("button", "act", "Dismiss"); off.type = "button"; off.dataset.dismiss = ""; off.ariaLabel = "Dismiss " + file.name; row.append(off);
}
function doubt(row, on) {
  for (const r of $$("tr.doubted")) { r.classList.remove("doubted"); $(".sure-remove", r).hidden = true }
  if (on) { row.classList.add("doubted"); $(".sure-remove", row).hidden = false; $("[data-keep]", row).focus() }
  else $("[data-doubt]", row)?.focus();
}
async function remove(name) {
  if (shown && !shown.turn) close();
  const got = await call("remove", { name });
  if (got.error) $(".arrivals").append(node("li", "outcome failed", got.error)); else shelve(got.shelf);
  $(".shelf .go").focus();
}
async function dropped(transfer) {                                   // files, and the files in folders
  const found = [], walk = async entry => {
    if (entry.isFile) found.push(await new Promise((yes, no) => entry.file(yes, no)));
    else for (let reader = entry.createReader(), some; (some = await new Promise((yes, no) => reader.readEntries(yes, no))).length;) for (const e of some) if (!e.name.startsWith(".")) await walk(e);
  };
  for (const entry of [...transfer.items].map(i => i.webkitGetAsEntry?.()).filter(Boolean)) await walk(entry);
  return found.length ? found : [...transfer.files];
}

// ---- one listener each
async function copy(button) {
  const label = $("span", button);
  try { await navigator.clipboard.writeText(button.dataset.copy); label.textContent = "Copied" } catch { label.textContent = "The browser refused" }
  setTimeout(() => { label.textContent = "Copy" }, 1600);
}
element.addEventListener("click", e => {
  const t = e.target.closest("button, a, mark"); if (!t) return;
  const d = t.dataset, row = t.closest("tr");
  if (t.matches(".cite")) cite(+d.turn, +d.citation);
  else if (t.matches("mark") && shown?.turn) cite(shown.turn, +d.citation);
  else if (t.matches("a[href^='#']")) { e.preventDefault(); go(t.hash.slice(1)) }
  else if ("ask" in d) { ask(d.ask); box.focus() }
  else if ("retry" in d) ask(d.retry, +t.closest(".turn").dataset.turn);
  else if ("edit" in d) { box.value = d.edit; grow(); box.focus() }
  else if ("copy" in d) copy(t);
  else if ("step" in d) step(+d.step);
  else if ("close" in d) close(true);
  else if ("pick" in d) files.click();
  else if ("open" in d) read(d.open, t);
  else if ("doubt" in d) doubt(row, true);
  else if ("keep" in d) doubt(row, false);
  else if ("remove" in d) remove(d.remove);
  else if ("dismiss" in d) t.closest("li").remove();
  else if (t.matches(".fresh")) anew();
});
form.addEventListener("submit", e => { e.preventDefault(); if (busy || !box.value.trim()) return; ask(box.value); box.value = ""; grow() });
box.addEventListener("input", grow);
box.addEventListener("keydown", e => { if (e.key === "Enter" && !e.shiftKey && !e.isComposing) { e.preventDefault(); form.requestSubmit() } });
files.addEventListener("change", () => { add([...files.files]); files.value = "" });
document.addEventListener("keydown", e => {
  if (!element.isConnected) return;
  if (e.key === "Escape") { const row = $("tr.doubted"); row ? doubt(row, false) : close(true) }
  if ((e.key === "ArrowDown" || e.key === "ArrowUp") && shown?.turn && e.target.matches?.(".cite, .step")) { e.preventDefault(); step(e.key === "ArrowDown" ? 1 : -1) }
});
let inside = 0;
const carries = e => [...(e.dataTransfer?.types ?? [])].includes("Files");
frame.addEventListener("dragenter", e => { if (carries(e)) { inside++; frame.classList.add("dropping") } });
frame.addEventListener("dragleave", e => { if (carries(e) && --inside <= 0) { inside = 0; frame.classList.remove("dropping") } });
frame.addEventListener("dragover", e => { if (carries(e)) e.preventDefault() });
frame.addEventListener("drop", async e => { if (!carries(e)) return; e.preventDefault(); inside = 0; frame.classList.remove("dropping"); add(await dropped(e.dataTransfer)) });
addEventListener("hashchange", view); addEventListener("popstate", view);
box.value = sessionStorage.getItem("unanswered") ?? ""; sessionStorage.removeItem("unanswered"); grow();
view(); call("shelf").then(shelve);
if (!phone.matches) box.focus();
