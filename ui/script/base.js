// The page's behaviour. Gradio runs the parts of this folder, one after the other, as the body of a
// function when the frame has been drawn; in scope: element, trigger, props, server, upload, watch.
// All HTML comes escaped from Python; what is written here goes in as text.
const $ = (selector, root = element) => root.querySelector(selector);
const $$ = (selector, root = element) => [...root.querySelectorAll(selector)];
const frame = $(".frame");
const phone = { get matches() { return frame.clientWidth <= 1000 } }, calm = matchMedia("(prefers-reduced-motion: reduce)");
let articles = 0;

const lies = (at, zoom = frame.currentCSSZoom ?? 1) => {              // where it is, in the page's own pixels
  const { left, top, right, bottom } = at.getBoundingClientRect();
  return { left: left / zoom, top: top / zoom, right: right / zoom, bottom: bottom / zoom };
};
const node = (tag, name, text) => Object.assign(document.createElement(tag), { className: name, textContent: text ?? "" });
const button = (name, text, data) => { const made = node("button", name, text); made.type = "button"; Object.assign(made.dataset, data); return made };
async function call(name, data) {                                    // a Python function -> its answer, or { error }
  try { return (await server["reply_" + name]({ ...data, language: LANGUAGE })) ?? { error: t("frame.lost") } } catch { return { error: t("frame.lost") } } // Gradio gives undefined
}

// ---- one view an address: #name, #name/place, #name?key=value
const views = {};                                                    // by name: { show(place, query), leave() }
let here = null;
function address() {
  const [, name, place = "", query = ""] = location.hash.match(/^#([\w-]+)(?:\/([^?]*))?(?:\?(.*))?$/) ?? [];
  let plain = place; try { plain = decodeURIComponent(place) } catch { /* as it stands */ }
  return { name: name in views ? name : "chat", place: plain, query: new URLSearchParams(query) };
}
function view() {
  const { name, place, query } = address(), before = here;
  if (before && before !== name) { close(); views[before].leave?.() }
  here = frame.dataset.view = name;
  for (const part of $$(".view")) part.hidden = part.dataset.view !== name;
  const within = views[name].within ?? name;
  for (const a of $$(".nav a")) a.dataset.to === within ? a.setAttribute("aria-current", "page") : a.removeAttribute("aria-current");
  $(".nav a[aria-current]")?.scrollIntoView({ block: "nearest", inline: "nearest" });
  document.title = name === "chat" ? "onrecord" : t(name + ".title") + " · onrecord";
  views[name].show?.(place, query);
}
function go(to, { instead = false } = {}) {                          // "library", "statements?speaker=…"
  if (location.hash !== "#" + to) history[instead ? "replaceState" : "pushState"](null, "", "#" + to);
  view();
}
addEventListener("hashchange", view); addEventListener("popstate", view);

// ---- a word at the foot of the page, with a way back
let fading;
function toast(text, undo) {
  const place = $(".toast"), made = [node("span", "", text)];
  if (undo) { const b = button("link", t("frame.undo")); b.addEventListener("click", () => { place.replaceChildren(); undo() }); made.push(b) }
  place.replaceChildren(...made); clearTimeout(fading); fading = setTimeout(() => place.replaceChildren(), undo ? 10000 : 5000);
}

// ---- one listener for all clicks: data-name="value" -> acts.name(element, value, event)
const acts = {};
element.addEventListener("click", e => {
  const t = e.target.closest("button, a, mark, [data-row]"); if (!t) return;
  if (t.matches("a[href^='#']")) { if (e.ctrlKey || e.metaKey || e.shiftKey) return; e.preventDefault(); go(t.getAttribute("href").slice(1)); return }
  for (const name in t.dataset) if (acts[name]) { acts[name](t, t.dataset[name], e); return }
});
