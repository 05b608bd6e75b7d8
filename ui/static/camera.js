// The camera of a chart saves it on white, also where the screen is dark: pictures are pasted into white pages.
// Plotly copies a chart's data and layout while its button is clicked, and draws the picture from the copy. So the
// colours of the dark screen are exchanged just before the click reaches it, and put back when it has passed.
(() => {
  const toLight = /*TO_LIGHT*/{};
  const dark = new RegExp(Object.keys(toLight).join("|"), "gi");

  function exchange(owner, changed) {
    for (const key of Object.keys(owner)) {
      const value = owner[key];
      if (typeof value === "string") {
        const light = value.replace(dark, found => toLight[found.toLowerCase()]);
        if (light !== value) {
          changed.push([owner, key, value]);
          owner[key] = light;
        }
      } else if (Array.isArray(value) || (value && Object.getPrototypeOf(value) === Object.prototype)) {
        exchange(value, changed);
      }
    }
  }

  document.addEventListener("click", event => {
    const chart = event.target.closest?.(".modebar-btn")?.closest(".js-plotly-plot");
    if (!chart?.layout?.paper_bgcolor || !chart.layout.paper_bgcolor.match(dark)) return;
    const changed = [];
    exchange(chart.layout, changed);
    exchange(chart.data, changed);
    setTimeout(() => changed.forEach(([owner, key, value]) => { owner[key] = value; }));
  }, true);
})();
