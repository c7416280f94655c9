const files = $(".files");
let adding = Promise.resolve();
views.library = {};
const find = $(".find"), paste = $(".paste"), picked = $(".picked");
let sorting = { key: "", down: false };
const picks = () => $$(".records [name=pick]:checked").map(pick => pick.value);
function arrange() {                                                 // sort, and show what is sought
  const rows = $$(".records tbody tr"), { key, down } = sorting, words = find.value.toLowerCase().split(/\s+/).filter(Boolean);
  const by = key && ((a, b) => a.dataset[key].localeCompare(b.dataset[key], LANGUAGE, { numeric: true, sensitivity: "base" }));
  if (key) { rows.sort((a, b) => down ? by(b, a) : by(a, b)); $(".records tbody").append(...rows) }
  for (const th of $$(".records thead [data-sort]")) th.closest("th").ariaSort = th.dataset.sort === key ? (down ? "descending" : "ascending") : "none";
  for (const row of rows) { const text = `${row.dataset.title} ${row.dataset.name} ${row.dataset.byline}`.toLowerCase(); row.hidden = !words.every(word => text.includes(word)) }
  const nothing = $(".records .nothing"); if (nothing) nothing.hidden = !rows.length || rows.some(row => !row.hidden);
}
function count() {
  const n = picks().length, every = $(".records .every");
  picked.hidden = !n; $(".num", picked).textContent = t("library.selected", { n });
  if (every) { every.checked = n > 0 && n === $$(".records tbody tr:not([hidden])").length; every.indeterminate = n > 0 && !every.checked }
}
// ---- the library
function shelve(state) {
  if (state.error) { $(".records").replaceChildren(node("p", "failed", state.error)); return }
  const before = new Set(picks());
  articles = state.articles; $(".records").innerHTML = state.library; $(".scopes").innerHTML = state.scope; dates = state.dates;
  for (const pick of $$(".records [name=pick]")) pick.checked = before.has(pick.value);
  winnow(); arrange(); count(); limit({ articles: scope.articles.filter(name => state.names.includes(name)) });
  start.innerHTML = state.start;
  $(".stays").textContent = state.stays;
  $(".nav a[data-to=statements] .count").textContent = state.statements ? figure(state.statements) : "";
  $(".nav a[data-to=library] .count").textContent = articles ? figure(articles) : "";
  $(".shelf .formats").textContent = state.formats;
}
function add(list) {
  if (!list.length) return;
  go("library");
  for (const row of $$(".arrivals li")) if ($(".outcome:is(.added, .skipped)", row)) row.remove();
  const rows = list.map(file => {
    const row = node("li", "", ""); row.append(node("span", "file", file.name), node("span", "outcome", t("library.waiting"))); $(".arrivals").append(row);
    return [file, row];
  });
  tally();
  adding = rows.reduce((before, [file, row]) => before.then(() => addOne(file, row)), adding);
}
function tally() {                                                   // how far all of them are
  const all = $$(".arrivals li").length, came = $$(".arrivals .outcome:is(.added, .skipped)").length, failed = $$(".arrivals .outcome.failed").length;
  const batch = $(".batch"); batch.hidden = all < 2;
  batch.textContent = t(failed ? "library.batch-failed" : "library.batch", { came, all, failed });
}
async function addOne(file, row) {
  const say = text => { $(".outcome", row).textContent = text };
  let got;
  try { say(t("library.copying")); const { path } = await upload(file); say(t("library.reading")); got = await call("add", { path, name: file.name }) } catch { got = { error: t("library.unreadable") } }
  if (got.error) { say(got.error); $(".outcome", row).classList.add("failed") } else { row.innerHTML = got.arrival; shelve(got.shelf) }
  const off = node("button", "act", t("library.dismiss")); off.type = "button"; off.dataset.dismiss = ""; off.ariaLabel = t("library.dismiss-name", { name: file.name }); row.append(off); tally();
}
async function remove(names) {                                       // with a way back
  const got = await call("remove", { names });
  if (got.error) { toast(got.error); return }
  shelve(got.shelf); if (here === "article") go("library");
  const undo = async () => {
    toast(t("library.restoring")); const back = await call("restore", { names });
    if (back.error) toast(back.error, undo); else { shelve(back.shelf); toast(t("library.restored")) }
  };
  toast(names.length === 1 ? t("library.removed", { name: names[0] }) : t("library.removed-some", { n: names.length }), undo);
}
async function dropped(transfer) {                                   // files, and the files in folders
  const found = [], walk = async entry => {
    if (entry.isFile) found.push(await new Promise((yes, no) => entry.file(yes, no)));
    else for (let reader = entry.createReader(), some; (some = await new Promise((yes, no) => reader.readEntries(yes, no))).length;) for (const e of some) if (!e.name.startsWith(".")) await walk(e);
  };
  for (const entry of [...transfer.items].map(i => i.webkitGetAsEntry?.()).filter(Boolean)) await walk(entry);
  return found.length ? found : [...transfer.files];
}

acts.pick = () => files.click();
acts.remove = (t, name) => remove([name]);
acts.discard = () => remove(picks());
acts.about = (t, name) => { limit({ articles: name ? [name] : picks() }); go("chat"); box.focus() };
acts.pasting = () => { paste.hidden = !paste.hidden; paste.hidden ? paste.reset() : paste.elements.text.focus() };
acts.sort = (t, key) => { sorting = { key, down: sorting.key === key ? !sorting.down : !["title", "byline"].includes(key) }; arrange() };
acts.dismiss = at => { at.closest("li").remove(); tally() };
files.addEventListener("change", () => { add([...files.files]); files.value = "" });
let inside = 0;
const carries = e => [...(e.dataTransfer?.types ?? [])].includes("Files");
frame.addEventListener("dragenter", e => { if (carries(e)) { inside++; frame.classList.add("dropping") } });
frame.addEventListener("dragleave", e => { if (carries(e) && --inside <= 0) { inside = 0; frame.classList.remove("dropping") } });
frame.addEventListener("dragover", e => { if (carries(e)) e.preventDefault() });
frame.addEventListener("drop", async e => { if (!carries(e)) return; e.preventDefault(); inside = 0; frame.classList.remove("dropping"); add(await dropped(e.dataTransfer)) });
$(".shelf").addEventListener("change", e => {
  if (e.target.matches(".every")) for (const pick of $$(".records tbody tr:not([hidden]) [name=pick]")) pick.checked = e.target.checked;
  if (e.target.matches(".every, [name=pick]")) count();
});
find.addEventListener("input", arrange);
async function record(text, title = "") {                            // pasted text -> the article's name, or null and the reason
  const got = await call("paste", { text, title });
  if (got.error) return [null, got.error];
  shelve(got.shelf); return [got.name, ""];
}
paste.addEventListener("submit", async e => {
  e.preventDefault(); const { text, title } = paste.elements, wrong = $(".wrong", paste), go = $(".go", paste);
  go.disabled = true; const [name, reason] = await record(text.value, title.value); go.disabled = false;
  wrong.hidden = !reason; wrong.textContent = reason;
  if (name) { acts.pasting(); toast(t("library.recorded", { name })) } else text.focus();
});
