const log = $(".turns"), start = $(".start"), form = $(".ask"), box = $("textarea");
let turns = 0, fresh = true, busy = null;
views.chat = { title: "Chat" };
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
  if (!at) { turn = ++turns; at = node("article", "turn", ""); at.dataset.turn = turn; at.dataset.set = ""; log.append(at) }
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
  if (shown?.set === at) close();
  at.innerHTML = html; at.dataset.noun = $(".silent", at) ? "Passage" : "Citation"; if (busy === turn) done(turn); reveal(turn);
});
function anew() {
  if (busy) return;
  close(); for (const at of $$(".turn")) at.remove();
  fresh = true; start.hidden = false; log.scrollTop = 0; go("chat"); box.focus();
}

async function copy(t) {
  const label = $("span", t);
  try { await navigator.clipboard.writeText(t.dataset.copy); label.textContent = "Copied" } catch { label.textContent = "The browser refused" }
  setTimeout(() => { label.textContent = "Copy" }, 1600);
}
acts.ask = (t, question) => { ask(question); box.focus() };
acts.retry = (t, question) => ask(question, +t.closest(".turn").dataset.turn);
acts.edit = (t, question) => { box.value = question; grow(); box.focus() };
acts.copy = copy;
acts.anew = anew;
form.addEventListener("submit", e => { e.preventDefault(); if (busy || !box.value.trim()) return; ask(box.value); box.value = ""; grow() });
box.addEventListener("input", grow);
box.addEventListener("keydown", e => { if (e.key === "Enter" && !e.shiftKey && !e.isComposing) { e.preventDefault(); form.requestSubmit() } });
