// ---- evaluate: #evaluate, #evaluate/RUN, #evaluate/RUN/QUESTION?wrong=1&kind=…
const trials = $(".trials"), lobby = $(".lobby"), outcomes = $(".outcomes"), onRun = $(".outcomes .run"), answers = $(".answers"), filters = $(".filters");
const trial = $(".view > .trial"), which = $(".which"), hints = $(".hints"), given = $(".trial .given");
const sieve = { wrong: "", kind: null, document: null, words: "" };
let trying = 0, drawn = 0, polling, uploaded = null;                 // the run that is shown; the one that is drawn
const wantedNow = () => ({ wrong: !!sieve.wrong, kind: sieve.kind, document: sieve.document, words: sieve.words });
function sieved() {                                                  // the filters as they stand in an address
  const query = new URLSearchParams(Object.entries(sieve).filter(([key, value]) => key === "kind" || key === "document" ? value !== null : value)).toString();
  return query ? "?" + query : "";
}
views.evaluate = {
  show(place, query) {
    const [run, ...rest] = place.split("/"), question = rest.join("/");
    sieve.wrong = query.get("wrong") ?? ""; sieve.words = query.get("words") ?? "";
    sieve.kind = query.get("kind"); sieve.document = query.get("document");
    close(); clearTimeout(polling);
    trying = +run || 0;
    trials.hidden = !!question; trial.hidden = $(".facts-of").hidden = !question;
    lobby.hidden = !!trying; outcomes.hidden = !trying;
    if (question) showTrial(question); else if (trying) showRun(); else showSets();
  },
  leave() { clearTimeout(polling) },
};

// ---- the sets, the runs that are kept, the feedback
async function showSets(choose) {
  const got = await call("sets");
  if (here !== "evaluate" || trying) return;
  if (got.error) { $(".tried").replaceChildren(node("p", "failed", got.error)); return }
  const before = choose ?? which.value;
  which.replaceChildren(...got.sets.map(set => new Option(set.label, set.key)));
  if (!got.sets.length) which.append(new Option(t("evaluate.no-set"), ""));
  if (got.sets.some(set => set.key === before)) which.value = before;
  which.disabled = $(".tryout .go").disabled = !got.sets.length;
  $(".tried").innerHTML = got.html; $(".said-of").innerHTML = got.feedback;
  which.dataset.missing = got.missing || !got.articles ? "1" : "";
  settled();
  if (got.running) polling = setTimeout(showSets, 1500);
}
function settled() {                                                 // what can be said of the chosen set at once
  const key = which.value, old = $(".hints .offer");
  $("[data-unset]").hidden = !key.startsWith("set/"); old?.remove();
  if (key === "example" && which.dataset.missing) {
    const offer = node("p", "offer", t("evaluate.example-missing"));
    offer.append(button("link", t("evaluate.put-example"), { putting: "" })); hints.append(offer);
  }
}
which.addEventListener("change", () => { hints.replaceChildren(); settled() });
function tell(got) {                                                 // faults, or a sentence, above the runs
  hints.innerHTML = got.faults ?? "";
  if (got.error) hints.replaceChildren(node("p", "failed", got.error));
  if (got.brings) { const offer = node("p", "offer", t("evaluate.brings", { n: got.brings })); offer.append(button("link", t("evaluate.put-all"), { bringall: "" })); hints.append(offer) }
}
async function began(promise) {
  const got = await promise;
  if (got.run) { hints.replaceChildren(); go("evaluate/" + got.run) } else { if (trying) go("evaluate"); tell(got) }
}
$(".tryout").addEventListener("submit", async e => {
  e.preventDefault(); const run = $(".tryout .go"); run.disabled = true;
  hints.replaceChildren(node("p", "dim", t("evaluate.checking"))); await began(call("try_set", { key: which.value })); run.disabled = false;
});
async function weigh(file, add) {
  uploaded = file; hints.replaceChildren(node("p", "dim", t(add ? "evaluate.bringing-name" : "evaluate.checking-name", { name: file.name })));
  let got; try { const { path } = await upload(file); got = await call("weigh", { path, name: file.name, add }) } catch { got = { error: t("library.unreadable") } }
  tell(got);
  if (!got.key) return;
  await showSets(got.key);                                           // first chosen, then said to be ready: Run runs what is chosen
  hints.replaceChildren(node("p", "dim", t("evaluate.ready", { name: file.name, n: got.size })));
  if (add) call("shelf").then(shelve);
}
acts.bring = () => {
  const choose = Object.assign(document.createElement("input"), { type: "file", accept: ".csv,.tsv,.xlsx,.jsonl,.ndjson,.json" });
  choose.addEventListener("change", () => choose.files[0] && weigh(choose.files[0], false)); choose.click();
};
acts.bringall = () => uploaded && weigh(uploaded, true);
acts.putting = async at => { at.disabled = true; const got = await call("put_example"); if (got.error) tell(got); else { hints.replaceChildren(); shelve(await call("shelf")); showSets("example") } };
acts.unset = async () => { const got = await call("forget_set", { key: which.value }); if (got.error) tell(got); else { hints.replaceChildren(); showSets() } };
acts.unrun = async (at, id) => {
  const got = await call("forget_run", { id: +id }); if (got.error) { toast(got.error); return }
  showSets(); toast(t("evaluate.removed-run", { name: at.dataset.called }), async () => { await call("recall_run", { id: +id }); showSets() });
};
acts.rerun = (at, id) => began(call("try_again", { id: +id }));
acts.onward = (at, id) => call("go_on", { id: +id }).then(got => got.error ? toast(got.error) : showRun());

