// What the pages do by themselves: draw, filter, copy, download. No network, no framework.
"use strict";

const Z = 1.959964; // of a 95 % interval, as in sql/views/60_share.sql
const CONFIG = { displaylogo: false, displayModeBar: false, responsive: true };
const NARROW = 700;

const byId = (id) => document.getElementById(id);
const nameOf = (series) => CUBE.names[series] || series;
const percent = (share) => `${Math.round(100 * share)}%`;
const figures = {}; // what Python drew, by anchor

// ---- shares: the sums that sql/views/60_share.sql defines, over the cube's rows

const DEFAULTS = {
  axis: "paper", period: "year", denominator: "pytorch_tensorflow", framework: "pytorch",
  keras: "in", official: "any", venue: "", stars: "", language: "",
};

const AXES = { paper: "the paper's date", created: "the repository's creation", commit: "the last commit" };
const WORDS = {
  pytorch_tensorflow: "papers with PyTorch or TensorFlow code",
  any_framework: "papers with code of any framework",
  with_code: "papers whose code could be read",
};

function periodStart(month, period) {
  const [year, number] = month.split("-").map(Number);
  if (period === "year") return `${year}-01-01`;
  const first = period === "quarter" ? number - ((number - 1) % 3) : number;
  return `${year}-${String(first).padStart(2, "0")}-01`;
}

function periodAfter(start, period) {
  const day = new Date(`${start}T00:00:00Z`);
  day.setUTCMonth(day.getUTCMonth() + Number(CUBE.periods[period].slice(1)));
  return day.toISOString().slice(0, 10);
}

function wilson(k, n) {
  const p = k / n, half = Z * Math.sqrt((p * (1 - p)) / n + (Z * Z) / (4 * n * n));
  const middle = p + (Z * Z) / (2 * n), scale = 1 + (Z * Z) / n;
  return [Math.max(0, (middle - half) / scale), Math.min(1, (middle + half) / scale)];
}

/** A column of the cube as dashboards/cube.py packs it. */
function unpacked({ bytes_each: bytesEach, base64 }) {
  const text = atob(base64), raw = new Uint8Array(text.length);
  for (let at = 0; at < text.length; at++) raw[at] = text.charCodeAt(at);
  return new { 1: Uint8Array, 2: Uint16Array, 4: Uint32Array }[bytesEach](raw.buffer);
}

/** Which codes of a dimension a filter lets through; null for all of them. */
function wanted(dimension, test) {
  return CUBE.dimensions[dimension].values.map((value) => test(value));
}

function count(state) {
  const d = CUBE.dimensions;
  const filters = [[d.time_axis.codes, wanted("time_axis", (value) => value === state.axis)]];
  if (state.official === "only") filters.push([d.is_official.codes, wanted("is_official", (value) => value === true)]);
  if (state.venue) filters.push([d.venue.codes, wanted("venue", (value) => value === state.venue)]);
  if (state.language) filters.push([d.language.codes, wanted("language", (value) => value === state.language)]);
  if (state.stars) filters.push([d.stars_from.codes, wanted("stars_from", (value) => value !== null && value >= Number(state.stars))]);

  const inDenominator = new Set(CUBE.denominators[state.denominator]);
  const starts = d.month.values.map((month) => periodStart(month, state.period));
  const isLeftOut = wanted("is_year_only", (value) => value && state.period !== "year");
  const counted = new Map(), split = new Map(), n = new Map();
  let leftOut = 0;
  const add = (series, key, start, papers) => {
    if (!series.has(key)) series.set(key, new Map());
    const periods = series.get(key);
    periods.set(start, (periods.get(start) || 0) + papers);
  };
  rows: for (let row = 0; row < CUBE.papers.length; row++) {
    for (const [codes, passes] of filters) if (!passes[codes[row]]) continue rows;
    const label = d.label.values[d.label.codes[row]], family = d.family.values[d.family.codes[row]];
    const framework = state.keras === "out" && label === "keras" ? label : family;
    if (!inDenominator.has(framework)) continue;
    const start = starts[d.month.codes[row]], papers = CUBE.papers[row];
    if (isLeftOut[d.is_year_only.codes[row]]) {
      leftOut += papers;
      continue;
    }
    const series = framework === family ? d.series.values[d.series.codes[row]] : framework;
    add(counted, framework, start, papers);
    add(split, series, start, papers);
    n.set(start, (n.get(start) || 0) + papers);
  }
  return { periods: [...n.keys()].sort(), counted, split, n, leftOut };
}

