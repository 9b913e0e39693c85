// Fills the figures that Python drew with other numbers, and fits them to screen and theme.
// What a chart looks like (colours, sizes, marks) comes from Python; see dashboards/charts.
"use strict";

globalThis.Charts = (() => {
  const CONFIG = { displaylogo: false, displayModeBar: false, responsive: true };
  const NARROW = 700; // pixels
  const figures = {}; // what Python drew, by anchor

  const isNarrow = () => innerWidth < NARROW;
  const themed = (name) => getComputedStyle(document.body).getPropertyValue(name).trim();

  function load() {
    for (const script of document.querySelectorAll("script.figure")) {
      figures[script.dataset.anchor] = JSON.parse(script.textContent);
    }
    return Object.keys(figures);
  }

  /** A copy of a figure, with what Python wants changed on a narrow screen. */
  function figureOf(anchor) {
    const figure = structuredClone(figures[anchor]);
    if (isNarrow() && figure.layout.meta) {
      const { layout, trace } = figure.layout.meta.narrow;
      merge(figure.layout, layout);
      for (const one of figure.data) merge(one, trace);
    }
    return figure;
  }

  /** Put `changes` into `target`, objects and lists within them too. */
  function merge(target, changes) {
    for (const [key, value] of Object.entries(changes)) {
      if (value !== null && typeof value === "object" && target[key]) merge(target[key], value);
      else target[key] = value;
    }
  }

  function draw(anchor, { data, layout }) {
    const edge = themed("--card");
    for (const trace of data) if (trace.marker?.line?.width) trace.marker.line.color = edge;
    for (const note of layout.annotations || []) {
      // not every framework's colour is readable as text on both backgrounds
      if (note.name === "end") note.font.color = themed("--text");
      if (note.name === "event") note.bgcolor = themed("--veil"); // lines pass behind the words
    }
    layout.font = { ...layout.font, color: themed("--soft") };
    layout.hoverlabel = {
      bgcolor: themed("--card"),
      bordercolor: themed("--line"),
      font: { color: themed("--text") },
    };
    Plotly.react(`chart-${anchor}`, data, layout, CONFIG);
  }

  const drawAsIs = (anchor) => draw(anchor, figureOf(anchor));

  /** Draw one family's share. `rows`: Shares.familyRows; `why`: why there is nothing to draw. */
  function drawShare(anchor, state, rows, why) {
    const figure = figureOf(anchor);
    const { length, months, markerSize } = CUBE.periods[state.period];
    const enough = rows.filter((row) => row.n >= CUBE.leastPapers);
    const points = sharePoints(rows, enough, months);
    const looks = CUBE.looks[state.framework];
    for (const trace of figure.data) {
      const { role } = trace.meta;
      merge(trace, looks[role]);
      Object.assign(trace, points[role], { xperiod: length });
      if (role === "share") trace.marker.size = markerSize;
    }
    nameTimeAxes(figure.layout, state.period, rows);
    setRanges(figure.layout, rows, enough, months);
    labelEnd(figure.layout, enough.at(-1), looks.end);
    markHalf(figure.layout, state);
    if (isNarrow()) numberEvents(figure.layout);
    if (!enough.length) notice(figure.layout, why || Words.tooFewToDraw(rows.length > 0));
    draw(anchor, figure);
  }

  /** x, y and customdata of each trace of the share chart, by its role. */
  function sharePoints(rows, enough, months) {
    const few = rows.filter((row) => !enough.includes(row));
    const line = withGaps(enough, months);
    const band = [];
    for (const stretch of stretches(line)) {
      if (band.length) band.push([null, null]);
      band.push(...stretch.map((row) => [row.period, row.share_low]));
      band.push(...[...stretch].reverse().map((row) => [row.period, row.share_high]));
    }
    return {
      band: { x: band.map(([x]) => x), y: band.map(([, y]) => y) },
      share: {
        x: line.map((row) => row.period),
        y: line.map((row) => row.share),
        customdata: line.map((row) => [row.share_low, row.share_high, row.n]),
      },
      few: {
        x: few.map((row) => row.period),
        y: few.map((row) => row.share),
        customdata: few.map((row) => row.n),
      },
      n: { x: rows.map((row) => row.period), y: rows.map((row) => row.n) },
    };
  }

  /** The rows, with a row of nulls for each period between that has none: plotly breaks the line. */
  function withGaps(rows, months) {
    const filled = [];
    for (const row of rows) {
      while (filled.length && Shares.laterStart(filled.at(-1).period, months) !== row.period) {
        const period = Shares.laterStart(filled.at(-1).period, months);
        filled.push({ period, share: null, share_low: null, share_high: null, n: null });
      }
      filled.push(row);
    }
    return filled;
  }

  /** The rows in parts, where a row of nulls lies between them. */
  function stretches(rows) {
    const parts = [[]];
    for (const row of rows) {
      if (row.share === null) parts.push([]);
      else parts.at(-1).push(row);
    }
    return parts.filter((part) => part.length);
  }

  /** First and last day of the share chart, from the first period with enough papers. */
  function spanOf(rows, months) {
    if (!rows.length) return null;
    const first = rows.find((row) => row.n >= CUBE.leastPapers) || rows[0];
    return [first.period, Shares.laterStart(rows.at(-1).period, months)];
  }

  function setRanges(layout, rows, enough, months) {
    const range = spanOf(rows, months);
    for (const axis of [layout.xaxis, layout.xaxis2]) {
      // without rows plotly would show the year 2000
      Object.assign(axis, range ? { range, autorange: false } : { autorange: true });
    }
    if (!range) {
      layout.xaxis2.showticklabels = false;
      layout.shapes = [];
      for (const note of layout.annotations) note.visible = false;
    }
    // small shares get the height that they need, always from zero
    const highest = Math.max(0, ...enough.map((row) => row.share_high));
    layout.yaxis.range = [0, enough.length && highest < 0.5 ? 1.15 * highest : 1.02];
  }

  function labelEnd(layout, last, { name, size, narrow_size: narrowSize }) {
    const end = layout.annotations.find((note) => note.name === "end");
    end.visible = Boolean(last);
    if (!last) return;
    end.y = last.share;
    end.text = `<b>${name}<br>${Words.percent(last.share)}</b>`;
    end.font.size = isNarrow() ? narrowSize : size;
  }

  /** The line at one half means something where PyTorch and TensorFlow alone are counted. */
  function markHalf(layout, { denominator }) {
    for (const mark of [...layout.shapes, ...layout.annotations]) {
      if (mark.name === "half") mark.visible = denominator === "pytorch_tensorflow";
    }
  }

  /** Number the events within the chart's years, as the list below it does. */
  function numberEvents(layout) {
    const { range } = layout.xaxis;
    const events = layout.annotations.filter(({ name }) => name === "event");
    let number = 0;
    for (const note of events) {
      const isShown = range && note.x >= range[0] && note.x <= range[1];
      if (isShown) number += 1;
      note.text = isShown ? String(number) : "";
    }
  }

  /** Words in place of what cannot be drawn. */
  function notice(layout, words) {
    const note = layout.annotations.find(({ name }) => name === "notice");
    note.visible = true;
    note.text = isNarrow() ? words.replace(/(.{16,}?) /g, "$1<br>") : words;
  }

  /**
   * Draw all frameworks, stacked. `rows`: Shares.seriesRows; `column`: "share" or "papers".
   * `legend`: {rare, hidden, isOpen}: the series that are "other", those that the reader has hidden,
   * and whether "other" is open.
   */
  function drawStack(anchor, state, rows, column, { rare, hidden, isOpen }) {
    const figure = figureOf(anchor);
    const { length, seam } = CUBE.periods[state.period];
    const shown = rows.filter((row) => column === "papers" || row.n >= CUBE.leastPapers);
    for (const trace of figure.data) {
      const { series } = trace.meta;
      const own = shown.filter((row) => row.series === series);
      const isOther = rare.has(series) && !isOpen;
      const highest = Math.max(...own.map((row) => row[column]));
      const top = own.findIndex((row) => row[column] === highest);
      trace.visible = own.length > 0 && !hidden.has(series);
      trace.x = own.map((row) => row.period);
      trace.y = own.map((row) => row[column]);
      trace.text = own.map((_, at) => (at === top && !isOther ? trace.meta.label : ""));
      trace.meta.isOther = isOther;
      trace.customdata = own.map((row) => [row.papers, row.n]);
      trace.xperiod = length;
      trace.marker.color = isOther ? CUBE.otherColour : CUBE.colours[series];
      trace.marker.line.width = isOther ? 0 : seam;
    }
    figure.data.sort((a, b) => rare.has(a.meta.series) - rare.has(b.meta.series));
    nameTimeAxes(figure.layout, state.period, rows);
    if (!shown.length) {
      figure.layout.xaxis.showticklabels = false;
      notice(figure.layout, Words.tooFewToDraw(rows.length > 0));
    }
    draw(anchor, figure);
  }

  /** Format of periods on hover, and as many names of years as there is room for. */
  function nameTimeAxes(layout, period, rows) {
    const yearOf = (row) => Number(row.period.slice(0, 4));
    const years = rows.length ? yearOf(rows.at(-1)) - yearOf(rows[0]) + 1 : 1;
    const room = Math.floor(Math.min(innerWidth, 1120) / 55);
    for (const axis of [layout.xaxis, layout.xaxis2].filter(Boolean)) {
      axis.hoverformat = CUBE.periods[period].hover;
      axis.dtick = `M${12 * Math.ceil(years / room)}`;
    }
  }

  const drawn = () => document.querySelectorAll(".chart.js-plotly-plot");

  /** Forget what is drawn: angles and margins of another width would stay. */
  function clear() {
    for (const chart of drawn()) Plotly.purge(chart);
  }

  /** Fit the charts to paper, which is narrower than most windows. */
  function fitToPaper() {
    for (const chart of drawn()) {
      Plotly.relayout(chart, { width: Math.min(chart.clientWidth, 680) });
    }
  }

  /**
   * The chart as a picture: the address of its data. `words`: title, summary and source, which
   * stand above and below it. `format`: "png" or "svg".
   */
  async function image(chart, words, format) {
    const { data, layout } = withLegend(chart);
    const size = { width: 1100, height: Math.max(480, layout.height || 0) };
    const form = { ...size, format: "svg", imageDataOnly: true };
    const picture = framed(await Plotly.toImage({ data, layout }, form), size, words);
    return format === "svg" ? picture.address : asPng(picture);
  }

  /** The figure of a chart; a stack with the legend that the page shows as buttons below it. */
  function withLegend({ data, layout: own }) {
    const layout = { ...own, paper_bgcolor: themed("--card") };
    const shown = data.filter(({ meta, visible }) => meta?.series && visible);
    if (!shown.length) return { data, layout };
    const others = shown.filter(({ meta }) => meta.isOther);
    const named = shown.map((trace) =>
      trace.meta.isOther ? { ...trace, name: "other", showlegend: trace === others[0] } : trace,
    );
    return { data: named, layout: { ...layout, showlegend: true, height: own.height + 60 } };
  }

  /** An SVG with words above and below it: its size and the address of its data. */
  function framed(svg, { width, height: middle }, { title, summary, source }) {
    const lines = summary.replace(/(.{135,}?) /g, "$1\n").split("\n");
    const top = 48 + 18 * lines.length;
    const height = top + middle + 32;
    const line = (words, y, size, colour) =>
      `<text x="16" y="${y}" font-size="${size}" fill="${themed(colour)}">${escaped(words)}</text>`;
    const parts = [
      `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}"`,
      ` font-family="${getComputedStyle(document.body).fontFamily.replaceAll('"', "'")}">`,
      `<rect width="${width}" height="${height}" fill="${themed("--card")}"/>`,
      line(title, 34, 20, "--text"),
      ...lines.map((words, number) => line(words, 58 + 18 * number, 14, "--soft")),
      `<g transform="translate(0 ${top})">${svg}</g>`,
      line(source, height - 12, 12, "--soft"),
      "</svg>",
    ];
    return { width, height, address: `data:image/svg+xml,${encodeURIComponent(parts.join(""))}` };
  }

  /** A picture in two pixels for one: the address of its data. */
  async function asPng({ width, height, address }) {
    const drawing = Object.assign(new Image(), { src: address });
    await drawing.decode();
    const canvas = document.createElement("canvas");
    Object.assign(canvas, { width: 2 * width, height: 2 * height });
    canvas.getContext("2d").drawImage(drawing, 0, 0, canvas.width, canvas.height);
    return canvas.toDataURL("image/png");
  }

  /** Text that SVG shows as it is. */
  const escaped = (text) => text.replaceAll("&", "&amp;").replaceAll("<", "&lt;");

  /** How wide the screen is: charts are drawn anew when this changes. */
  const breadth = () => [NARROW, 1000].filter((width) => innerWidth >= width).length;

  return {
    load,
    drawAsIs,
    drawShare,
    drawStack,
    spanOf,
    clear,
    fitToPaper,
    image,
    breadth,
    isNarrow,
  };
})();
