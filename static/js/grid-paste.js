/* A block from Excel or WPS: rows are found by their codes, never by position; the last paste can be taken back. */
(function (grid) {
  "use strict";
  if (!grid.table) return;
  let last = null;

  /** Take tab-separated text apart; quotes may hold newlines; the newline at the end begins no row. */
  grid.block = function (text) {
    const rows = [[]];
    const cells = text.replace(/\r\n?/g, "\n").replace(/\n+$/, "").matchAll(/(?:"((?:[^"]|"")*)"(?=[\t\n]|$)|([^\t\n]*))([\t\n]|$)/g);
    for (const [, quoted, plain, end] of cells) {
      rows[rows.length - 1].push((quoted === undefined ? plain : quoted.replace(/""/g, '"')).trim());
      if (end === "") break;
      if (end === "\n") rows.push([]);
    }
    return rows;
  };

  const WAN = /[（(]万元[)）]/;
  function headed(row) {
    const found = new Map();
    row.forEach((cell, at) => {
      const word = grid.folded(cell);
      const column = word && grid.columns.find((one) => one.words.includes(word) && !found.has(one));
      if (column) found.set(column, { at, wan: column.money && WAN.test(cell) });
    });
    return found;
  }

  /** Find the heading among the first rows; what is merged downwards stands in the row above. */
  function headings(rows) {
    let best = { size: 1, places: null, from: 0 };
    rows.slice(0, 20).forEach((row, index) => {
      const above = index ? rows[index - 1] : [];
      const both = Array.from({ length: Math.max(row.length, above.length) }, (_, at) => row[at] || above[at] || "");
      const plain = headed(row), merged = plain.size ? headed(both) : plain;
      const places = merged.size > plain.size && merged.size > headed(above).size ? merged : plain;
      if (places.size > best.size) best = { size: places.size, places, from: index + 1 };
    });
    return best.places ? best : null;
  }

  /** A cell of the block as its box would hold it. */
  function fitting(column, place, text, model) {
    if (column.control === "code") return grid.halved(text).split(/\s/)[0];
    if (column.money) {
      if (/^[-—–－/／无\s]+$/.test(text)) return "";
      const fen = grid.parted(text) ? grid.fen(text) : null;
      if (fen !== null) return grid.yuan(place.wan ? fen * 10000n : fen);
      return place.wan && text ? text + "万元" : text;
    }
    if (column.control !== "select" || !text) return text;
    const plain = text.replace(/-/g, "–");
    const options = Array.from(grid.boxOf(model, column).options);
    const found = options.find((one) => [one.value, one.text, one.text.split(" ")[0]].includes(text) || one.text === plain);
    return found ? found.value : text;
  }

  const TOTAL = /^(合计|总计|总合计|小计|本页合计|本页小计)[:：]?$/;
  function linesOf(rows, heads, model) {
    const defaults = grid.seen(model), lines = [];
    rows.slice(heads.from).forEach((row, index) => {
      if (!row.some(Boolean)) return;
      const filled = Array.from(heads.places).filter(([column]) => column.key).map(([, place]) => row[place.at]).filter(Boolean);
      if (filled.length === 1 && TOTAL.test(filled[0].replace(/\s/g, ""))) return;
      const cells = new Map();
      heads.places.forEach((place, column) => {
        const text = fitting(column, place, row[place.at] || "", model);
        cells.set(column, text || (column.key ? defaults[column.at - 1] || "" : ""));
      });
      lines.push({ number: heads.from + index + 1, cells });
    });
    return lines;
  }

  const told = (cells, keys) => JSON.stringify(keys.map((key) => cells(key)));
  function indexed(shared) {
    const found = new Map();
    for (const row of grid.body.rows) {
      if (!grid.counts(row)) continue;
      const key = told((column) => grid.boxOf(row, column).value.trim(), shared);
      if (!found.has(key)) found.set(key, []);
      found.get(key).push(row);
    }
    return found;
  }

  /** Lay the lines in by code; return what could not be used. */
  function byCode(lines, shared, undo) {
    const known = indexed(shared), keys = grid.columns.filter((column) => column.key), used = new Set(), refused = [];
    for (const line of lines) {
      const free = (known.get(told((column) => line.cells.get(column), shared)) || []).filter((row) => !used.has(row));
      const alike = new Set(free.map((row) => told((column) => grid.boxOf(row, column).value.trim(), keys))).size === 1;
      if (free.length > 1 && !alike) {
        refused.push("第" + line.number + "行（表里有" + free.length + "行符合，请连同其他编码列一起复制）");
        continue;
      }
      const row = free[0] || grid.blank(used);
      if (!row) { refused.push("第" + line.number + "行（没有空行了）"); continue; }
      used.add(row);
      line.cells.forEach((text, column) => { if (text) write(row, column, text, line.number, undo); });
    }
    return refused;
  }

  function write(row, column, text, number, undo) {
    const box = grid.boxOf(row, column), before = box.value;
    grid.clear(box);
    if (grid.put(box, text)) {
      undo.push([box, before]);
      box.parentNode.classList.add("pasted");
      grid.held.add(row);
    }
    if (column.codes && text && !column.codes.has(text)) {
      grid.complain(box, column.header + "中没有编码“" + text + "”（粘贴的第" + number + "行）");
    } else if (column.money && (grid.fen(text) === null || !grid.parted(text)) && text !== "不适用") {
      grid.complain(box, "“" + text + "”不是金额（粘贴的第" + number + "行）");
    }
  }

  /** Without headings the columns run on from the box; codes are only taken where codes belong. */
  function unheaded(rows, box) {
    const from = box.parentNode.cellIndex - 1, width = Math.max(...rows.map((row) => row.length));
    const run = grid.columns.slice(from, from + width);
    if (run.length < width) return "粘贴的内容比表格宽，没有改动。请连同表头一起复制。";
    const places = new Map(run.map((column, at) => [column, { at, wan: false }]));
    const coded = (at) => rows.filter((row) => /^[0-9A-Z]{5,21}(\s.*)?$/.test(row[at] || "") && !/[.,]/.test(row[at])).length * 2 > rows.length;
    const lists = grid.columns.filter((column) => column.codes);
    const listed = (at) => coded(at) && rows.some((row) => lists.some((column) => column.codes.has((row[at] || "").split(" ")[0])));
    const astray = run.some((column, at) => !column.codes && column.control !== "select" && listed(at));
    if (astray) return "粘贴的内容里有编码列，却不在编码列的位置，没有改动。请连同表头一起复制。";
    return { places, from: 0, size: places.size };
  }

  function byPosition(rows, heads, start, undo) {
    const refused = [];
    rows.forEach((cells, index) => {
      const row = grid.body.rows[start + index];
      if (!row) { refused.push("第" + (index + 1) + "行（下面没有行了）"); return; }
      heads.places.forEach((place, column) => {
        const text = fitting(column, place, cells[place.at] || "", row);
        if (place.at < cells.length && text) write(row, column, text, index + 1, undo);
      });
    });
    return refused;
  }

  /** Lay a block in; say what happened. */
  grid.paste = function (text, box) {
    const rows = grid.block(text), model = grid.body.rows[grid.body.rows.length - 1], undo = [];
    const heads = headings(rows) || unheaded(rows, box);
    if (typeof heads === "string") return grid.say(heads, true);
    const shared = grid.columns.filter((column) => column.key && heads.places.has(column));
    if (!shared.length && heads.from) return grid.say("粘贴的内容里没有能认出是哪一行的编码列，没有改动。", true);
    const start = grid.rowOf(box).sectionRowIndex;
    const refused = shared.length ? byCode(linesOf(rows, heads, model), shared, undo) : byPosition(rows, heads, start, undo);
    last = undo.length ? undo : last;
    offer(undo.length > 0);
    const count = new Set(undo.map(([one]) => grid.rowOf(one))).size;
    const wrong = grid.table.querySelectorAll(".bad").length;
    grid.say("已填入" + count + "行，还没有保存，核对后点“保存”。" + (wrong ? "有" + wrong + "处需要修改。" : "")
      + (refused.length ? "没有用上：" + refused.slice(0, 5).join("、") + (refused.length > 5 ? " 等" + refused.length + "行" : "") + "。" : ""), wrong || refused.length);
    if (grid.keep) grid.keep();
  };

  function offer(on) {
    document.getElementById("grid-undo").hidden = !on;
  }

  grid.undo = function () {
    if (!last) return;
    last.slice().reverse().forEach(([box, before]) => {
      grid.clear(box);
      grid.put(box, before);
      box.parentNode.classList.remove("pasted");
      grid.held.delete(grid.rowOf(box));
    });
    last = null;
    offer(false);
    grid.say("已撤销粘贴。");
    if (grid.keep) grid.keep();
  };
  grid.forget = function () { last = null; offer(false); };

  grid.table.addEventListener("paste", (event) => {
    const text = event.clipboardData.getData("text/plain"), box = event.target;
    if (!box.name || !grid.rowOf(box) || !/[\t\n]/.test(text.replace(/[\r\n]+$/, ""))) return;
    event.preventDefault();
    grid.paste(text, box);
  });
  document.getElementById("grid-undo").addEventListener("click", grid.undo);
  grid.table.addEventListener("keydown", (event) => {
    if ((event.ctrlKey || event.metaKey) && event.key === "z" && last && !event.target.parentNode.classList.contains("editing")) {
      event.preventDefault();
      grid.undo();
    }
  });
})(window.budgetGrid = window.budgetGrid || {});
