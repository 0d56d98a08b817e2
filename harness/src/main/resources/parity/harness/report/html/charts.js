"use strict";
/* Error against depth: a chart a stage, tensors in execution order, on a logarithmic scale. */
const charts = (() => {
  const colour = name => getComputedStyle(document.documentElement).getPropertyValue("--" + name).trim();
  const host = document.getElementById("charts");
  const drawn = [];

  const MEASURES = {
    sigma: { label: "sigma", whole: "sigma", alone: "aloneSigma", limit: row => row.limit ?? row.aloneLimit, floor: row => row.sigma === null && row.aloneSigma === null ? null : 1 },
    error: { label: "relative error", whole: "error", alone: "aloneError", limit: row => row.bound, floor: row => row.floor },
  };

  /* What has no figure in this measure is left out, unless it is wrong: it then stands on the upper edge. */
  function plotted(stage, measure) {
    const of = rows.all.filter(row => row.stage === stage);
    const has = row => row[measure.whole] !== null || row[measure.alone] !== null;
    return of.some(has) ? of.filter(row => has(row) || row.status === "FAIL" || row.status === "INHERITED") : [];
  }

  /* What is zero, or off all scales, stands on the lower or upper edge. */
  function bounds(of, measure) {
    let low = Infinity, high = -Infinity;
    for (const row of of) {
      for (const value of [row[measure.whole], row[measure.alone], measure.limit(row), measure.floor(row)]) {
        if (value > 0 && Number.isFinite(value)) { low = Math.min(low, value); high = Math.max(high, value); }
      }
    }
    if (!(low < Infinity)) return [1e-9, 1];
    return [10 ** Math.floor(Math.log10(low) - 0.05), 10 ** Math.ceil(Math.log10(high) + 0.05)];
  }

  function chart(stage, of, measure) {
    const [low, high] = bounds(of, measure);
    const held = value => value === null || value === undefined ? null
      : Number.isNaN(value) ? high : Math.min(Math.max(value, low), high);
    const readout = element("p", { class: "readout" }, `${of.length.toLocaleString("en")} tensors; point at one, or use the arrow keys`);
    const figureElement = element("figure", { class: "chart", tabindex: "0", role: "group",
      "aria-label": `Error against depth of ${stage}; the table below has the same figures` },
      element("h3", {}, element("b", {}, stage), " ", element("span", { class: "stage" }, measure.label)));
    host.append(figureElement);
    const marks = (u, status, draw) => {
      const { ctx } = u;
      ctx.save();
      ctx.lineWidth = 2 * devicePixelRatio;
      ctx.strokeStyle = colour(status === "FAIL" ? "red" : "inherited");
      const size = 4 * devicePixelRatio;
      of.forEach((row, i) => {
        if (row.status !== status || i < u.scales.x.min || i > u.scales.x.max) return;
        const value = held((row.alone === "FAIL" ? row[measure.alone] : row[measure.whole]) ?? row[measure.whole] ?? high);
        ctx.beginPath();
        draw(ctx, u.valToPos(i, "x", true), u.valToPos(value, "y", true), size);
        ctx.stroke();
      });
      ctx.restore();
    };
    const axis = { stroke: () => colour("soft"), grid: { stroke: () => colour("line"), width: 1 }, ticks: { show: false },
      font: "12px system-ui, sans-serif" };
    const named = label => ({ label, labelSize: 18, labelGap: 0, labelFont: "12px system-ui, sans-serif" });
    const u = new uPlot({
      width: Math.max(figureElement.clientWidth, 280), height: 250, padding: [8, 8, 0, 0],
      scales: { x: { time: false, range: (_, min, max) => [min - 0.5, Math.min(max, of.length - 1) + 0.5] }, y: { distr: 3, range: () => [low, high] } },
      legend: { show: false },
      cursor: { drag: { x: true, y: false, setScale: true }, points: { size: 7 } },
      axes: [{ ...axis, size: 32, ...named("place in the order of execution"), incrs: [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000, 10000],
        values: (_, ticks) => ticks.map(tick => of[tick]?.order ?? "") }, { ...axis, size: 58, ...named(measure.label), values: (_, ticks) => ticks.map(tick =>
        tick === null ? "" : tick >= 0.01 && tick < 1e4 ? String(tick) : tick.toExponential(0)) }],
      series: [
        {},
        { points: { show: false } },
        { stroke: () => colour("green"), width: 1, paths: uPlot.paths.stepped({ align: 1 }), points: { show: false } },
        { stroke: () => colour("green"), width: 1, dash: [3, 3], points: { show: false } },
        { stroke: () => colour("bar"), fill: () => colour("bar"), paths: uPlot.paths.bars({ size: [0.7, 12] }), points: { show: false } },
        { stroke: () => colour("ink"), width: 1.5, points: { show: of.length < 120, size: 4 }, spanGaps: true },
      ],
      bands: [{ series: [2, 1], fill: () => colour("band") }],
      hooks: {
        draw: [u => {
          marks(u, "FAIL", (ctx, x, y, s) => { ctx.moveTo(x - s, y - s); ctx.lineTo(x + s, y + s); ctx.moveTo(x + s, y - s); ctx.lineTo(x - s, y + s); });
          marks(u, "INHERITED", (ctx, x, y, s) => { ctx.moveTo(x - s, y - s); ctx.lineTo(x + s, y - s); ctx.lineTo(x, y + s); ctx.closePath(); });
        }],
        setCursor: [u => {
          const row = of[u.cursor.idx];
          if (row) readout.textContent = `${SIGNS[row.status]} ${row.name}: ${measure.label} ${figure(row[measure.whole])} of ${figure(measure.limit(row))}`
            + (row[measure.alone] === null ? "" : `; alone ${figure(row[measure.alone])}`);
        }],
      },
    }, [
      of.map((_, i) => i),
      of.map(() => low),
      of.map(row => held(measure.limit(row))),
      of.map(row => held(measure.floor(row))),
      of.map(row => held(row[measure.alone])),
      of.map(row => held(row[measure.whole])),
    ], figureElement);
    figureElement.append(readout);
    const choose = () => { const row = of[u.cursor.idx]; if (row) table.show(row); };
    u.over.addEventListener("click", choose);
    figureElement.addEventListener("keydown", event => {
      const step = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
      if (event.key === "Enter") choose();
      if (!step) return;
      event.preventDefault();
      const at = Math.min(Math.max((u.cursor.idx ?? -1) + step, 0), of.length - 1);
      u.setCursor({ left: u.valToPos(at, "x"), top: u.valToPos(held(of[at][measure.whole]) ?? low, "y") });
    });
    drawn.push([u, figureElement]);
  }

  function draw(name) {
    host.replaceChildren();
    drawn.length = 0;
    for (const stage of rows.stages) {
      const sigma = plotted(stage, MEASURES.sigma);
      const measure = name === "sigma" && sigma.length > 0 ? MEASURES.sigma : MEASURES.error;
      const of = plotted(stage, measure);
      if (of.length > 0) chart(stage, of, measure);
    }
  }

  return {
    draw,
    /* To the width of the window, or of a sheet of paper. */
    resize(width) {
      for (const [u, figureElement] of drawn) u.setSize({ width: width ?? Math.max(figureElement.clientWidth, 280), height: 250 });
    },
    repaint() { for (const [u] of drawn) u.redraw(false); },
  };
})();
