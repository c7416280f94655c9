// ---- keys, and the beginning
const keys = $(".keys"), PLACES = { c: "chat", l: "library", w: "statements", e: "evaluate", s: "settings" };
let leading = false;                                                 // g was pressed, a place follows
acts.keys = () => keys.showModal();
function nearby(by) {                                                // the next citation, or the first of the latest answer
  if (shown) return step(by);
  const set = here === "statements" ? stmts : here === "evaluate" ? given : $$(".turn").filter(at => $(".cite", at)).at(-1);
  const first = set && $(".cite", set); if (first) cite(first);
}
function shortcut(key) {
  if (leading) { leading = false; if (key in PLACES && PLACES[key] in views) go(PLACES[key] === "chat" && talk ? "chat/" + talk : PLACES[key]); return }
  if (key === "?") keys.showModal();
  else if (key === "/") { if (here !== "chat") go(talk ? "chat/" + talk : "chat"); box.focus() }
  else if (key === "n") nearby(1);
  else if (key === "p") nearby(-1);
  else if (key === "o") acts.anew();
  else if (key === "g") leading = true;
  else return;
  return true;
}
document.addEventListener("keydown", e => {
  if (!element.isConnected || keys.open) return;
  if (e.key === "Escape") {
    if (frame.classList.contains("scoping")) acts.limit(); else if (shown) close(true); else if (editing) acts.unedit(); else if (busy) stop(); else frame.classList.remove("listing");
  }
  const writes = e.target.matches?.("textarea, select, input:not([type=checkbox], [type=radio])");
  if (writes || e.ctrlKey || e.metaKey || e.altKey || e.isComposing) return;
  if ((e.key === "ArrowDown" || e.key === "ArrowUp") && shown && e.target.matches?.(".cite, .step")) { e.preventDefault(); step(e.key === "ArrowDown" ? 1 : -1) }
  else if (shortcut(e.key)) e.preventDefault();
});
document.addEventListener("click", e => { for (const open of $$("details.more[open]")) if (!open.contains(e.target)) open.open = false });
box.value = sessionStorage.getItem("unanswered") ?? ""; sessionStorage.removeItem("unanswered"); grow();
view(); list(); call("shelf").then(shelve);
if (!phone.matches && here === "chat") box.focus();
