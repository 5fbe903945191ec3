/* The keyboard as in a spreadsheet: a box is picked or being edited; arrows, Enter, F2, Esc. Tab goes on as ever. */
(function (grid) {
  "use strict";
  if (!grid.table) return;
  const STEPS = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] };
  let before = "";

  const boxed = (target) => target.parentNode && target.parentNode.tagName === "TD" && target.name && target.type !== "radio";
  const editing = (box) => box.parentNode.classList.contains("editing");

  function edit(box, on) {
    box.parentNode.classList.toggle("editing", on);
  }

  function pick(box) {
    if (box.select && box.type !== "checkbox") box.select();
  }

  function move(box, [down, right]) {
    const row = grid.rowOf(box), at = box.parentNode.cellIndex + right;
    const other = grid.body.rows[row.sectionRowIndex + down];
    const cell = other && at > 0 && other.cells[at];
    if (!cell) return;
    cell.firstElementChild.focus();
    cell.scrollIntoView({ block: "nearest", inline: "nearest" });
  }

  grid.table.addEventListener("focusin", (event) => {
    if (!boxed(event.target)) return;
    before = event.target.value;
    edit(event.target, false);
    pick(event.target);
  });
  grid.table.addEventListener("focusout", (event) => {
    const box = event.target;
    if (!boxed(box)) return;
    edit(box, false);
    if (box.tagName !== "INPUT" || box.type === "checkbox") return;
    const column = grid.columnOf(box), plain = grid.halved(box.value).trim();
    if ((column.control === "figure" || column.control === "code") && plain !== box.value) grid.put(box, plain);
  });
  grid.table.addEventListener("input", (event) => { if (boxed(event.target) && event.target.tagName !== "SELECT") edit(event.target, true); });
  grid.table.addEventListener("dblclick", (event) => { if (boxed(event.target)) edit(event.target, true); });
  grid.table.addEventListener("mouseup", (event) => {
    if (boxed(event.target) && event.target.selectionStart !== event.target.selectionEnd) event.preventDefault();
  });

  grid.table.addEventListener("keydown", (event) => {
    const box = event.target;
    if (!boxed(box) || event.isComposing || event.altKey || event.ctrlKey || event.metaKey) return;
    if (event.key === "F2") {
      edit(box, !editing(box));
      if (editing(box) && box.setSelectionRange) box.setSelectionRange(box.value.length, box.value.length);
    } else if (event.key === "Escape") {
      if (box.type !== "checkbox") { grid.put(box, before); box.dispatchEvent(new Event("input", { bubbles: true })); }
      edit(box, false);
      pick(box);
    } else if (event.key === "Enter") {
      if (box.tagName === "TEXTAREA" && editing(box) && event.shiftKey) return;
      move(box, event.shiftKey ? STEPS.ArrowUp : STEPS.ArrowDown);
    } else if (STEPS[event.key] && !event.shiftKey && !editing(box)) {
      move(box, STEPS[event.key]);
    } else {
      return;
    }
    event.preventDefault();
  });
})(window.budgetGrid = window.budgetGrid || {});
