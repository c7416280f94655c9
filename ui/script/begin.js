// ---- keys, and the beginning
document.addEventListener("keydown", e => {
  if (!element.isConnected) return;
  if (e.key === "Escape") { const row = $("tr.doubted"); row ? doubt(row, false) : close(true) }
  if ((e.key === "ArrowDown" || e.key === "ArrowUp") && shown && e.target.matches?.(".cite, .step")) { e.preventDefault(); step(e.key === "ArrowDown" ? 1 : -1) }
});
box.value = sessionStorage.getItem("unanswered") ?? ""; sessionStorage.removeItem("unanswered"); grow();
view(); call("shelf").then(shelve);
if (!phone.matches && here === "chat") box.focus();
