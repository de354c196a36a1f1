// The preview's script: keeps a page as it would be if it were asked for now, shows over it what is
// wrong with the site, and below it a bar. It is not in the bytes that a build writes.
"use strict";
(() => {
  const script = document.currentScript;
  const { path, seen } = script.dataset;
  const own = new URL("../", script.src);
  const framed = self !== top;

  // What is remembered, where the browser lets us.

  const stored = (kind) => {
    try {
      return window[kind];
    } catch {
      return null;
    }
  };
  const ofTab = stored("sessionStorage");
  const forGood = stored("localStorage");

  // Where the reader was, before a reload. Pictures may still push the page around until all is
  // loaded; who has scrolled by then is left where they are.

  const key = `sitegen:at:${path}`;
  const before = ofTab?.getItem(key);
  if (before) {
    ofTab.removeItem(key);
    history.scrollRestoration = "manual";
    const [left, top] = JSON.parse(before);
    const back = () => scrollTo({ left, top, behavior: "instant" });
    back();
    const reached = scrollY;
    addEventListener("load", () => {
      if (scrollY === reached) back();
      history.scrollRestoration = "auto";
    }, { once: true });
  }

  let leaving = false;
  const reload = () => {
    if (leaving) return;
    leaving = true;
    ofTab?.setItem(key, JSON.stringify([scrollX, scrollY]));
    location.reload();
  };

  // Style sheets, exchanged without a reload: each goes when the newer one is there. One that is
  // saved again meanwhile is fetched again, and what was under way is given up.

  const coming = new Map();
  const exchange = (version) => {
    const fresh = new Set(coming.values());
    for (const link of document.querySelectorAll('link[rel~="stylesheet"][href]')) {
      const address = new URL(link.href);
      if (fresh.has(link) || link.disabled || address.origin !== location.origin) continue;
      coming.get(link)?.remove();
      address.searchParams.set("preview", version.slice(0, 12));
      const newer = link.cloneNode();
      newer.href = address;
      coming.set(link, newer);
      newer.addEventListener("load", () => {
        coming.delete(link);
        link.remove();
      });
      newer.addEventListener("error", () => {
        if (coming.get(link) === newer) coming.delete(link);
        newer.remove();
      });
      link.after(newer);
    }
  };

  // All else comes once the page itself is done, or waits for nothing but its pictures.

  setTimeout(() => {

  // The bar and what is wrong, apart from the page's own styles and scripts.

  const element = (name, attributes = {}, ...children) => {
    const made = document.createElement(name);
    for (const [attribute, value] of Object.entries(attributes)) made.setAttribute(attribute, value);
    made.append(...children);
    return made;
  };
  const counted = (number, noun) => `${number.toLocaleString("en")} ${noun}${number === 1 ? "" : "s"}`;
  const why = new URL(`why?path=${encodeURIComponent(path)}`, own);

  const toggle = element("button", { type: "button", class: "toggle" });
  const mark = element("span", { class: "mark", hidden: "" });
  const asOf = element("span", { class: "quiet", hidden: "" });
  const mistakes = element("button", { type: "button", class: "mistakes", "aria-haspopup": "dialog", hidden: "" });
  const meter = element("progress", { "aria-label": "Articles read", hidden: "" });
  const state = element("span", { class: "state", role: "status" });
  const bar = element(
    "aside",
    { class: "bar", "aria-label": "Preview", lang: "en", dir: "ltr" },
    element("a", { class: "name", href: own }, "Preview"),
    mark,
    mistakes,
    meter,
    state,
    asOf,
    element("a", { class: "why", href: why }, "Why this page?"),
    toggle,
  );
  const title = element("h2", { id: "title", tabindex: "-1", autofocus: "" });
  const lead = element("p", { class: "lead", role: "status" });
  const list = element("ol", { role: "list" });
  const more = element("p", { class: "more", hidden: "" }, element("a", { href: new URL("#mistakes", own) }));
  const close = element("button", { type: "button", class: "close" }, "Put away ", element("kbd", {}, "Esc"));
  const dialog = element(
    "dialog",
    { class: "wrong", "aria-labelledby": "title", lang: "en", dir: "ltr" },
    element("div", { class: "head" }, title, close),
    lead,
    list,
    more,
  );
  const sheet = element("link", { rel: "stylesheet", href: new URL("files/preview.css", own) });
  const host = element("sitegen-preview", { hidden: "" });
  host.attachShadow({ mode: "open" }).append(sheet, bar, dialog);

  const small = (hidden) => {
    bar.classList.toggle("small", hidden);
    toggle.setAttribute("aria-expanded", String(!hidden));
    toggle.setAttribute("aria-label", hidden ? "Show the preview's bar" : "Hide the preview's bar");
    toggle.title = toggle.getAttribute("aria-label");
  };
  small(forGood?.getItem("sitegen:bar") === "small");
  toggle.addEventListener("click", () => {
    const hidden = !bar.classList.contains("small");
    if (hidden) forGood?.setItem("sitegen:bar", "small");
    else forGood?.removeItem("sitegen:bar");
    small(hidden);
  });

  // The page ends above the bar, and what gets the focus is scrolled clear of it.
  new ResizeObserver(() => {
    const height = `${bar.offsetHeight + 16}px`;
    host.style.blockSize = height;
    document.documentElement.style.scrollPaddingBlockEnd = height;
  }).observe(bar);

  // What is wrong. It comes over the page once; who has put it away finds it in the bar.

  const name = ({ file, field, message }) => [file, field, message].join("\n");
  const away = new Set(JSON.parse(ofTab?.getItem("sitegen:away") ?? "[]"));
  const over = new Set(); // what came over this page: that it was put away is told only later
  const keep = () => ofTab?.setItem("sitegen:away", JSON.stringify([...away]));
  let wrong = null;

  const row = (line) => ([number, text]) => {
    const here = number === line;
    const words = element("span", { class: "text", dir: "auto" }, text || "\u200b");
    return element("span", here ? { class: "row here", "aria-current": "true" } : { class: "row" },
      element("span", { class: "number" }, String(number)), words);
  };
  const told = (problem) => {
    const made = element("li");
    if (problem.place || problem.field) {
      const place = element("p", { class: "place" }, element("code", { class: "file" }, problem.place));
      if (problem.field) place.append(" ", element("span", { class: "field" }, "field ", element("code", {}, problem.field)));
      made.append(place);
    }
    made.append(element("p", { class: "message", dir: "auto" }, problem.message));
    if (problem.lines.length) made.append(element("pre", {}, ...problem.lines.map(row(problem.line))));
    if (problem.hint) made.append(element("p", { class: "hint" }, element("strong", {}, "What to do: "), problem.hint));
    return made;
  };
  const fill = () => {
    const { count, problems, stuck } = wrong;
    title.textContent = stuck ? "This page cannot be made just now" : `${counted(count, "mistake")} to mend`;
    const kept = seen ? "Behind this is the page as it was before." : "It will be here as soon as it can be made.";
    const words = stuck ? kept : "The preview goes on, but a build would stop here.";
    lead.textContent = `${words} This goes away by itself once it is mended.`;
    list.replaceChildren(...problems.map(told));
    more.hidden = count <= problems.length;
    more.firstChild.textContent = `All ${counted(count, "mistake")}`;
  };
  const open = () => {
    if (host.hidden || !host.isConnected || dialog.open) return;
    dialog.showModal();
    dialog.scrollTop = 0;
  };
  const judge = () => {
    if (!wrong) return; // nothing is heard yet
    const { count, problems, stuck } = wrong;
    const names = problems.map(name);
    for (const some of [away, over]) for (const known of some) if (!names.includes(known)) some.delete(known);
    keep();
    mistakes.hidden = count === 0;
    mistakes.textContent = counted(count, "mistake");
    bar.classList.toggle("wrong", count > 0);
    if (count === 0) return dialog.close();
    fill();
    const nothingBehind = stuck && !seen;
    if (names.some((each) => !over.has(each) && (nothingBehind || !away.has(each)))) open();
    if (dialog.open) names.forEach((each) => over.add(each));
  };
  mistakes.addEventListener("click", open);
  close.addEventListener("click", () => dialog.close());
  const putAway = () => {
    if (dialog.open) return; // something else came over the page meanwhile
    over.forEach((each) => away.add(each));
    keep();
  };
  dialog.addEventListener("close", putAway);

  // What the server tells.

  let styles = null;
  let mended = 0;
  let stopped = 0;
  const say = (words) => {
    if (state.textContent !== words) state.textContent = words;
  };
  const hear = ({ data }) => {
    const now = JSON.parse(data);
    if ((now.seen && now.seen !== seen) || (now.left && seen)) return reload();
    if (styles !== null && styles !== now.styles) exchange(now.styles);
    styles = now.styles;
    if (framed) return;
    for (const [shown, words] of [[mark, now.mark], [asOf, now.as_of]]) {
      shown.textContent = words;
      shown.hidden = !words;
    }
    meter.hidden = !now.progress;
    if (now.progress) {
      const { done, total } = now.progress;
      if (total) Object.assign(meter, { max: total, value: done });
      else meter.removeAttribute("value");
      say(total ? `${done.toLocaleString("en")} of ${counted(total, "article")} read` : "Reading the articles");
    } else if (wrong?.count && !now.count) {
      say("All mended, thank you");
      mended = setTimeout(say, 5000, "");
    } else if (now.count || !mended) {
      clearTimeout(mended);
      mended = 0;
      say("");
    }
    wrong = now;
    judge();
  };

  // A page that nobody sees does not keep a connection: browsers have six for all pages of a host.

  let source = null;
  let again = 0;
  const found = () => {
    clearTimeout(stopped);
    stopped = 0;
    bar.classList.remove("stopped");
  };
  const lost = () => {
    stopped ||= setTimeout(() => {
      bar.classList.add("stopped");
      meter.hidden = true;
      say("The preview was stopped");
    }, 1500);
    // Browsers ask again by themselves, but some give up.
    if (source?.readyState === EventSource.CLOSED) again = setTimeout(attend, 1000);
  };
  const leave = () => {
    clearTimeout(again);
    source?.close();
    source = null;
  };
  const attend = () => {
    leave();
    if (document.hidden) return;
    source = new EventSource(new URL(`events?path=${encodeURIComponent(path)}`, own));
    source.addEventListener("open", found);
    source.addEventListener("message", hear);
    source.addEventListener("error", lost);
  };
  document.addEventListener("visibilitychange", attend);
  addEventListener("pagehide", leave);
  addEventListener("pageshow", (event) => event.persisted && attend());
  attend();

  if (framed) return;
  addEventListener("pagehide", putAway); // some leave a page before they say what was closed in it
  sheet.addEventListener("load", () => {
    host.hidden = false;
    judge();
  });
  document.documentElement.append(host);

  });
})();
