// ---- who said what
const ledger = $(".ledger"), people = $(".ledger + .pane .people"), stmts = $(".stmts"), sift = $(".sift"), words = $(".about", sift), among = $(".article", sift);
const sought = { speaker: "", about: "", article: "" };
let sifting = 0;
function sifted() {                                                  // the address of what is shown
  const query = new URLSearchParams(Object.entries(sought).filter(([, value]) => value)).toString();
  return "statements" + (query ? "?" + query : "");
}
async function fetchStatements(after = 0) {
  const ticket = ++sifting, got = await call("ledger", { ...sought, after });
  if (ticket !== sifting) return;
  if (!after) close();
  if (got.error) { stmts.replaceChildren(node("li", "failed", got.error)); return }
  if (after) { $(".more", stmts)?.remove(); stmts.insertAdjacentHTML("beforeend", got.rows) }
  else { stmts.innerHTML = got.rows; ledger.scrollTop = 0 }
  people.innerHTML = got.people; stmts.dataset.all = got.all;
  $(".found").textContent = got.found;
  among.replaceChildren(new Option(t("statements.all-articles"), ""), ...got.articles.map(a => new Option(a.title, a.name)));
  among.value = sought.article = got.article;
  const set = $(".chip.speaker", sift); set.hidden = !got.speaker; set.textContent = got.speaker + " ✕"; set.ariaLabel = t("statements.only-speaker", { speaker: got.speaker });
  people.querySelector("[aria-pressed=true]")?.scrollIntoView({ block: "nearest", inline: "nearest" });
}
views.statements = {
  show(_, query) {
    for (const key in sought) sought[key] = query.get(key) ?? "";
    if (words.value.trim() !== sought.about) words.value = sought.about;
    fetchStatements();
  },
};
acts.speaker = (t, name) => { sought.speaker = name; go(sifted()) };
acts.more = () => fetchStatements(chips(stmts).length);
acts.row = (t, _, e) => { if (getSelection().isCollapsed) cite($(".cite", t)) };
let typing;
words.addEventListener("input", () => { clearTimeout(typing); typing = setTimeout(() => { sought.about = words.value.trim(); go(sifted(), { instead: true }) }, 160) });
among.addEventListener("change", () => { sought.article = among.value; go(sifted()) });
sift.addEventListener("submit", e => e.preventDefault());