/** Rows as share_by_year has them, of one framework. */
function sharesOf(result, framework) {
  const papers = result.counted.get(framework) || new Map();
  return result.periods.map((start) => {
    const k = papers.get(start) || 0, n = result.n.get(start), [low, high] = wilson(k, n);
    return { period: start, family: framework, papers: k, n, share: k / n, share_low: low, share_high: high };
  });
}

/** The SQL that gives the same numbers from the database. */
function sqlOf(state, isSplit) {
  const quoted = (text) => `'${text.replaceAll("'", "''")}'`;
  const where = [`time_axis = ${quoted(state.axis)}`];
  if (state.period !== "year") where.push("not is_year_only");
  if (state.official === "only") where.push("is_official");
  if (state.venue) where.push(`venue = ${quoted(state.venue)}`);
  if (state.language) where.push(`language = ${quoted(state.language)}`);
  if (state.stars) where.push(`stars_from >= ${Number(state.stars)}`);
  const orKeras = (column) => (state.keras === "out" ? `if(label = 'keras', label, ${column}) as ${column}` : column);
  const columns = isSplit ? ["family", "series"] : ["family"];
  const counted = columns.at(-1);
  return `with chosen as (
    select
        date_trunc('${state.period}', month)::date as period,
        ${columns.map(orKeras).join(",\n        ")},
        papers
    from share_cube
    where ${where.join(" and ")}
),

counted as (
    select period, ${counted}, sum(papers)::bigint as papers
    from chosen
    semi join denominator
        on chosen.family = denominator.family and denominator = '${state.denominator}'
    group by all
)

select
    *,
    sum(papers) over (partition by period)::bigint as n,
    papers / n as share,
    wilson_low(papers, n) as share_low,
    wilson_high(papers, n) as share_high
from counted
order by all;`;
}

// ---- the overview's charts, filled with what was counted

function lengthOf(period) {
  return { xperiod: CUBE.periods[period], xperiodalignment: "middle" };
}

/** Rows parted where a period lies between them: too few papers, or none, are no line. */
function runsOf(rows, period) {
  const runs = [];
  for (const row of rows) {
    const last = runs.at(-1);
    if (last && periodAfter(last.at(-1).period, period) === row.period) last.push(row);
    else runs.push([row]);
  }
  return runs;
}

/** Runs behind one another; null between them, where plotly lifts its pen. */
const parted = (runs) => runs.flatMap((run, at) => (at ? [null, ...run] : run));

/** Points of a trace of the first chart, by its role: [day, share or n, what the pointer tells]. */
function pointsOf(role, { rows, enough, few }, period) {
  if (role === "n") return rows.map((row) => [row.period, row.n]);
  if (role === "few") return few.map((row) => [row.period, row.share, row.n]);
  const runs = runsOf(enough, period);
  if (role === "share") return parted(runs.map((run) => run.map((row) => [row.period, row.share, [row.share_low, row.share_high, row.n]])));
  return parted(runs.map((run) => [...run.map((row) => [row.period, row.share_low]), ...[...run].reverse().map((row) => [row.period, row.share_high])]));
}

/** Why the share of a framework would be an empty 0 %: its papers are not among those counted. */
function whyNone(state) {
  if (state.framework === "keras" && state.keras === "in") return "Keras counts as TensorFlow here: choose Keras “by itself”";
  if (CUBE.denominators[state.denominator].includes(state.framework)) return "";
  return `${nameOf(state.framework)} is not among PyTorch and TensorFlow: choose “any framework”`;
}

