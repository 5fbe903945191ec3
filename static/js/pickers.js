/* Names the boxes of pickers for those who hear them: by their label, and by what is picked. */
(() => {
  "use strict";

  function name(select) {
    const label = select.labels && select.labels[0];
    const box = select.parentNode.querySelector(".select2-selection");
    const shown = box && box.querySelector(".select2-selection__rendered");
    if (!shown) { return; }
    const said = label ? label.textContent.trim().replace(/[:：]$/, "") : select.getAttribute("aria-label") || "";
    shown.setAttribute("aria-label", said + (select.selectedIndex < 0 ? "" : "：" + select.options[select.selectedIndex].text));
    ["aria-describedby", "aria-invalid"].forEach((one) => {
      if (select.hasAttribute(one)) { box.setAttribute(one, select.getAttribute(one)); }
    });
  }

  const nameAll = () => document.querySelectorAll("select.admin-autocomplete").forEach(name);

  django.jQuery(() => {
    nameAll();
    django.jQuery(document).on("change", "select.admin-autocomplete", (event) => name(event.target));
    document.addEventListener("formset:added", () => setTimeout(nameAll, 0));
  });
})();
