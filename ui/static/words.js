// Streamlit's own texts are English only. On a Chinese screen each is shown in Chinese as it appears; PAIRS is
// filled by ui/words.py from data/wording. Back on the English screen they read as Streamlit wrote them.
(() => {
  const PAIRS = /*PAIRS*/[];
  const TITLE = /*TITLE*/"";
  const exact = new Map(PAIRS.filter(([en]) => !en.includes("{")));
  const patterns = PAIRS.filter(([en]) => en.includes("{")).map(([en, zh]) => {
    const names = [...en.matchAll(/\{(\w+)\}/g)].map((found) => found[1]);
    const escaped = en.replace(/[.*+?^$()|[\]\\]/g, "\\$&").replace(/\{\w+\}/g, "(.+?)");
    return [new RegExp(`^${escaped}$`), (found) => names.reduce((text, name, n) => text.replaceAll(`{${name}}`, found[n + 1]), zh)];
  });
  const ATTRIBUTES = ["title", "aria-label", "placeholder", "alt"];
  // Inside these, texts are the bureau's own.
  const OURS = "[data-testid=stMarkdownContainer], [data-testid=stTable], .js-plotly-plot .main-svg, style, script, textarea, input[type=text]";
  // An uploader's button is written with the element that holds our own texts elsewhere.
  const THEIRS = "[data-testid=stFileUploaderDropzone]";
  const chinese = () => new URLSearchParams(location.search).get("lang") !== "en";
  const written = new WeakMap(); // node -> {place: [Streamlit's text, ours]}

  const inChinese = (text) => {
    const trimmed = text.trim();
    if (exact.has(trimmed)) return text.replace(trimmed, exact.get(trimmed));
    for (const [pattern, made] of patterns) {
      const found = trimmed.match(pattern);
      if (found) return made(found);
    }
    return null;
  };
  const settle = (node, place, now, write) => {
    if (!now) return;
    const known = (written.get(node) || {})[place];
    const original = known && known[1] === now ? known[0] : now;
    const wanted = chinese() ? inChinese(original) ?? original : original;
    if (wanted === now) return;
    written.set(node, { ...written.get(node), [place]: [original, wanted] });
    write(wanted);
  };
  const visit = (node) => {
    if (node.nodeType === Node.TEXT_NODE) {
      if (!node.parentElement || (node.parentElement.closest(OURS) && !node.parentElement.closest(THEIRS))) return;
      settle(node, "text", node.nodeValue, (text) => { node.nodeValue = text; });
      return;
    }
    if (node.nodeType !== Node.ELEMENT_NODE) return;
    for (const name of ATTRIBUTES) settle(node, name, node.getAttribute(name), (text) => node.setAttribute(name, text));
    node.childNodes.forEach(visit);
  };
  let language = chinese();
  const all = () => { document.documentElement.lang = chinese() ? "zh-CN" : "en"; visit(document.body); };
  const watch = () => {
    if (!document.title || document.title === "Streamlit") document.title = TITLE;
    all();
    new MutationObserver((changes) => {
      if (chinese() !== language) { language = chinese(); all(); }
      for (const change of changes) {
        if (change.type === "childList") change.addedNodes.forEach(visit);
        else if (change.type === "characterData") visit(change.target);
        else settle(change.target, change.attributeName, change.target.getAttribute(change.attributeName),
          (text) => change.target.setAttribute(change.attributeName, text));
      }
    }).observe(document.body, { childList: true, subtree: true, characterData: true, attributes: true, attributeFilter: ATTRIBUTES });
  };
  if (document.body) watch(); else document.addEventListener("DOMContentLoaded", watch);
})();
