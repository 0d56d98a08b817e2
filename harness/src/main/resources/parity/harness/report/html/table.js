"use strict";
/* All tensors, with only the visible rows in the page; what is chosen below it in full. */
const table = (() => {
  const PRINTED = 200;
  const search = document.getElementById("search");
  const stage = document.getElementById("stage");
  const shown = document.getElementById("shown");
  const details = document.getElementById("details");
  let wanted = new Set(rows.statuses);
  let grid;

  /* A head with a link to the word's explanation, which does not sort. */
  const explained = column => ({ ...column, titleFormatter: () => {
    const link = element("a", { class: "word", href: "#word-" + column.title.toLowerCase().replace(/[^a-z]+/g, "-"),
      "aria-label": column.title + ": what it means" }, "?");
    link.addEventListener("click", event => event.stopPropagation());
    return element("span", {}, column.title + " ", link);
  } });

  const number = (title, field, tip, width = 104) => explained({
    title, field, headerTooltip: tip, width, hozAlign: "right", sorter: "number", sorterParams: { alignEmptyValues: "bottom" },
    formatter: cell => figure(cell.getValue()),
  });

  const COLUMNS = [
    { title: "#", field: "order", width: 62, hozAlign: "right", sorter: "number", headerTooltip: "order of execution" },
    explained({ title: "Stage", field: "stage", width: 92 }),
    explained({ title: "Status", field: "status", width: 146, formatter: cell => status(cell.getValue()) }),
    { title: "Tensor", field: "name", minWidth: 220, widthGrow: 1, cssClass: "name", tooltip: true,
      formatter: cell => element("bdi", {}, cell.getValue()) },
    number("Of limit", "share", "the largest quantity in units of its own limit: above 1 is wrong"),
    number("Sigma", "sigma", "error of the whole run in units of Python's own rounding"),
    number("Alone", "aloneSigma", "the same, computed from Python's own inputs"),
    number("Rel. error", "error", "root mean square of the error for that of the tensor"),
    number("Largest", "maxAbs", "largest absolute difference from Python"),
    explained({ title: "Form", field: "form", width: 140 }),
  ];

  function status(name) {
    return element("span", { class: "badge " + name }, `${SIGNS[name]} ${name}`);
  }

  function matches(row) {
    const text = search.value.trim().toLowerCase();
    return (stage.value === "" || row.stage === stage.value) && wanted.has(row.status)
      && (text === "" || [row.name, row.form, row.verdict, row.says].some(field => field?.toLowerCase().includes(text)));
  }

  function filter() {
    grid.setFilter(matches);
    const found = grid.getDataCount("active");
    shown.textContent = `${found.toLocaleString("en")} of ${rows.all.length.toLocaleString("en")} tensors`;
  }

  function controls() {
    for (const name of rows.stages) stage.append(element("option", { value: name }, name));
    const counts = Map.groupBy(rows.all, row => row.status);
    for (const name of rows.statuses.filter(each => counts.has(each))) {
      const box = element("input", { type: "checkbox", value: name, checked: "" });
      box.addEventListener("change", () => { box.checked ? wanted.add(name) : wanted.delete(name); filter(); });
      document.getElementById("statuses").append(
        element("label", { class: name }, box, ` ${SIGNS[name]} ${name} ${counts.get(name).length.toLocaleString("en")}`));
    }
    search.addEventListener("input", filter);
    stage.addEventListener("change", filter);
  }

  function detail(row) {
    const fact = (name, value, wide) => value === null || value === "–" ? []
      : [element("div", wide ? { class: "wide" } : {}, element("dt", {}, name), element("dd", {}, value))];
    details.replaceChildren(
      element("h3", {}, status(row.status), " ", element("code", {}, row.name)),
      element("p", { class: "about" }, row.says ?? `${row.form ?? ""} ${row.verdict.toLowerCase()}`),
      element("dl", {},
        ...fact("stage", row.stage), ...fact("verdict", row.verdict), ...fact("form", row.form),
        ...fact("sigma", figure(row.sigma)), ...fact("limit of sigma", figure(row.limit)),
        ...fact("sigma, alone", figure(row.aloneSigma)), ...fact("limit, alone", figure(row.aloneLimit)), ...fact("alone", row.alone),
        ...fact("worst frame or channel", figure(row.group)), ...fact("its limit", figure(row.groupLimit)),
        ...fact("worst element", figure(row.element)), ...fact("relative error", figure(row.error)),
        ...fact("lawful relative error", figure(row.bound)), ...fact("Python's own, relative", figure(row.floor)),
        ...fact("relative L2", figure(row.relativeL2)), ...fact("SNR, dB", figure(row.snr)), ...fact("cosine", figure(row.cosine)),
        ...fact("largest difference", figure(row.maxAbs)), ...fact("mean difference", figure(row.meanAbs)),
        ...fact("50 % below", figure(row.p50)), ...fact("99 % below", figure(row.p99)), ...fact("99.9 % below", figure(row.p999)),
        ...fact("where", row.worst, true), ...fact("limit from", row.source, true)));
  }

  /* Shows a tensor, whatever the filters hide. */
  function show(row) {
    detail(row);
    grid.deselectRow();
    grid.scrollToRow(row.order, "center", false).then(() => grid.selectRow(row.order)).catch(() => {});
  }

  /* On paper a table has all its rows in the page: those on the screen's list, as far as paper is worth it. */
  function print() {
    const found = grid.getData("active");
    const list = found.slice(0, PRINTED);
    const head = ["#", "Stage", "Status", "Tensor", "Of limit", "Sigma", "Alone", "Rel. error"];
    document.getElementById("printed").replaceChildren(
      element("table", { class: "plain" },
        element("thead", {}, element("tr", {}, ...head.map(title => element("th", {}, title)))),
        element("tbody", {}, ...list.map(row => element("tr", {}, ...[row.order, row.stage, `${SIGNS[row.status]} ${row.status}`,
          row.name, figure(row.share), figure(row.sigma), figure(row.aloneSigma), figure(row.error)].map(text => element("td", {}, String(text))))))),
      element("p", { class: "about" }, list.length === found.length ? `${found.length} tensors.`
        : `The first ${list.length} of ${found.length} tensors; report.json has them all.`));
  }

  /* Column heads are reached and pressed by keyboard as buttons are. */
  function keyboard() {
    for (const column of grid.getColumns()) {
      const head = column.getElement();
      head.tabIndex = 0;
      head.addEventListener("keydown", event => {
        if (event.target !== head || (event.key !== "Enter" && event.key !== " ")) return;
        event.preventDefault();
        const [sorted] = grid.getSorters();
        grid.setSort(column.getField(), sorted?.field === column.getField() && sorted.dir === "asc" ? "desc" : "asc");
      });
    }
    const holder = document.querySelector("#table .tabulator-tableholder");
    holder.addEventListener("keydown", event => {
      const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
      if (!step) return;
      event.preventDefault();
      const active = grid.getRows("active");
      const [chosen] = grid.getSelectedRows();
      const next = active[Math.min(Math.max((chosen ? active.indexOf(chosen) : -1) + step, 0), active.length - 1)];
      if (next) show(next.getData());
    });
  }

  function start() {
    controls();
    grid = new Tabulator("#table", {
      data: rows.all, index: "order", columns: COLUMNS, layout: "fitColumns", maxHeight: 460, rowHeight: 29,
      selectableRows: 1, placeholder: "No tensor is like that.", columnDefaults: { headerSortTristate: true, resizable: false },
    });
    return new Promise(resolve => grid.on("tableBuilt", () => {
      grid.on("rowClick", (_, row) => detail(row.getData()));
      keyboard();
      filter();
      resolve();
    }));
  }

  return { start, show, print };
})();
