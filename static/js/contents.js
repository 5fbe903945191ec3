/* Finds names, codes and terms in the catalogue without a server: the index is fetched once, when somebody types.
   Without scripts the list below is all there is, and it has everything. */
(function () {
  "use strict";
  const MOST = 50, WAIT = 150;
  const box = document.getElementById("finder"), field = document.getElementById("finder-words");
  const said = document.getElementById("finder-said"), list = document.getElementById("finder-found");
  let rows = null, timer = 0;

  function plain(text) { return text.normalize("NFKC").toLowerCase().replace(/\s+/g, ""); }

  function rank(row, words) {
    const names = [row[1], row[2], row[3]].map(plain);
    if (names.includes(words)) { return 0; }
    if (names.some((name) => name.startsWith(words))) { return 1; }
    return names.some((name) => name.includes(words)) ? 2 : 3;
  }

  function shown(row) {
    const item = document.createElement("li"), line = document.createElement("p"), link = document.createElement("a");
    const kind = document.createElement("span"), where = document.createElement("p");
    kind.className = "fate";
    kind.textContent = row[0];
    link.href = box.dataset.root + row[5];
    link.textContent = row[2] ? row[1] + "（" + row[2] + "）" : row[1];
    where.className = "hit-where";
    where.textContent = row[4];
    line.append(kind, link);
    item.append(line, where);
    return item;
  }

  function answer() {
    const words = plain(field.value);
    list.textContent = "";
    if (!words || !rows) { said.textContent = ""; return; }
    const found = rows.map((row) => [rank(row, words), row]).filter((one) => one[0] < 3);
    found.sort((one, other) => one[0] - other[0]);
    said.textContent = found.length ? "找到" + found.length + "项" + (found.length > MOST ? "，先列出" + MOST + "项，多写几个字可以缩小范围" : "") + "。"
      : "没有找到。请换一个说法，或在下面的目录中查看。";
    list.append(...found.slice(0, MOST).map((one) => shown(one[1])));
  }

  function asked() {
    if (rows) { answer(); return; }
    said.textContent = "正在读取目录…";
    fetch(box.dataset.index).then((response) => response.json()).then((read) => { rows = read; answer(); })
      .catch(() => { said.textContent = "目录没有读到，请在下面的目录中查看。"; });
  }

  field.addEventListener("input", () => { clearTimeout(timer); timer = setTimeout(asked, WAIT); });
  box.hidden = false;
  const question = new URLSearchParams(location.search).get("q");
  if (question) { field.value = question; asked(); }
})();
