// ---- keys, and the beginning
document.addEventListener("keydown", e => {
  if (!element.isConnected) return;
  if (e.key === "Escape") { if (frame.classList.contains("scoping")) acts.limit(); else if (shown) close(true); else if (editing) acts.unedit(); else if (busy) stop(); else frame.classList.remove("listing") }
  if ((e.key === "ArrowDown" || e.key === "ArrowUp") && shown && e.target.matches?.(".cite, .step")) { e.preventDefault(); step(e.key === "ArrowDown" ? 1 : -1) }
});
box.value = sessionStorage.getItem("unanswered") ?? ""; sessionStorage.removeItem("unanswered"); grow();
view(); list(); call("shelf").then(shelve);
if (!phone.matches && here === "chat") box.focus();
