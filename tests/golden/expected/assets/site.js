// broadsheet's only script: the ticker, and players of other sites that open when asked to.
"use strict";

document.addEventListener("click", (event) => {
  const link = event.target.closest("a.embed");
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  const frame = document.createElement("iframe");
  Object.assign(frame, { src: link.href, title: link.textContent, className: "embed", allowFullscreen: true });
  link.replaceWith(frame);
  frame.focus();
});

const ticker = document.querySelector("[data-ticker]");
if (ticker) show(ticker);

async function show(ticker) {
  // A theme's ticker may lack any of these: nobody sees the element that takes its place.
  const [label, loading, line, pause] = ["label", "loading", "headline", "pause"].map(
    (part) => ticker.querySelector(`[data-${part}]`) ?? document.createElement("i"),
  );
  // Words about waiting are only worth reading when there is a wait.
  const slow = setTimeout(() => (loading.hidden = false), 400);
  try {
    const { items, rotate } = await headlines(ticker.dataset.src);
    let shown = 0;
    put(items[0]);
    if (!rotate || items.length < 2 || !pause.isConnected || matchMedia("(prefers-reduced-motion: reduce)").matches) return;
    pause.hidden = false;
    pause.onclick = () => pause.setAttribute("aria-pressed", pause.ariaPressed !== "true");
    setInterval(() => {
      if (pause.ariaPressed === "true" || ticker.matches(":hover, :focus-within")) return;
      shown = (shown + 1) % items.length;
      put(items[shown]);
    }, rotate * 1000);
  } catch {
    // The link that came with the page stays.
  } finally {
    clearTimeout(slow);
    loading.hidden = true;
  }

  function put(item) {
    const link = document.createElement("a");
    Object.assign(link, { href: item.url, textContent: item.title, lang: item.lang, dir: item.dir });
    const focused = line.contains(document.activeElement);
    line.replaceChildren(link);
    if (focused) link.focus();
    label.textContent = item.breaking ? ticker.dataset.breaking : ticker.dataset.latest;
    ticker.classList.toggle("is-breaking", item.breaking);
  }
}

async function headlines(address) {
  const response = await fetch(address, { cache: "no-cache", signal: AbortSignal.timeout(4000) });
  const data = await response.json();
  if (!response.ok || data.version !== 1) throw new Error("no headlines");
  // The server's clock, and how long a cache has held its answer: readers' clocks are often wrong.
  const sent = Date.parse(response.headers.get("date"));
  const now = sent ? sent + 1000 * (response.headers.get("age") || 0) : Date.now();
  const fresh = now <= Date.parse(data.generated) + 1000 * data.max_stale;
  const items = data.items.filter(({ title, url }) => {
    if (!title || !URL.canParse(url, location)) return false;
    return new URL(url, location).origin === location.origin;
  });
  for (const item of items) item.breaking = fresh && now < Date.parse(item.breaking_until);
  items.sort((a, b) => b.breaking - a.breaking || (a.published < b.published) - (a.published > b.published));
  if (!items.length) throw new Error("no headlines");
  return { items, rotate: data.rotate };
}
