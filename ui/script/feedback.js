// ---- feedback: a thumb under an answer, a note, and the words that would have been right
function rate(at, verdict) { for (const b of $$("[data-judge]", at)) b.setAttribute("aria-pressed", b.dataset.judge === verdict) }
const opened = () => $(".turn .opinion");
function openOpinion(at, html) { for (const other of $$(".opinion")) other.remove(); $(".under", at).insertAdjacentHTML("afterend", html); const form = $(".opinion", at); $("input:not([type=checkbox])", form)?.focus({ preventScroll: true }); reveal(at); return form }
acts.judge = async (thumb, verdict) => {
  const at = thumb.closest(".turn"), was = thumb.getAttribute("aria-pressed") === "true", open = $(".opinion", at);
  if (was && open) { open.remove(); return }
  const got = await call("judge", { id: talk, turn: +at.dataset.turn, verdict });
  if (got.error) { toast(got.error); return }
  rate(at, got.verdict); openOpinion(at, got.html);
};
async function say(form, more = {}) {                                // what the form says now
  const at = form.closest(".turn"), fields = form.elements;
  const got = await call("comment", { opinion: +form.dataset.opinion, note: fields.note.value, silent: !!fields.silent?.checked, ...more });
  if (got.error) { toast(got.error); return }
  const typed = got.failed ? more.words : ""; form.remove();
  const made = openOpinion(at, got.html); if (typed && made.elements.words) made.elements.words.value = typed;
  return got;
}
let pickedIn = "";                                                   // the article in which words were selected
element.addEventListener("submit", async e => {
  const form = e.target.closest(".opinion"); if (!form) return;
  e.preventDefault(); const words = form.elements.words?.value.trim() ?? "", got = await say(form, words ? { words, document: pickedIn } : {});
  if (got && !got.failed) { $(".opinion")?.remove(); toast(t("feedback.kept")) }
});
element.addEventListener("change", e => { if (e.target.matches(".opinion [name=silent]")) say(e.target.form) });
element.addEventListener("input", e => { if (e.target.matches(".opinion [name=words]")) pickedIn = "" });
acts.adds = ({ form }) => { const words = form.elements.words.value.trim(); if (words) say(form, { words, document: pickedIn }); else form.elements.words.focus() };
acts.drop = ({ form }, at) => say(form, { drop: +at });
acts.usewords = ({ form }, words) => say(form, { words });
acts.unsay = async ({ form }) => {
  const at = form.closest(".turn"), opinion = +form.dataset.opinion, got = await call("forget_opinion", { opinion });
  if (got.error) { toast(got.error); return }
  rate(at, ""); form.remove();
};
acts.unsaid = async (at, id) => {
  const got = await call("forget_opinion", { opinion: +id }); if (got.error) { toast(got.error); return }
  showSets(); for (const at of $$(".turn")) rate(at, "");
  toast(t("feedback.removed"), async () => { await call("recall_opinion", { opinion: +id }); showSets() });
};
acts.feedbackset = async () => save(await call("feedback_set"));
document.addEventListener("selectionchange", () => {                 // words selected in the open source are the right words
  const words = opened()?.elements.words, chosen = getSelection();
  if (!words || !shown || chosen.isCollapsed || !page.contains(chosen.anchorNode) || !page.contains(chosen.focusNode)) return;
  words.value = chosen.toString().trim(); pickedIn = shown.document;
});
