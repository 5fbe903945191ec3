/* The table as rows and columns of boxes: reading, writing, marking, adding rows. Listeners sit on the table alone. */
(function (grid) {
  "use strict";
  const form = document.getElementById("grid"), table = document.getElementById("grid-table");
  if (!form || !table || form.querySelector("fieldset").disabled) return;
  const body = table.tBodies[0];
  grid.form = form; grid.table = table; grid.body = body; grid.held = new Set();

  grid.columns = Array.from(table.tHead.rows[0].cells).slice(1, -1).map((head, at) => ({
    at: at + 1, name: head.dataset.name, header: head.dataset.header, control: head.dataset.control,
    key: "key" in head.dataset, money: "money" in head.dataset, must: "must" in head.dataset,
    words: head.dataset.words.split("|"),
    codes: head.dataset.list ? codesOf(head.dataset.list) : null,
  }));

  function codesOf(id) {
    const names = new Map();
    for (const one of document.getElementById(id).options) names.set(one.value, one.text.slice(one.value.length + 1));
    return names;
  }

  grid.boxOf = (row, column) => row.cells[column.at].firstElementChild;
  grid.columnOf = (box) => grid.columns[box.parentNode.cellIndex - 1];
  grid.rowOf = (box) => box.closest("tr[data-row]");
  grid.isNew = (row) => row.dataset.row[0] === "n";
  grid.goneBox = (row) => row.cells[row.cells.length - 1].firstElementChild;
  grid.seen = (row) => JSON.parse(row.querySelector('input[name$=".seen"]').value);
  grid.see = (row, texts) => { row.querySelector('input[name$=".seen"]').value = JSON.stringify(texts); };
  grid.values = (row) => grid.columns.map((column) => grid.boxOf(row, column).value.trim());

  grid.touched = function (row) {
    const seen = grid.seen(row);
    return grid.values(row).some((text, at) => text !== (seen[at] || ""));
  };
  grid.counts = (row) => !grid.goneBox(row).checked && (!grid.isNew(row) || grid.touched(row));

  /** Write into a box as a paste or an answer does; a word that may not be picked is kept, to be complained of. */
  grid.put = function (box, text) {
    if (box.value === text) return false;
    if (box.tagName === "SELECT" && !Array.from(box.options).some((one) => one.value === text)) {
      box.add(new Option(text + "（不在可选范围）", text));
    }
    box.value = text;
    grid.told(box);
    return true;
  };

  /** A box has another value: name its code, count its amount anew. */
  grid.told = function (box) {
    const column = grid.columnOf(box);
    if (column.codes) grid.note(box, "hint", column.codes.get(box.value.trim()) || "");
    if (grid.counted) grid.counted(box);
  };

  /** A line below a box: hint or wrong. */
  grid.note = function (box, kind, text) {
    const cell = box.parentNode;
    let line = cell.querySelector("." + kind);
    if (!text) { if (line) line.remove(); return; }
    if (!line) { line = document.createElement("span"); line.className = kind; cell.appendChild(line); }
    line.textContent = text;
    return line;
  };

  /* Where the heading says what a box's column means. */
  const meaning = (box) => "m-" + box.name.split(".").pop();

  grid.complain = function (box, said) {
    box.parentNode.classList.add("bad");
    box.setAttribute("aria-invalid", "true");
    const line = grid.note(box, "wrong", said);
    line.id = box.id + "-said";
    box.setAttribute("aria-describedby", line.id + " " + meaning(box));
  };

  grid.clear = function (box) {
    box.parentNode.classList.remove("bad");
    box.removeAttribute("aria-invalid");
    box.setAttribute("aria-describedby", meaning(box));
    grid.note(box, "wrong", "");
    box.parentNode.querySelectorAll(".choice").forEach((one) => one.remove());
  };

  grid.complainOfRow = function (row, said) {
    const head = row.cells[0];
    head.querySelectorAll(".wrong").forEach((one) => one.remove());
    if (!said) return;
    const line = document.createElement("span");
    line.className = "wrong";
    line.textContent = said;
    head.appendChild(line);
  };

  /** Call a row something else: a new one is stored now. */
  grid.rename = function (row, key) {
    const old = row.dataset.row;
    row.dataset.row = key;
    row.classList.toggle("new", key[0] === "n");
    row.cells[0].id = "r-" + key;
    row.querySelector('input[name="row"]').value = key;
    row.querySelectorAll("[name]").forEach((one) => { one.name = one.name.replace(old + ".", key + "."); });
    row.querySelectorAll("[id]").forEach((one) => { one.id = one.id.replace("c-" + old + "-", "c-" + key + "-"); });
    row.querySelectorAll("[aria-labelledby]").forEach((one) => {
      one.setAttribute("aria-labelledby", one.getAttribute("aria-labelledby").replace("r-" + old, "r-" + key));
    });
  };

  /** The first blank row; where all are used, one more. */
  grid.blank = function (taken) {
    const rows = Array.from(body.rows);
    const free = rows.find((row) => grid.isNew(row) && !taken.has(row) && !grid.touched(row));
    if (free) return free;
    const model = rows.filter(grid.isNew).pop();
    if (!model) return null;
    const copy = model.cloneNode(true), seen = grid.seen(model);
    const numbers = rows.filter(grid.isNew).map((row) => Number(row.dataset.row.slice(1)));
    body.appendChild(copy);
    grid.rename(copy, "n" + (Math.max(...numbers) + 1));
    grid.renumber(copy, rows.length + 1);
    grid.columns.forEach((column, at) => {
      const box = grid.boxOf(copy, column);
      grid.clear(box);
      box.value = seen[at] || "";
      box.parentNode.classList.remove("pasted");
      grid.note(box, "hint", "");
    });
    grid.complainOfRow(copy, "");
    return copy;
  };
  grid.renumber = (row, number) => { row.cells[0].firstChild.nodeValue = String(number); };

  grid.say = function (text, failed) {
    const line = document.getElementById("grid-said");
    line.textContent = text;
    line.classList.toggle("failed", Boolean(failed));
  };
})(window.budgetGrid = window.budgetGrid || {});
