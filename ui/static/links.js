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

// A tab that comes back to the front after the session was ended in another asks the gate, and leaves with it.
document.addEventListener("visibilitychange", async () => {
  if (document.hidden) return;
  const answer = await fetch("/page.js", { cache: "no-store", redirect: "manual" }).catch(() => null);
  if (answer && !answer.ok) location.reload();
});

// Colours of tables follow the browser's scheme by themselves; charts are drawn on the server, so the screen is asked for anew.
const scheme = matchMedia("(prefers-color-scheme: dark)");
const settled = () => { document.documentElement.dataset.scheme = scheme.matches ? "dark" : "light"; };
settled();
scheme.addEventListener("change", () => {
  setTimeout(() => { window.dispatchEvent(new PopStateEvent("popstate")); settled(); }, 60);
});