function drawShare(state, result) {
  const why = whyNone(state);
  const rows = why ? [] : sharesOf(result, state.framework);
  const enough = rows.filter((row) => row.n >= CUBE.least_papers), few = rows.filter((row) => row.n < CUBE.least_papers);
  const tint = CUBE.colours[state.framework] || "#8a8a8a";
  const figure = structuredClone(figures.share);
  for (const trace of figure.data) {
    const role = trace.meta.role, points = pointsOf(role, { rows, enough, few }, state.period);
    const [x, y, customdata] = [0, 1, 2].map((at) => points.map((point) => point && point[at]));
    Object.assign(trace, lengthOf(state.period), { x, y, customdata });
    if (trace.line && trace.line.color) trace.line.color = role === "band" ? translucent(tint, 0.18) : tint;
    if (trace.marker && trace.marker.color) trace.marker.color = role === "n" ? translucent(tint, 0.4) : tint;
    if (trace.fillcolor) trace.fillcolor = translucent(tint, 0.18);
    if (role === "share") trace.marker.size = enough.length > 60 ? 4 : 7; // a lonely period has no line
  }
  setPeriod(figure.layout, state.period, (enough.length ? rows.slice(rows.indexOf(enough[0])) : rows).map((row) => row.period));
  // from zero always; small shares use the height that they need
  const highest = Math.max(0, ...enough.map((row) => row.share_high));
  figure.layout.yaxis.range = [0, enough.length && highest < 0.5 ? 1.15 * highest : 1.02];
  annotate(figure.layout, state, rows, enough, why);
  Plotly.react("chart-share", figure.data, painted(figure.layout), CONFIG);
  const title = `${nameOf(state.framework)}'s share over time`;
  byId("title-share").textContent = title;
  byId("chart-share").setAttribute("aria-label", `Chart: ${title}. The numbers stand in the table below.`);
  byId("summary-share").textContent = why ? `${why}.` : inWords(state, rows, enough, result.leftOut);
  fillTable("share", rows);
  byId("sql-share").textContent = sqlOf(state, false);
}

function annotate(layout, state, rows, enough, why) {
  const [first, until] = spanOf(rows, enough, state.period);
  for (const axis of ["xaxis", "xaxis2"]) Object.assign(layout[axis], { range: [first, until], autorange: !rows.length });
  if (!rows.length) layout.xaxis2.showticklabels = false; // plotly would name the year 2000
  const isNear = (day) => day >= first && day <= until;
  const marked = markedEvents();
  marked.forEach((item) => { item.hidden = !isNear(item.dataset.day); });
  if (marked.length) byId("events").parentElement.hidden = marked.every((item) => item.hidden);
  layout.shapes = (layout.shapes || []).filter((shape) => isNear(shape.x0));
  layout.annotations = layout.annotations.filter((note) => note.name === "event" && isNear(note.x));
  if (innerWidth < NARROW) {
    layout.annotations.forEach((note) => { note.text = String(eventNumber(note.text)); note.textangle = 0; note.y = 1; note.yanchor = "bottom"; note.xanchor = "center"; });
    layout.margin = { ...layout.margin, l: 40, r: 70 };
  }
  if (enough.length) {
    const row = enough.at(-1), words = nameOf(state.framework).split(" "), [room, size] = innerWidth < NARROW ? [62, 12] : [96, 15];
    const longest = Math.max(...words.map((word) => word.length));
    layout.annotations.push({
      name: "end", x: 1, xref: "x domain", y: row.share, yref: "y", showarrow: false, align: "left", xanchor: "left", xshift: 8,
      text: `<b>${words.join("<br>")}<br>${percent(row.share)}</b>`, font: { size: Math.min(size, room / (0.7 * longest)) },
    });
  } else layout.annotations.push(nothing(why || (rows.length ? "Too few papers to judge with this filter" : "No paper passes this filter")));
}

