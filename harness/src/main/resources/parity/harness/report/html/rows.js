"use strict";
/* The tensors, as objects: every field that the page's JSON names, and the place in the order of execution. */
const rows = (() => {
  const data = JSON.parse(document.getElementById("data").textContent);
  const shared = new Set(["status", "form", "verdict", "source", "alone"]);
  const numeric = new Set(["share", "sigma", "limit", "floor", "bound", "error", "group", "groupLimit", "element",
    "maxAbs", "meanAbs", "relativeL2", "snr", "cosine", "p50", "p99", "p999", "aloneSigma", "aloneLimit", "aloneError"]);
  const read = data.columns.map(column =>
    column === "stage" ? value => data.stages[value]
    : shared.has(column) ? value => value === null ? null : data.texts[value]
    : numeric.has(column) ? value => value === null ? null : Number(value) // "NaN" and "Infinity" are text in JSON
    : value => value);
  return {
    stages: data.stages,
    statuses: data.statuses,
    all: data.rows.map((values, order) => {
      const row = { order: order + 1 };
      for (let i = 0; i < values.length; i++) row[data.columns[i]] = read[i](values[i]);
      return row;
    }),
  };
})();

/* Four digits at most; what is not there is a dash. */
function figure(value) {
  if (value === null || value === undefined) return "–";
  if (!Number.isFinite(value)) return String(value).replace("Infinity", "∞");
  if (value === 0 || Number.isInteger(value) && Math.abs(value) < 1e6) return String(value);
  const size = Math.abs(value);
  return size >= 1e-2 && size < 1e5 ? String(Number(value.toPrecision(4))) : value.toExponential(2);
}

const SIGNS = { PASS: "✓", FAIL: "✕", INHERITED: "↳", VACUOUS: "∅", NOT_COMPARED: "?", SKIPPED: "–" };

function element(tag, attributes, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  made.append(...children);
  return made;
}
