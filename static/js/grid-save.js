/* Stores what was typed a moment after, row by row; keeps a draft in the browser until the server has it. */
(function (grid) {
  "use strict";
  if (!grid.table) return;
  const WAIT = 1500, place = "grid:" + grid.form.dataset.user + ":" + location.pathname;
  let timer = 0, running = false, again = false;

  const ready = (row) => !grid.isNew(row) || grid.columns.every((column) => !column.must || grid.boxOf(row, column).value.trim());
  const waits = (row) => grid.touched(row) || (grid.goneBox(row).checked && !grid.isNew(row));
  const good = (row) => !row.querySelector(".bad, th .wrong");

  function due() {
    return Array.from(grid.body.rows).filter((row) => grid.touched(row) && !grid.goneBox(row).checked && !grid.held.has(row) && good(row) && ready(row));
  }

  function packed(rows) {
    const sent = new FormData();
    sent.append("csrfmiddlewaretoken", grid.form.elements.csrfmiddlewaretoken.value);
    sent.append("do", "save");
    for (const row of rows) {
      sent.append(row.dataset.row + ".at", row.cells[0].firstChild.nodeValue);
      for (const one of row.querySelectorAll("[name]")) {
        if ((one.type !== "checkbox" && one.type !== "radio") || one.checked) sent.append(one.name, one.value);
      }
    }
    return sent;
  }

  async function send(rows) {
    const answer = await fetch(grid.form.action, { method: "POST", body: new URLSearchParams(packed(rows)), headers: { Accept: "application/json" }, credentials: "same-origin" });
    const type = answer.headers.get("Content-Type") || "";
    if (!type.includes("json")) throw new Error(answer.redirected || answer.status === 403 ? "登录已过期，填写的内容留在这台电脑上。请重新登录，回到本页后点“恢复”。" : "没有保存（服务器答复" + answer.status + "），填写的内容留在这台电脑上，请稍后再点“保存”。");
    return answer.json();
  }

  function taken(row, told, sent) {
    grid.complainOfRow(row, (told.wrong[""] || []).join("；"));
    grid.see(row, told.seen);
    grid.columns.forEach((column, at) => {
      const box = grid.boxOf(row, column);
      if (box.value.trim() === sent[at]) grid.put(box, told.cells[at]);
      const wrong = told.wrong[column.name];
      if (wrong) grid.complain(box, wrong.join("；")); else grid.clear(box);
      if (column.name in told.theirs) choose(row, column, told.theirs[column.name]);
    });
  }

  /** Two people, two values: both are shown, one is chosen. */
  function choose(row, column, theirs) {
    const box = grid.boxOf(row, column), line = document.createElement("span");
    line.className = "choice";
    [["保留我的：" + (box.value || "（空）"), box.value], ["采用对方的：" + (theirs || "（空）"), theirs]].forEach(([label, text]) => {
      const button = document.createElement("button");
      button.type = "button";
      button.className = "grid-quiet";
      button.textContent = label;
      button.addEventListener("click", () => { grid.put(box, text); grid.clear(box); later(); box.focus(); });
      line.appendChild(button);
    });
    box.parentNode.appendChild(line);
  }

  async function store(rows) {
    if (running) { again = true; return; }
    if (!rows.length) return;
    running = true;
    grid.say("正在保存……");
    const sent = new Map(rows.map((row) => [row.dataset.row, { row, values: grid.values(row) }]));
    try {
      const told = await send(rows);
      document.dispatchEvent(new CustomEvent("desk:answered", { detail: told }));
      for (const [key, { row, values }] of sent) {
        const one = told.rows[key], now = told.keys[key] || (one && one.key);
        if (!one) { row.remove(); continue; }
        if (now !== key) grid.rename(row, now);
        taken(row, one, values);
        if (told.stored) { grid.held.delete(row); row.querySelectorAll(".pasted").forEach((cell) => cell.classList.remove("pasted")); }
      }
      const left = told.stored ? Array.from(grid.body.rows).filter((row) => grid.touched(row) && !good(row)).length : 0;
      grid.say(told.said + (left ? "还有" + left + "行没有保存，请按红色格子旁的说明改正。" : ""), !told.stored || left > 0);
      if (told.stored) outdated(left);
      if (told.stored && grid.forget && rows.some((row) => !row.isConnected || !grid.held.has(row))) grid.forget();
      again = again || (!told.stored && rows.length > 1 && due().length > 0 && due().length < rows.length);
    } catch (error) {
      grid.say(error instanceof TypeError ? "连不上服务器，填写的内容留在这台电脑上，请稍后再点“保存”。" : error.message, true);
      again = false;
    }
    running = false;
    grid.keep();
    if (again) { again = false; store(due()); }
  }

  /** What the page said of a paste and of cells to mend is over once the rows are stored. */
  function outdated(left) {
    const parts = left ? [".grid-pasted"] : [".grid-pasted", ".grid-problems", "#refused"];
    document.querySelectorAll(parts.join(",")).forEach((part) => { part.hidden = true; });
  }

  function later() {
    clearTimeout(timer);
    timer = setTimeout(() => { grid.keep(); store(due()); }, WAIT);
  }

  /** Keep what the server does not have yet in the browser. */
  grid.keep = function () {
    const rows = Array.from(grid.body.rows).filter(grid.touched).map((row) => [row.dataset.row, grid.values(row), grid.seen(row)]);
    try {
      if (rows.length) localStorage.setItem(place, JSON.stringify({ at: new Date().toTimeString().slice(0, 5), rows }));
      else localStorage.removeItem(place);
    } catch (error) { /* a full or forbidden store keeps no draft */ }
  };

  function offer() {
    let draft = null;
    try { draft = JSON.parse(localStorage.getItem(place)); } catch (error) { return; }
    if (!draft) return;
    const bar = document.getElementById("grid-draft");
    bar.querySelector("span").textContent = "上次有" + draft.rows.length + "行没有保存（" + draft.at + "）。";
    bar.hidden = false;
    bar.querySelector("[data-do=restore]").addEventListener("click", () => { restore(draft.rows); bar.hidden = true; });
    bar.querySelector("[data-do=drop]").addEventListener("click", () => { localStorage.removeItem(place); bar.hidden = true; });
  }

  function restore(rows) {
    const used = new Set();
    rows.forEach(([key, values, seen]) => {
      const row = grid.body.querySelector('tr[data-row="' + key + '"]:not(.new)') || grid.blank(used);
      if (!row) return;
      used.add(row);
      if (row.dataset.row === key) grid.see(row, seen);
      grid.held.add(row);
      grid.columns.forEach((column, at) => { if (grid.put(grid.boxOf(row, column), values[at])) grid.boxOf(row, column).parentNode.classList.add("pasted"); });
    });
    grid.say("已恢复" + used.size + "行，核对后点“保存”。");
  }

  grid.table.addEventListener("input", (event) => {
    const row = grid.rowOf(event.target);
    if (!row || !event.target.name) return;
    if (event.target.parentNode.classList.contains("bad")) grid.clear(event.target);
    grid.complainOfRow(row, "");
    later();
  });
  grid.form.addEventListener("submit", (event) => {
    const button = event.submitter;
    if (!button || button.value !== "save" || grid.table.querySelector('input[type="radio"]')) return;
    event.preventDefault();
    clearTimeout(timer);
    store(Array.from(grid.body.rows).filter(waits));
  });
  offer();
})(window.budgetGrid = window.budgetGrid || {});