// ---- a run: while it goes on, and what came of it
function drawRunning(got) {
  if (!$(".progress", onRun)) {
    const back = node("p", "back"), home = node("a", "", t("evaluate.title")), head = node("header"), bar = node("progress", "progress"), stop = button("plain", t("chat.stop"), { halt: "" });
    home.href = "#evaluate"; back.append(home); head.append(node("h1", "", got.name)); bar.ariaLabel = t("evaluate.asked-bar");
    onRun.replaceChildren(back, head, bar, node("p", "told num"), stop); answers.hidden = true;
  }
  const bar = $(".progress", onRun); bar.max = got.size; bar.value = got.done; $(".told", onRun).textContent = got.told;
}
async function showRun() {
  const run = trying, got = await call("evaluation", { id: run });
  if (here !== "evaluate" || trying !== run || !trial.hidden) return;
  if (got.error) { drawn = 0; const back = node("p", "back"), home = node("a", "", t("evaluate.title")); home.href = "#evaluate"; back.append(home); onRun.replaceChildren(back, node("p", "failed calm", got.error)); answers.hidden = true; return }
  document.title = got.name + " · onrecord";
  if (got.state === "running") { drawn = 0; drawRunning(got); polling = setTimeout(showRun, 400); return }
  if (drawn !== run || got.state !== "done") {
    onRun.innerHTML = got.html; answers.hidden = got.state !== "done"; drawn = run; trials.scrollTop = 0;
    const names = attribute => $$(`[data-${attribute}]`, onRun).map(bar => [$("span", bar).textContent, bar.dataset[attribute]]);
    fillSelect(filters.elements.kind, t("evaluate.every-kind"), names("kindred")); fillSelect(filters.elements.document, t("evaluate.every-article"), names("ofdocument"));
  }
  if (got.state === "done") fetchResults();
}
function fillSelect(select, all, names) {
  select.hidden = names.length < 2; select.replaceChildren(new Option(all, "*"), ...names.map(([label, name]) => new Option(label, name)));
}
async function fetchResults(after = 0) {
  const run = trying, at = sieved(); filters.elements.wrong.checked = !!sieve.wrong;
  if (document.activeElement !== filters.elements.words) filters.elements.words.value = sieve.words;
  for (const name of ["kind", "document"]) filters.elements[name].value = sieve[name] ?? "*";
  const got = await call("results", { id: run, ...wantedNow(), after });
  if (trying !== run || sieved() !== at) return;
  if (got.error) { toast(got.error); return }
  const body = $(".results tbody");
  if (after) body.insertAdjacentHTML("beforeend", got.rows); else body.innerHTML = got.rows;
  for (const a of $$("a[data-trial]", body)) a.setAttribute("href", `#evaluate/${run}/${encodeURIComponent(a.dataset.trial)}${at}`);
  $(".found", filters).textContent = got.found; $(".answers .none").hidden = !!body.children.length; $(".results").hidden = !body.children.length;
  const rest = $(".answers .rest"); rest.hidden = !got.left; $("button", rest).textContent = t("statements.more", { n: got.more }); $("span", rest).textContent = t("statements.not-shown", { n: got.left });
}
function narrow(change, instead) { Object.assign(sieve, change); history[instead ? "replaceState" : "pushState"](null, "", `#evaluate/${trying}${sieved()}`); fetchResults() }
let narrowing;
filters.addEventListener("submit", e => e.preventDefault());
filters.elements.words.addEventListener("input", () => { clearTimeout(narrowing); narrowing = setTimeout(() => narrow({ words: filters.elements.words.value.trim() }, true), 160) });
filters.addEventListener("change", ({ target }) => {
  if (target.name === "wrong") narrow({ wrong: target.checked ? "1" : "" });
  else if (target.name === "kind" || target.name === "document") narrow({ [target.name]: target.value === "*" ? null : target.value });
});
acts.kindred = (at, kind) => { narrow({ kind, document: null }); answers.scrollIntoView({ block: "start", behavior: calm.matches ? "instant" : "smooth" }) };
acts.ofdocument = (at, name) => { narrow({ document: name, kind: null }); answers.scrollIntoView({ block: "start", behavior: calm.matches ? "instant" : "smooth" }) };
acts.further = () => fetchResults($$(".results tbody tr").length);
acts.halt = async at => { at.disabled = true; at.textContent = t("evaluate.stopping"); await call("halt") };
acts.taken = async (at, form) => { at.closest("details").open = false; save(await call("report", { id: trying, form })) };
$(".results tbody").addEventListener("click", e => { const row = e.target.closest("tr"); if (row && !e.target.closest("a, button") && getSelection().isCollapsed) go($("a[data-trial]", row).getAttribute("href").slice(1)) });

