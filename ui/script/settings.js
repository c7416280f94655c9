// ---- settings
const choices = $(".choices");
views.settings = {
  async show() {
    const got = await call("settings");
    if (got.error) { choices.replaceChildren(node("p", "failed", got.error)); return }
    choices.innerHTML = got.html;
    for (const radio of $$("[name=language]", choices)) radio.checked = radio.value === chosen();
    for (const radio of $$("[name=appearance]", choices)) radio.checked = radio.value === (document.documentElement.dataset.theme ?? "");
  },
};
choices.addEventListener("change", async ({ target }) => {
  if (target.name === "appearance") {
    if (target.value) document.documentElement.dataset.theme = target.value; else delete document.documentElement.dataset.theme;
    try { localStorage.setItem("onrecord-theme", target.value) } catch { /* for this page only, then */ }
  } else if (target.name === "language") {                           // the whole page is drawn again
    try { localStorage.setItem("onrecord-language", target.value) } catch { return }
    if (box.value) sessionStorage.setItem("unanswered", box.value);
    location.reload();
  } else if (target.name === "carefulness") {
    const got = await call("careful", { carefulness: target.value });
    toast(got.error ?? t("settings.so"));
  } else {
    const wanted = answerer();
    if (wanted.use && !wanted.llm) { $("[name=llm]", choices).focus(); return }
    const got = await call("answerer", wanted);
    if (got.stays) $(".stays").textContent = got.stays;
    toast(got.error ?? t("settings.so"));
  }
});
const answerer = () => ({
  use: $("[value=written]", choices).checked, llm: $("[name=llm]", choices).value.trim(), llm_url: $("[name=llm_url]", choices).value.trim(),
});
choices.addEventListener("click", async ({ target }) => {
  if (!target.closest("[data-try]")) return;
  const said = $(".model [role=status]", choices);
  said.textContent = t("settings.trying");
  const got = await call("try_answerer", answerer());
  said.textContent = got.error ?? got.said;
});
