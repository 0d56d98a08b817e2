"use strict";
/* Puts the parts together: when to draw, and what follows the window, the dark and the printer. */
(() => {
  const PAPER = 660;
  const root = document.documentElement;
  for (const choice of document.querySelectorAll("#measure input")) {
    choice.addEventListener("change", () => charts.draw(choice.value));
  }
  charts.draw("sigma");

  let waiting;
  addEventListener("resize", () => { cancelAnimationFrame(waiting); waiting = requestAnimationFrame(() => charts.resize()); });
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", charts.repaint);
  addEventListener("beforeprint", () => { root.dataset.print = ""; charts.resize(PAPER); table.print(); });
  addEventListener("afterprint", () => { delete root.dataset.print; charts.resize(); });

  for (const map of document.querySelectorAll(".heat")) {
    const picture = map.querySelector("img");
    picture.addEventListener("pointermove", event => {
      const box = picture.getBoundingClientRect();
      const place = (share, count) => Math.min(Math.max(Math.floor(share * count), 0), count - 1);
      map.querySelector("output").textContent = `at ${place((event.clientY - box.top) / box.height, map.dataset.rows)} down, `
        + `${place((event.clientX - box.left) / box.width, map.dataset.columns)} to the right`;
    });
  }

  table.start().then(() => {
    root.dataset.ready = "";
    performance.mark("ready");
  });
})();
