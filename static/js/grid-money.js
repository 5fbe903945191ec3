/* Amounts as people type them, exact: whole 分 in a BigInt, never a float. */
(function (grid) {
  "use strict";
  const PLAIN = /^([+-]?)(\d*)(?:\.(\d*))?$/;

  /** Full-width digits, letters and signs become ordinary ones. */
  grid.halved = function (text) {
    return text.replace(/[\uFF01-\uFF5E]/g, (one) => String.fromCharCode(one.charCodeAt(0) - 0xFEE0)).replace(/\u2212/g, "-");
  };

  /** A header or word as it is compared. */
  grid.folded = function (text) {
    return grid.halved(text.replace(/[\s*＊“”"]/g, "")).toLowerCase();
  };

  /** 分 of an amount in 元; null where the text is none. */
  grid.fen = function (text) {
    let plain = grid.halved(text).replace(/[\s,]/g, "");
    const bracketed = plain.match(/^\((.+)\)$/);
    if (bracketed) plain = "-" + bracketed[1];
    const parts = plain.match(PLAIN);
    const decimals = parts ? (parts[3] || "").replace(/0+$/, "") : "";
    if (!parts || !(parts[2] || parts[3]) || decimals.length > 2) return null;
    const whole = BigInt((parts[2] || "0") + decimals.padEnd(2, "0"));
    return parts[1] === "-" ? -whole : whole;
  };

  /** Is the comma where thousands are parted? “1,23” is not turned into 123. */
  grid.parted = function (text) {
    const plain = grid.halved(text).replace(/[\s()]/g, "");
    return !plain.includes(",") || /^[+-]?\d{1,3}(,\d{3})+(\.\d*)?$/.test(plain);
  };

  /** 分 as 元 with two places, plain as it is stored. */
  grid.yuan = function (fen) {
    const digits = (fen < 0n ? -fen : fen).toString().padStart(3, "0");
    return (fen < 0n ? "-" : "") + digits.slice(0, -2) + "." + digits.slice(-2);
  };

  /** The same with thousands parted. */
  grid.grouped = function (fen) {
    return grid.yuan(fen).replace(/\B(?=(\d{3})+\.)/g, ",");
  };

  /** 分 of what is written in 万元. */
  grid.wan = function (fen) {
    const absolute = fen < 0n ? -fen : fen;
    return grid.grouped((absolute + 5000n) / 10000n);
  };
})(window.budgetGrid = window.budgetGrid || {});