/** Words in place of what cannot be drawn. */
function nothing(words) {
  const isNarrow = innerWidth < NARROW, lines = isNarrow ? words.replace(/(.{16,}?) /g, "$1<br>") : words;
  return { name: "few", x: 0.5, xref: "paper", y: 0.6, yref: "paper", showarrow: false, font: { size: isNarrow ? 13 : 16 }, text: lines };
}

/** From the first period with enough papers, if any, to the end of the last one. */
function spanOf(rows, enough, period) {
  if (!rows.length) return ["9999", "0000"];
  return [(enough[0] || rows[0]).period, periodAfter(rows.at(-1).period, period)];
}

/** The list below the chart; what lies outside of its years is hidden, and keeps its number. */
const markedEvents = () => [...document.querySelectorAll("#events li")];

function eventNumber(title) {
  return markedEvents().findIndex((item) => item.dataset.title === title) + 1;
}

function periodName(start, period) {
  const [year, month] = start.split("-");
  return period === "year" ? year : period === "quarter" ? `${year} Q${(Number(month) + 2) / 3}` : `${year}-${month}`;
}

/** What the filters leave, as words behind a sentence. */
function filtersInWords(state) {
  const chosen = (key) => byId(`control-${key}`).selectedOptions[0].textContent.replace(/ \([\d,]+\)$/, "");
  const words = [];
  if (state.official === "only") words.push("official code");
  if (state.venue) words.push(state.venue);
  if (state.stars) words.push(`${chosen("stars")} stars`);
  if (state.language) words.push(chosen("language"));
  const only = words.length ? ` Only: ${words.join(", ")}.` : "";
  return state.keras === "out" ? `${only} Keras counts by itself.` : only;
}

function inWords(state, rows, enough, leftOut) {
  const undated = leftOut ? ` ${leftOut} known only by year are left out.` : "";
  const seen = rows.reduce((sum, row) => sum + row.n, 0);
  if (!enough.length) {
    return `Too few to judge: this filter leaves ${seen} ${seen === 1 ? "paper" : "papers"}, and no ${state.period} has ${CUBE.least_papers}.${undated}${filtersInWords(state)}`;
  }
  const last = enough.at(-1), most = enough.reduce((best, row) => (row.share > best.share ? row : best));
  const when = (row) => periodName(row.period, state.period);
  const few = rows.filter((row) => row.n < CUBE.least_papers);
  return `${nameOf(state.framework)}: ${percent(last.share)} of the ${last.n} ${WORDS[state.denominator]} of ${when(last)} ` +
    `(95% interval ${percent(last.share_low)} to ${percent(last.share_high)}), by ${AXES[state.axis]}` + (most.share ? `; most in ${when(most)}: ${percent(most.share)}. ` : ". ") +
    `${seen.toLocaleString("en")} papers in all` + (few.length > 6 ? `; ${few.length} ${state.period}s have too few to judge.` : few.length ? `; too few to judge in ${few.map(when).join(", ")}.` : ".") + undated + filtersInWords(state);
}