// ---- one question of a run: its answer beside its source, and what would be right
async function showTrial(question) {
  const run = trying, at = sieved(), got = await call("trial", { id: run, question, ...wantedNow() });
  if (trying !== run || trial.hidden) return;
  const home = $(".trial .home"), steps = $(".trial .steps"); home.href = `#evaluate/${run}${at}`; home.textContent = got.name ?? t("evaluate.back");
  $(".trial .judged").innerHTML = got.judged ?? ""; given.innerHTML = got.answer ?? ""; $(".trial .expected").innerHTML = got.expected ?? ""; $(".facts-of .values").innerHTML = got.values ?? "";
  steps.hidden = !!got.error; trial.scrollTop = 0;
  if (got.error) { given.replaceChildren(node("p", "failed calm", got.error)); return }
  document.title = got.title + " · onrecord"; given.dataset.noun = $(".silent", given) ? "passage" : "citation";
  for (const way of ["before", "after"]) { const a = $("." + way, steps); a.hidden = !got[way]; if (got[way]) a.setAttribute("href", `#evaluate/${run}/${encodeURIComponent(got[way])}${at}`) }
  $(".at", steps).textContent = got.place;
  const first = $(".cite", given) ?? $(".trial .expected .cite"); if (first && !phone.matches) cite(first);
}
