// ---- a citation and its place in the source are one thing. Citations (.cite) stand in a set
// ([data-set]: a turn, the list of statements), and are numbered in it.
const source = $(".source"), page = $(".page"), where = $(".where");
let shown = null, asked = 0;                                         // { set, n, document }
const chips = set => $$(".cite", set);
const chip = (set, n) => chips(set).find(c => +c.dataset.citation === n);
const spans = c => c.dataset.spans.split(",").map(span => span.split("-").map(Number));
const numbered = set => [...new Set(chips(set).map(c => +c.dataset.citation))].sort((a, b) => a - b);
function unfold() { source.hidden = false; frame.classList.add("reading") }
async function cite(at) {
  hush(); const set = at.closest("[data-set]"), n = +at.dataset.citation, name = at.dataset.document, ticket = ++asked;
  const top = lies(at).top, jump = shown?.set !== set || shown.document !== name || !!$(".further", page) && !$(`mark[data-citation="${n}"]`, page);
  if (jump) {
    const marks = chips(set).filter(c => c.dataset.document === name).flatMap(c => spans(c).map(span => [+c.dataset.citation, ...span]));
    const wanted = { document: name, sha: at.dataset.sha, marks, at: n }, got = await call("source", wanted);
    if (ticket !== asked || !at.isConnected) return;
    if (got.error) page.replaceChildren(node("p", "dim", got.error)); else page.innerHTML = got.html;
    unroll(page, page, more => call("source", { ...wanted, ...more }), () => { for (const m of $$("mark", page)) m.classList.toggle("on", +m.dataset.citation === shown?.n) });
  }
  shown = { set, n, document: name };
  unfold();
  for (const c of $$(".cite[aria-pressed=true]")) c.setAttribute("aria-pressed", "false");
  for (const c of chips(set)) if (+c.dataset.citation === n) c.setAttribute("aria-pressed", "true");
  for (const m of $$("mark", page)) m.classList.toggle("on", +m.dataset.citation === n);
  const all = +set.dataset.all || numbered(set).length;
  where.replaceChildren(node("b", "num", t("source." + set.dataset.noun, { n })), t("source.of", { all }));
  for (const s of $$("[data-step]")) s.hidden = all < 2;
  keep(at, top); centre(jump);
}
function unroll(place, scroller, fetch, drawn) {                     // more of a long article, when its edge comes near
  const look = new IntersectionObserver(seen => { for (const one of seen) if (one.isIntersecting) { look.unobserve(one.target); more(one.target) } }, { root: scroller, rootMargin: "1200px" });
  const begin = () => { for (const edge of $$(".further", place)) look.observe(edge) };
  async function more(edge) {
    const { earlier, later } = edge.dataset, got = await fetch(earlier ? { earlier: +earlier } : { later: +later });
    if (!edge.isConnected || got.error) return;
    const held = edge.nextElementSibling ?? edge, top = lies(held).top;
    edge.insertAdjacentHTML("beforebegin", got.html); edge.remove();
    if (earlier) scroller.scrollTop += lies(held).top - top;
    drawn(); begin();
  }
  begin();
}
function keep(at, top) {                                             // what was touched stays where it was, and in view
  const scroll = at.closest(".scroll"); if (!scroll) return;
  scroll.scrollTop += lies(at).top - top;
  const edge = lies(scroll), here = lies(at);
  if (here.bottom > edge.bottom - 12) scroll.scrollTop += here.bottom - edge.bottom + 24;
  if (here.top < edge.top + 12) scroll.scrollTop -= edge.top - here.top + 24;
}
function centre(jump) {
  const on = $$("mark.on", page); if (!on.length) { page.scrollTop = 0; return }
  const box = lies(page), first = lies(on[0]), last = lies(on.at(-1));
  const middle = (page.clientHeight - (last.bottom - first.top)) / 2;
  page.scrollTo({ top: page.scrollTop + first.top - box.top - Math.max(middle, 24), behavior: jump || calm.matches ? "instant" : "smooth" });
}
function step(by) {                                                  // around the citations of the set
  if (!shown) return;
  const all = numbered(shown.set), n = all[(all.indexOf(shown.n) + by + all.length) % all.length], at = chip(shown.set, n);
  if (document.activeElement?.classList.contains("cite")) at.focus({ preventScroll: true });
  return cite(at);
}
function close(focus) {
  asked++;
  if (!shown) return;
  const back = chip(shown.set, shown.n);
  shown = null; source.hidden = true; frame.classList.remove("reading"); page.replaceChildren();
  for (const c of $$(".cite[aria-pressed=true]")) c.setAttribute("aria-pressed", "false");
  if (focus) back?.focus({ preventScroll: true });
}
acts.citation = (t, n) => { if (t.matches(".cite")) cite(t); else if (shown) cite(chip(shown.set, +n)) };
acts.origin = (_, id) => cite(document.getElementById(id));
acts.step = (t, by) => step(+by);
acts.close = () => close(true);

// ---- what a citation quotes, on hover and on focus
const card = $(".card");
let dates = {}, hovering;
function describe(at) {
  const { title, by, place, quote, language, document: name } = at.dataset, facts = [title, dates[name], place].filter(Boolean);
  card.replaceChildren(...(by ? [node("b", "", by)] : []), node("p", "", quote), node("span", "", facts.join(" · ")));
  for (const part of card.children) part.dir = "auto";
  $("p", card).lang = language;
  card.hidden = false; at.setAttribute("aria-describedby", card.id);
  const { left, top, bottom } = lies(at), { offsetWidth: width, offsetHeight: height } = card;
  card.style.left = Math.max(8, Math.min(left - 24, frame.clientWidth - width - 8)) + "px";
  card.style.top = (top - height - 8 > 8 ? top - height - 8 : bottom + 8) + "px";
}
function hush() { clearTimeout(hovering); card.hidden = true; for (const at of $$("[aria-describedby=onrecord-card]")) at.removeAttribute("aria-describedby") }
element.addEventListener("mouseover", e => { const at = e.target.closest(".cite[data-quote]"); if (at) { clearTimeout(hovering); hovering = setTimeout(() => at.isConnected && describe(at), 180) } else hush() });
element.addEventListener("focusin", e => { const at = e.target.closest(".cite[data-quote]"); if (at?.matches(":focus-visible")) describe(at); else hush() });
element.addEventListener("focusout", hush); element.addEventListener("scroll", hush, true);