function drawStack(anchor, state, result) {
  const figure = structuredClone(figures[anchor]);
  const template = figure.data[0] || { type: "bar", hovertemplate: "%{y}" };
  const role = anchor === "frameworks" ? "share" : "papers";
  const totals = new Map(), families = new Map();
  for (const [series, periods] of result.split) {
    const total = [...periods.values()].reduce((sum, papers) => sum + papers, 0);
    totals.set(series, total);
    families.set(series.split(" ")[0], (families.get(series.split(" ")[0]) || 0) + total);
  }
  const order = [...totals.keys()].sort((a, b) =>
    families.get(b.split(" ")[0]) - families.get(a.split(" ")[0]) || (a.split(" ")[0] < b.split(" ")[0] ? -1 : a.split(" ")[0] > b.split(" ")[0] ? 1 : a < b ? -1 : 1));
  figure.data = order.map((series) => {
    const papers = result.split.get(series);
    const periods = result.periods.filter((start) => papers.has(start) && (role === "papers" || result.n.get(start) >= CUBE.least_papers));
    return {
      ...template, ...lengthOf(state.period), name: nameOf(series), meta: { role, series },
      // a seam between neighbours, for some colours are alike to the colour-blind
      marker: { color: CUBE.colours[series] || "#8a8a8a", line: { width: state.period === "year" ? 0.7 : 0, color: ground() } },
      x: periods,
      y: periods.map((start) => (role === "share" ? papers.get(start) / result.n.get(start) : papers.get(start))),
      customdata: periods.map((start) => [papers.get(start), result.n.get(start)]),
    };
  });
  setPeriod(figure.layout, state.period, result.periods);
  if (innerWidth < NARROW) figure.layout.height = 340 + 20 * order.length; // one name a line
  if (!figure.data.some((trace) => trace.x.length)) emptied(figure.layout, result.periods.length > 0);
  Plotly.react(`chart-${anchor}`, figure.data, painted(figure.layout), CONFIG);
  const rows = result.periods.flatMap((start) => order.filter((series) => result.split.get(series).has(start)).map((series) => {
    const k = result.split.get(series).get(start), n = result.n.get(start);
    return { period: start, series, papers: k, n, share: k / n };
  }));
  byId(`summary-${anchor}`).textContent = stackInWords(state, rows, role);
  fillTable(anchor, rows);
  byId(`sql-${anchor}`).textContent = sqlOf(state, true);
}

function emptied(layout, isFew) {
  layout.xaxis.showticklabels = false;
  layout.annotations = [nothing(isFew ? "Too few papers to judge with this filter" : "No paper passes this filter")];
}

function stackInWords(state, rows, role) {
  const enough = rows.filter((row) => row.n >= CUBE.least_papers);
  if (!enough.length) return "Too few papers to judge with this filter.";
  const last = enough.at(-1).period;
  const parts = enough.filter((row) => row.period === last).sort((a, b) => b.papers - a.papers)
    .map((row) => `${nameOf(row.series)} ${role === "share" ? percent(row.share) : row.papers}`);
  return `Of the ${enough.at(-1).n} ${WORDS[state.denominator]} of ${periodName(last, state.period)}, by ${AXES[state.axis]}: ${parts.join(", ")}.${filtersInWords(state)}`;
}

function setPeriod(layout, period, starts) {
  const years = starts.length ? Number(starts.at(-1).slice(0, 4)) - Number(starts[0].slice(0, 4)) + 1 : 1;
  const room = Math.floor(Math.min(innerWidth, 1120) / 55); // for names of years
  for (const axis of Object.keys(layout).filter((key) => key.startsWith("xaxis"))) {
    layout[axis].hoverformat = period === "year" ? "%Y" : "%b %Y";
    layout[axis].dtick = `M${12 * Math.ceil(years / room)}`;
  }
}

function translucent(colour, alpha) {
  const [red, green, blue] = [1, 3, 5].map((at) => parseInt(colour.slice(at, at + 2), 16));
  return `rgba(${red}, ${green}, ${blue}, ${alpha})`;
}

// ---- tables and downloads

const tables = {}; // rows of the charts that change, by anchor; their tables are made when opened

function fillTable(anchor, rows) {
  tables[anchor] = rows;
  const details = byId(`table-${anchor}`);
  if (details.open) writeTable(anchor);
}

function writeTable(anchor) {
  const rows = tables[anchor];
  if (!rows) return;
  const columns = rows.length ? Object.keys(rows[0]) : [];
  const cell = (value) => (typeof value === "number" && !Number.isInteger(value) ? value.toFixed(3) : String(value));
  const table = document.createElement("table");
  table.className = "data";
  const head = table.createTHead().insertRow();
  for (const column of columns) {
    const title = document.createElement("th");
    title.scope = "col";
    title.textContent = column;
    head.append(title);
  }
  const body = table.createTBody();
  for (const row of rows) {
    const line = body.insertRow();
    for (const column of columns) line.insertCell().textContent = cell(row[column]);
  }
  byId(`table-${anchor}`).querySelector(".scroll").replaceChildren(table);
}

