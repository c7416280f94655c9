// ---- an article to read, #article/NAME?at=start-end
const read = $(".read"), voices = $(".voices");
views.article = {
  within: "library",
  async show(name, query) {
    const [start, end] = (query.get("at") ?? "0-0").split("-").map(n => +n || 0), got = await call("article", { name, start, end });
    if (here !== "article" || address().place !== name) return;
    if (got.error) { read.replaceChildren(node("p", "failed calm", got.error)); voices.replaceChildren(); return }
    read.innerHTML = got.html; voices.innerHTML = got.people; document.title = got.title + " · onrecord";
    unroll(read, $(".reader"), more => call("article", { name, start, end, ...more }), () => {});
    $(".reader").scrollTop = 0; $("mark.on", read)?.scrollIntoView({ block: "center" });
  },
};
acts.voice = (t, name) => {                                          // the words of one speaker stand out
  const on = t.getAttribute("aria-pressed") !== "true";
  for (const b of $$("[data-voice]", voices)) b.setAttribute("aria-pressed", on && b === t);
  for (const words of $$(".st", read)) words.classList.toggle("on", on && words.dataset.by.split("\n").includes(name));
  if (on) $(".st.on", read)?.scrollIntoView({ block: "center", behavior: calm.matches ? "instant" : "smooth" });
};
