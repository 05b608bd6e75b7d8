// Links of our own tables (a.go) change the screen without loading the page anew, as Streamlit's own links do: the
// address is changed and Streamlit told of it as of the browser's back button. Without this script they are plain links.
document.addEventListener("click", (event) => {
  const link = event.target.closest?.("a.go");
  if (!link || event.defaultPrevented || event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
  event.preventDefault();
  history.pushState(null, "", link.href);
  window.dispatchEvent(new PopStateEvent("popstate"));
  document.querySelector("[data-testid=stMain]")?.scrollTo(0, 0);
});

// A tab asks the gate whether its session still holds, and leaves with it: when it comes to the front, and for a minute after
// another tab went to the page to sign out, once a second, so that what it shows is gone as soon as somebody has signed out.
const ask = async () => {
  const how = { cache: "no-store", redirect: "manual", headers: { Accept: "text/html" } }; // as for a page, which nobody gets without a session
  const answer = await fetch(location.pathname, how).catch(() => null);
  if (answer && !answer.ok) location.reload();
};
document.addEventListener("visibilitychange", () => { if (!document.hidden) ask(); });
const leaving = new BroadcastChannel("leaving");
document.addEventListener("click", (event) => { if (event.target.closest?.('a.leaving[href^="/sign-out"]')) leaving.postMessage(""); });
let asking = 0;
leaving.addEventListener("message", () => {
  let times = 60;
  clearInterval(asking);
  asking = setInterval(() => { if (times--) ask(); else clearInterval(asking); }, 1000);
});

// A table on a canvas is one stop of the Tab key: arrows go from cell to cell, and Tab goes on to what comes next. Left to
// itself it would take a stop for each column. Where a cell is being written into, its editor has the key.
document.addEventListener("keydown", (event) => {
  if (event.key === "Tab" && event.target.closest?.("[data-testid=stDataFrame]")) event.stopImmediatePropagation();
}, true);

// Colours of tables follow the browser's scheme by themselves; charts are drawn on the server, so the screen is asked for anew.
const scheme = matchMedia("(prefers-color-scheme: dark)");
const settled = () => { document.documentElement.dataset.scheme = scheme.matches ? "dark" : "light"; };
settled();
scheme.addEventListener("change", () => {
  setTimeout(() => { window.dispatchEvent(new PopStateEvent("popstate")); settled(); }, 60);
});
