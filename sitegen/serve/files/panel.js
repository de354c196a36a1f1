// The preview's own pages say when something was saved since they were made. They are not loaded
// again by themselves: to count all pages of a large archive takes a while.
"use strict";
(() => {
  const note = document.querySelector("[data-changed]");
  const { version } = document.documentElement.dataset;
  let source = null;
  const hear = ({ data }) => {
    note.hidden = String(JSON.parse(data).version) === version;
  };
  const attend = () => {
    source?.close();
    source = null;
    if (document.hidden) return;
    source = new EventSource("/_sitegen/events?path=/_sitegen/");
    source.addEventListener("message", hear);
  };
  document.addEventListener("visibilitychange", attend);
  addEventListener("pagehide", () => source?.close());
  addEventListener("pageshow", attend);
})();
