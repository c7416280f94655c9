"use strict";
(() => {
  const form = document.querySelector(".filters");
  const all = [...document.querySelectorAll(".q")];
  const output = form.querySelector("output");
  const none = document.querySelector(".none");
  const field = (name) => form.elements[name];

  const filter = () => {
    const wrong = field("which").value === "wrong";
    const verdict = field("verdict").value;
    const kind = field("kind").value;
    const from = field("document") ? field("document").value : "*";
    const words = field("find").value.trim().toLowerCase();
    let shown = 0;
    for (const one of all) {
      const fits =
        (!wrong || one.classList.contains("ko")) &&
        (!verdict || one.dataset.verdict === verdict) &&
        (kind === "*" || one.dataset.kind === kind) &&
        (from === "*" || one.dataset.document === from) &&
        (!words || one.querySelector(".text").textContent.toLowerCase().includes(words) || one.id.toLowerCase() === words);
      one.hidden = !fits;
      shown += fits;
    }
    output.textContent = shown === 1 ? "1 question" : `${shown.toLocaleString("en")} questions`;
    none.hidden = shown > 0;
  };

  const only = (name, value) => {
    form.reset();
    field(name).value = value;
    filter();
    document.querySelector(".questions").scrollIntoView();
  };

  const open = () => {
    let id = location.hash.slice(1);
    try { id = decodeURIComponent(id); } catch { /* an id with a stray percent sign stays as it is */ }
    const one = id && document.getElementById(id);
    if (!one || !one.matches(".q")) return;
    if (one.hidden) { form.reset(); filter(); }
    one.open = true;
    one.scrollIntoView();
  };

  form.addEventListener("input", filter);
  form.addEventListener("submit", (event) => event.preventDefault());
  document.addEventListener("click", (event) => {
    const button = event.target.closest("button[data-kind], button[data-document], button[data-verdict]");
    if (!button) return;
    const [name] = Object.keys(button.dataset);
    only(name, button.dataset[name]);
  });
  document.addEventListener("toggle", (event) => {
    if (event.target.matches(".q") && event.target.open && decodeURIComponent(location.hash.slice(1)) !== event.target.id) {
      history.replaceState(null, "", `#${encodeURIComponent(event.target.id)}`);
    }
  }, true);
  addEventListener("hashchange", open);
  let closed = [];
  addEventListener("beforeprint", () => {
    closed = all.filter((one) => !one.open && !one.hidden && one.classList.contains("ko"));
    for (const one of closed) one.open = true;
  });
  addEventListener("afterprint", () => { for (const one of closed) one.open = false; });
  open();
})();