function csvOf(anchor) {
  const lines = [Object.keys(tables[anchor][0] || {}), ...tables[anchor].map((row) => Object.values(row).map(String))];
  const quoted = (text) => (/[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
  return lines.map((line) => line.map(quoted).join(",")).join("\n") + "\n";
}

function save(name, content, type) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([content], { type }));
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 1000);
}

async function saveImage(anchor, format) {
  const chart = byId(`chart-${anchor}`);
  const style = getComputedStyle(document.body);
  const title = { text: chart.closest("figure")?.querySelector("figcaption").textContent || byId(`title-${anchor}`).textContent, x: 0.02, font: { size: 18 } };
  const margin = { ...chart.layout.margin, t: 30 + (chart.layout.margin?.t || 30) };
  const layout = { ...chart.layout, title, margin, paper_bgcolor: style.getPropertyValue("--card").trim() };
  const image = await Plotly.toImage({ data: chart.data, layout }, { format, width: 1100, height: 620, scale: format === "png" ? 2 : 1 });
  const link = document.createElement("a");
  link.href = image;
  link.download = `${anchor}.${format}`;
  link.click();
}

async function copy(text, button) {
  const said = button.textContent;
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    const area = Object.assign(document.createElement("textarea"), { value: text });
    document.body.append(area);
    area.select();
    document.execCommand("copy");
    area.remove();
  }
  button.textContent = "Copied";
  setTimeout(() => { button.textContent = said; }, 1500);
}

// ---- the look of charts: their words take the page's colour, light or dark

const ground = () => getComputedStyle(document.body).getPropertyValue("--card").trim();

function painted(layout) {
  const style = getComputedStyle(document.body);
  const hover = { bgcolor: style.getPropertyValue("--card").trim(), bordercolor: style.getPropertyValue("--line").trim() };
  const looks = {
    // not every framework's colour can be read as words on both grounds
    end: (note) => ({ font: { ...note.font, color: style.getPropertyValue("--text").trim() } }),
    event: () => ({ bgcolor: translucent(ground(), 0.7) }), // lines pass behind the words
  };
  const annotations = (layout.annotations || []).map((note) => ({ ...note, ...looks[note.name]?.(note) }));
  return { ...layout, annotations, font: { ...layout.font, color: style.getPropertyValue("--soft").trim() }, hoverlabel: { ...hover, font: { color: style.getPropertyValue("--text").trim() } } };
}

function narrowed(figure) {
  if (innerWidth >= NARROW) return figure;
  const across = figure.layout.xaxis.categoryarray;
  if (across && figure.data[0].marker.size) { // a matrix: squares that do not overlap, every column named
    Object.assign(figure.layout.xaxis, { dtick: 1, tickangle: -90 });
    figure.layout.yaxis.title = { text: "" };
    Object.assign(figure.data[0].marker, { size: Math.min(34, 200 / across.length) });
    figure.data[0].textfont.size = 9;
  }
  for (const axis of Object.keys(figure.layout).filter((key) => key.startsWith("xaxis"))) {
    if (figure.layout[axis].type === "date") figure.layout[axis].dtick = "M48";
  }
  return figure;
}

function drawStatic(anchor) {
  const figure = narrowed(structuredClone(figures[anchor]));
  Plotly.react(`chart-${anchor}`, figure.data, painted(figure.layout), CONFIG);
}

// ---- the state: in the controls, in the address, and from there on every chart

function stateOfAddress() {
  const state = { ...DEFAULTS };
  for (const [key, value] of new URLSearchParams(location.hash.slice(1))) {
    const control = key in DEFAULTS && byId(`control-${key}`);
    if (control && [...control.options].some((option) => option.value === value && !option.disabled)) state[key] = value;
  }
  return state;
}

