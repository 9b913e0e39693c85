// Points of a chart by keyboard: arrows move, Escape leaves. Screen readers hear each point.
"use strict";

globalThis.Keyboard = (() => {
  const MOVES = { ArrowLeft: [0, -1], ArrowRight: [0, 1], ArrowUp: [1, 0], ArrowDown: [-1, 0] };
  const LATER = 100; // milliseconds; plotly draws words at most every 50 and tells nobody
  let later = 0;
  const places = new WeakMap(); // by chart: [which trace, which point]

  /** The traces whose points can be pointed at: their numbers and the numbers of their points. */
  function tracesOf(chart) {
    return (chart.data || [])
      .map(({ x, y, visible, hoverinfo }, number) => {
        const isShown = visible !== false && hoverinfo !== "skip";
        const points = isShown
          ? [...(x || []).keys()].filter((at) => (y?.[at] ?? null) !== null)
          : [];
        return { number, points };
      })
      .filter(({ points }) => points.length);
  }

  const within = (number, length) => Math.min(Math.max(number, 0), length - 1);

  function move(chart, [up, right]) {
    const traces = tracesOf(chart);
    if (!traces.length) return;
    const [trace, point] = places.get(chart) || [0, -1];
    const row = within(trace + up, traces.length);
    const at = within(point + right, traces[row].points.length);
    places.set(chart, [row, at]);
    const { number, points } = traces[row];
    Plotly.Fx.hover(chart, [{ curveNumber: number, pointNumber: points[at] }]);
    clearTimeout(later);
    later = setTimeout(() => say(chart, nameOf(chart.data[number], points[at])), LATER);
  }

  function say(chart, name) {
    const words = [...chart.querySelectorAll(".hoverlayer text")].map((text) => text.textContent);
    const said = [name, ...words.filter(Boolean)];
    document.getElementById("announcement").textContent = said.join(": ");
  }

  /** Where a point lies: its year, its month or quarter by its first month, or its category. */
  function nameOf({ x, xperiod }, at) {
    if (!xperiod) return String(x[at]);
    return String(x[at]).slice(0, xperiod === "M12" ? 4 : 7);
  }

  function onKey(event) {
    const chart = event.currentTarget;
    if (event.key === "Escape") Plotly.Fx.unhover(chart);
    if (!(event.key in MOVES)) return;
    event.preventDefault();
    move(chart, MOVES[event.key]);
  }

  function start() {
    for (const chart of document.querySelectorAll(".chart")) {
      chart.addEventListener("keydown", onKey);
      chart.addEventListener("blur", () => chart.data && Plotly.Fx.unhover(chart));
    }
  }

  return { start };
})();
