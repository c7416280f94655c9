const files = $(".files");
let adding = Promise.resolve();
views.library = { title: "Library" };
// ---- the library
function shelve(state) {
  if (state.error) { $(".records").replaceChildren(node("p", "failed", state.error)); return }
  articles = state.articles; $(".records").innerHTML = state.library; start.innerHTML = state.start;
  $(".nav a[data-to=library] .count").textContent = articles ? articles.toLocaleString("en") : "";
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

acts.pick = () => files.click();
acts.doubt = t => doubt(t.closest("tr"), true);
acts.keep = t => doubt(t.closest("tr"), false);
acts.remove = (t, name) => remove(name);
acts.dismiss = t => t.closest("li").remove();
files.addEventListener("change", () => { add([...files.files]); files.value = "" });
let inside = 0;
const carries = e => [...(e.dataTransfer?.types ?? [])].includes("Files");
frame.addEventListener("dragenter", e => { if (carries(e)) { inside++; frame.classList.add("dropping") } });
frame.addEventListener("dragleave", e => { if (carries(e) && --inside <= 0) { inside = 0; frame.classList.remove("dropping") } });
frame.addEventListener("dragover", e => { if (carries(e)) e.preventDefault() });
frame.addEventListener("drop", async e => { if (!carries(e)) return; e.preventDefault(); inside = 0; frame.classList.remove("dropping"); add(await dropped(e.dataTransfer)) });