function addressOf(state) {
  const changed = Object.entries(state).filter(([key, value]) => value !== DEFAULTS[key]);
  return changed.length ? `#${new URLSearchParams(changed)}` : "";
}

function show(state) {
  for (const [key, value] of Object.entries(state)) byId(`control-${key}`).value = value;
  const isChanged = addressOf(state) !== "";
  byId("reset").disabled = !isChanged;
  drawShare(state, count(state));
  // the first chart at once; what lies below it when the browser has painted
  requestAnimationFrame(() => setTimeout(() => {
    // of two frameworks alone there would be nothing to stack
    const all = { ...state, denominator: state.denominator === "with_code" ? "with_code" : "any_framework" };
    const result = count(all);
    drawStack("frameworks", all, result);
    drawStack("papers", all, result);
    document.body.dataset.drawn = addressOf(state) || "default";
  }));
}

function startControls() {
  CUBE.papers = unpacked(CUBE.papers);
  for (const dimension of Object.values(CUBE.dimensions)) dimension.codes = unpacked(dimension.codes);
  const form = byId("controls");
  const read = () => Object.fromEntries(Object.keys(DEFAULTS).map((key) => [key, byId(`control-${key}`).value]));
  const go = (state) => {
    history.replaceState(null, "", addressOf(state) || "#");
    show(state);
  };
  form.addEventListener("change", () => go(read()));
  form.addEventListener("submit", (event) => event.preventDefault());
  byId("reset").addEventListener("click", () => { go({ ...DEFAULTS }); byId("control-axis").focus(); });
  byId("copy-link").addEventListener("click", (event) => copy(location.href, event.target));
  addEventListener("hashchange", () => show(stateOfAddress()));
  if (innerWidth < NARROW && !addressOf(stateOfAddress())) byId("choose").open = false;
  show(stateOfAddress());
}

function start() {
  for (const script of document.querySelectorAll("script.figure")) figures[script.dataset.anchor] = JSON.parse(script.textContent);
  const drawAll = () => {
    for (const anchor of Object.keys(figures)) if (!(byId("controls") && byId(`sql-${anchor}`)?.dataset.live)) drawStatic(anchor);
  };
  drawAll();
  if (byId("controls")) startControls();
  else document.body.dataset.drawn = "default";
  const redraw = () => {
    // afresh: angles and margins of another width would stay
    document.querySelectorAll(".chart.js-plotly-plot").forEach((chart) => Plotly.purge(chart));
    drawAll();
    if (byId("controls")) show(stateOfAddress());
  };
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", redraw);
  // paper is narrower than most windows, and charts do not shrink by themselves
  addEventListener("beforeprint", () => {
    for (const chart of document.querySelectorAll(".chart.js-plotly-plot")) Plotly.relayout(chart, { width: Math.min(chart.clientWidth, 680) });
  });
  addEventListener("afterprint", redraw);
  const breadth = () => [NARROW, 1000].filter((width) => innerWidth >= width).length;
  let last = breadth();
  addEventListener("resize", () => {
    if (last !== breadth()) redraw();
    last = breadth();
  });
  for (const button of document.querySelectorAll("button[data-image]"))
    button.addEventListener("click", () => saveImage(button.dataset.anchor, button.dataset.image));
  for (const button of document.querySelectorAll("button[data-csv]"))
    button.addEventListener("click", () => save(`${button.dataset.csv}.csv`, csvOf(button.dataset.csv), "text/csv"));
  for (const button of document.querySelectorAll("button[data-copy]"))
    button.addEventListener("click", () => copy(byId(button.dataset.copy).textContent, button));
  for (const details of document.querySelectorAll("details.table"))
    details.addEventListener("toggle", () => { if (details.open) writeTable(details.dataset.anchor); });
}

addEventListener("DOMContentLoaded", start);
