/* Copies a text of the page to the clipboard at a press of a button; without scripts there is no button, and the text can be selected. */
(function () {
  "use strict";

  function selected(text) {
    const range = document.createRange(), chosen = window.getSelection();
    range.selectNodeContents(text);
    chosen.removeAllRanges();
    chosen.addRange(range);
  }

  function copiedAsBefore(text) {
    selected(text);
    return document.execCommand("copy") ? Promise.resolve() : Promise.reject(new Error("copy"));
  }

  /* Pages that come without TLS have no clipboard, and a browser may refuse it: then the text is copied the old way. */
  function copied(text) {
    if (!navigator.clipboard) { return copiedAsBefore(text); }
    return navigator.clipboard.writeText(text.textContent.trim()).catch(() => copiedAsBefore(text));
  }

  document.querySelectorAll("[data-copy]").forEach((place) => {
    const text = document.getElementById(place.dataset.copy), said = place.querySelector("[role=status]");
    place.querySelector("button").addEventListener("click", () => {
      copied(text).then(() => { said.textContent = "已复制。"; })
        .catch(() => { selected(text); said.textContent = "没有复制成功，文字已选中，请按 Ctrl+C。"; });
    });
    place.hidden = false;
  });
})();
