/* The preview beside a form: on a wide screen its link opens a frame that is fetched anew after every save.
   Where the window is narrow, or scripts do not run, the link stays a link. Who else is here is said anew, too. */
(function () {
  "use strict";
  const WIDE = window.matchMedia("(min-width: 75em)"), KEPT = "desk-beside", WAIT = 600;
  const link = document.getElementById("beside-open");
  let pane = null, timer = 0;

  function remember(open) {
    try { if (open) sessionStorage.setItem(KEPT, "open"); else sessionStorage.removeItem(KEPT); } catch (error) { /* forgotten, then */ }
  }

  function remembered() {
    try { return sessionStorage.getItem(KEPT) === "open"; } catch (error) { return false; }
  }

  function made() {
    const box = document.createElement("aside"), bar = document.createElement("p"), frame = document.createElement("iframe");
    box.className = "beside-pane";
    box.setAttribute("aria-label", "预览");
    const words = document.createElement("strong"), close = document.createElement("button");
    words.textContent = link.textContent;
    close.type = "button";
    close.textContent = "关闭预览";
    close.addEventListener("click", () => { shut(); link.focus(); });
    bar.append(words, close);
    frame.title = "公开页面的预览";
    frame.src = link.dataset.frame;
    box.append(bar, frame);
    return box;
  }

  function open() {
    if (pane) return;
    pane = document.body.appendChild(made());
    document.body.classList.add("with-beside");
    link.setAttribute("aria-expanded", "true");
    remember(true);
  }

  function shut() {
    if (pane) pane.remove();
    pane = null;
    document.body.classList.remove("with-beside");
    link.setAttribute("aria-expanded", "false");
    remember(false);
  }

  function refresh() {
    clearTimeout(timer);
    timer = setTimeout(() => { if (pane) pane.querySelector("iframe").contentWindow.location.reload(); }, WAIT);
  }

  document.addEventListener("desk:answered", (event) => {
    if (event.detail.stored) refresh();
    const said = document.getElementById("presence"), others = event.detail.others;
    if (!said || !others) return;
    if (said.textContent !== others.join(" ")) said.textContent = others.join(" ");
    said.hidden = !others.length;
  });
  if (!link) return;
  link.addEventListener("click", (event) => {
    if (!WIDE.matches || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    if (pane) shut(); else open();
  });
  WIDE.addEventListener("change", () => { if (!WIDE.matches && pane) { shut(); remember(true); } });
  if (WIDE.matches && remembered()) open();
})();
