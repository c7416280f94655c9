// ---- the page's language: the one chosen in the settings, else the browser's first that there is.
// Before this stand TEXTS, the texts of all languages, and FRAMES, those of all but the first.
const chosen = () => { try { return localStorage.getItem("onrecord-language") ?? "" } catch { return "" } };
const LANGUAGE = [chosen(), ...navigator.languages.map(code => code.split("-")[0])].find(code => code in TEXTS) ?? Object.keys(TEXTS)[0];
const WORDS = TEXTS[LANGUAGE];
if (LANGUAGE in FRAMES) element.innerHTML = FRAMES[LANGUAGE];
const root = document.documentElement, speak = () => { if (root.lang !== LANGUAGE) root.lang = LANGUAGE };
speak(); new MutationObserver(speak).observe(root, { attributeFilter: ["lang"] }); // Gradio writes its own there
const forms = new Intl.PluralRules(LANGUAGE);
const figure = n => n.toLocaleString(LANGUAGE);
const t = (key, values = {}) => {                                    // a text of the page's language, its places filled
  const text = WORDS[key], chosen = typeof text === "string" ? text : text[forms.select(values.n)] ?? text.other;
  return chosen.replace(/\{(\w+)\}/g, (_, name) => typeof values[name] === "number" ? figure(values[name]) : values[name]);
};
const day = iso => {                                                 // as wording in Python has it
  const parts = new Intl.DateTimeFormat(LANGUAGE, { day: "numeric", month: "short", year: "numeric" }).formatToParts(new Date(iso + "T00:00"));
  const { day: d, month: MMM, year: y } = Object.fromEntries(parts.map(part => [part.type, part.value]));
  return WORDS["language.short-day"].replace(/MMM|d|y/g, field => ({ d, MMM, y })[field]);
};
