/* Totals while people type, each change counted alone; the server's sums are the judge. */
(function (grid) {
  "use strict";
  if (!grid.table) return;
  const totals = new Map(), known = new WeakMap(), balance = document.getElementById("grid-balance");
  const feet = new Map(Array.from(grid.table.querySelectorAll("[data-sum]")).map((one) => [one.dataset.sum, one]));
  let due = false;

  function amount(box) {
    return grid.goneBox(grid.rowOf(box)).checked ? 0n : grid.fen(box.value) || 0n;
  }

  /** Count a box anew. */
  grid.counted = function (box) {
    const column = grid.columnOf(box);
    if (!feet.has(column.name)) return;
    const now = amount(box);
    totals.set(column.name, (totals.get(column.name) || 0n) - (known.get(box) || 0n) + now);
    known.set(box, now);
    if (!due) { due = true; requestAnimationFrame(draw); }
  };

  function draw() {
    due = false;
    feet.forEach((foot, name) => { foot.textContent = grid.grouped(totals.get(name) || 0n); });
    document.getElementById("grid-count").textContent = Array.from(grid.body.rows).filter(grid.counts).length + "行";
    if (!balance) return;
    const [total] = totals.values();
    const apart = grid.fen(balance.dataset.rest) + BigInt(balance.dataset.sign) * (total || 0n);
    balance.classList.toggle("differs", apart !== 0n);
    const nothing = apart === 0n && !total;
    balance.textContent = nothing ? "收入和支出都还没有填写。" : apart === 0n
      ? "收入合计与支出合计（含结转下年）相等。"
      : "收入合计比支出合计（含结转下年）" + (apart > 0n ? "多" : "少") + " " + grid.wan(apart) + " 万元。";
  }

  const money = grid.columns.filter((column) => feet.has(column.name));
  for (const row of grid.body.rows) for (const column of money) grid.counted(grid.boxOf(row, column));
  grid.table.addEventListener("input", (event) => {
    if (event.target.parentNode.dataset.label && event.target.type !== "radio" && event.target.type !== "checkbox") grid.told(event.target);
  });
  grid.table.addEventListener("change", (event) => {
    if (event.target.type !== "checkbox") return;
    const row = grid.rowOf(event.target);
    money.forEach((column) => grid.counted(grid.boxOf(row, column)));
  });
})(window.budgetGrid = window.budgetGrid || {});
