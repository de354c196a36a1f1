// The preview's script: keeps a page as it would be if it were asked for now, says what is wrong,
// and shows a bar. It is not in the bytes that a build writes.
"use strict";
(() => {
  const script = document.currentScript;
  const { path, seen } = script.dataset;
  const own = new URL(".", script.src);
  const key = `sitegen:${path}`;
  let styles = "";
  let leaving = false;

  // Where the reader was, before a reload.

  const kept = sessionStorage.getItem(key);
  if (kept) {
    sessionStorage.removeItem(key);
    history.scrollRestoration = "manual";
    const [x, y] = JSON.parse(kept);
    const back = () => scrollTo({ left: x, top: y, behavior: "instant" });
    back();
    addEventListener("load", back, { once: true });
  }

  const reload = () => {
    if (leaving) return;
    leaving = true;
    sessionStorage.setItem(key, JSON.stringify([scrollX, scrollY]));
    location.reload();
  };

  // Style sheets, exchanged without a reload: the new one is there before the old one goes.

  const exchange = () => {
    for (const old of document.querySelectorAll('link[rel="stylesheet"]')) {
      const address = new URL(old.href);
      if (address.origin !== location.origin) continue;
      address.searchParams.set("preview", styles.slice(0, 8));
      const fresh = old.cloneNode();
      fresh.href = address;
      fresh.addEventListener("load", () => old.remove());
      fresh.addEventListener("error", () => fresh.remove());
      old.after(fresh);
    }
  };

  // The bar and what is wrong, apart from the page's own styles.

  const host = document.createElement("sitegen-preview");
  const shadow = host.attachShadow({ mode: "open" });
  const sheet = document.createElement("link");
  sheet.rel = "stylesheet";
  sheet.href = new URL("preview.css", own);
  const element = (name, attributes = {}, ...children) => {
    const made = document.createElement(name);
    for (const [attribute, value] of Object.entries(attributes)) made.setAttribute(attribute, value);
    made.append(...children);
    return made;
  };
  const state = element("span", { class: "state" });
  const hide = element("button", { type: "button", class: "hide", "aria-label": "Hide the preview's bar" }, "×");
  const bar = element(
    "aside",
    { class: "bar", "aria-label": "Preview" },
    element("a", { href: "/_sitegen/" }, "Preview"),
    element("a", { href: `/_sitegen/why?path=${encodeURIComponent(path)}` }, "Why is this page so?"),
    state,
    hide,
  );
  const wrong = element("section", { class: "wrong", role: "alert", tabindex: "-1", hidden: "" });
  shadow.append(sheet, bar, wrong);
  hide.addEventListener("click", () => {
    sessionStorage.setItem("sitegen:bar", "hidden");
    bar.hidden = true;
  });
  bar.hidden = sessionStorage.getItem("sitegen:bar") === "hidden";

  const excerpt = ({ line, lines }) => {
    const shown = element("pre", {});
    for (const [number, text] of lines) {
      const row = element("span", number === line ? { class: "here" } : {}, `${number} │ ${text}\n`);
      shown.append(row);
    }
    return lines.length ? [shown] : [];
  };
  const told = (problem) => {
    const place = [problem.place, problem.field].filter(Boolean).join(": ");
    return element(
      "li",
      {},
      element("p", { class: "place" }, place),
      element("p", { class: "message" }, problem.message),
      ...excerpt(problem),
      element("p", { class: "hint" }, problem.hint),
    );
  };
  let put_away = "";
  const show = (problems) => {
    const words = JSON.stringify(problems);
    wrong.hidden = problems.length === 0 || words === put_away;
    if (wrong.hidden) return;
    const close = element("button", { type: "button" }, "Put away until something changes (Esc)");
    close.addEventListener("click", () => {
      put_away = words;
      wrong.hidden = true;
    });
    const count = problems.length === 1 ? "1 mistake" : `${problems.length} mistakes`;
    wrong.replaceChildren(
      element("h2", {}, count),
      element("ol", {}, ...problems.map(told)),
      close,
    );
  };
  addEventListener("keydown", (event) => {
    if (event.key === "Escape" && !wrong.hidden) wrong.querySelector("button").click();
  });

  const hear = ({ data }) => {
    const now = JSON.parse(data);
    if (now.progress) {
      const { done, total } = now.progress;
      state.textContent = total ? `Reading: ${done} of ${total}` : "Reading";
    } else if (now.seen && now.seen !== seen) {
      reload();
      return;
    } else {
      state.textContent = "";
    }
    if (styles && styles !== now.styles) {
      styles = now.styles;
      exchange();
    }
    styles = now.styles;
    show(now.problems);
  };

  // A page that nobody sees does not keep a connection: browsers have six for all pages of a host.

  let source = null;
  const attend = () => {
    if (document.hidden) {
      source?.close();
      source = null;
    } else if (!source) {
      source = new EventSource(`/_sitegen/events?path=${encodeURIComponent(path)}`);
      source.addEventListener("message", hear);
    }
  };
  document.addEventListener("visibilitychange", attend);
  addEventListener("pagehide", () => source?.close());
  addEventListener("pageshow", (event) => {
    if (event.persisted) source = null;
    attend();
  });
  document.documentElement.append(host);
})();
