// Counts papers for a state of the controls, and writes the SQL that gives the same numbers.
// Pure: it knows neither the page nor the charts. "Cube" is what dashboards/cube.py embeds.
"use strict";

globalThis.Shares = (() => {
  const Z = 1.959964; // of a 95% interval, as in sql/views/56_wilson.sql

  const quoted = (text) => `'${text.replaceAll("'", "''")}'`;

  const equal = (dimension) => ({
    dimension,
    passes: (value, wanted) => value === wanted,
    sql: (wanted) => `${dimension} = ${quoted(wanted)}`,
  });

  // What each control lets through. A control with the value "" filters nothing.
  const FILTERS = {
    code: { sql: equal("choice").sql }, // the cube has these two apart: see count
    axis: { sql: equal("time_axis").sql },
    official: {
      dimension: "is_official",
      passes: (value) => value === true,
      sql: () => "is_official",
    },
    area: equal("area"),
    venue: equal("venue"),
    language: equal("language"),
    stars: {
      dimension: "stars_from",
      passes: (value, least) => value !== null && value >= Number(least),
      sql: (least) => `stars_from >= ${Number(least)}`,
    },
  };

  const chosenFilters = (state) => Object.entries(FILTERS).filter(([control]) => state[control]);

  /** The cube with its packed columns as arrays of numbers, under the names of its dimensions. */
  function unpack({ columns, papers, ...rest }) {
    const dimensions = {};
    for (const column of columns) {
      const codes = numbers(column.codes);
      for (const [name, values] of Object.entries(column.dimensions)) {
        dimensions[name] = { values, codes };
      }
    }
    const counts = Object.entries(papers).map(([choice, packed]) => [choice, numbers(packed)]);
    return { ...rest, dimensions, papers: Object.fromEntries(counts) };
  }

  function numbers({ bytesEach, base64 }) {
    const text = atob(base64);
    const bytes = new Uint8Array(text.length);
    for (let at = 0; at < text.length; at++) bytes[at] = text.charCodeAt(at); // from() is slow
    return new { 1: Uint8Array, 2: Uint16Array, 4: Uint32Array }[bytesEach](bytes.buffer);
  }

  /** First day of the period of a month: 2019-05 is in 2019-01-01, 2019-04-01 or 2019-05-01. */
  function periodStart(month, period) {
    const [year, number] = month.split("-").map(Number);
    if (period === "year") return `${year}-01-01`;
    const first = period === "quarter" ? number - ((number - 1) % 3) : number;
    return `${year}-${String(first).padStart(2, "0")}-01`;
  }

  /** First day of the period that comes so many months later. */
  function laterStart(start, months) {
    const day = new Date(`${start}T00:00:00Z`);
    day.setUTCMonth(day.getUTCMonth() + months);
    return day.toISOString().slice(0, 10);
  }

  /** Both ends of the 95% interval of k of n. */
  function wilson(k, n) {
    const p = k / n;
    const half = Z * Math.sqrt((p * (1 - p)) / n + (Z * Z) / (4 * n * n));
    const middle = p + (Z * Z) / (2 * n);
    const scale = 1 + (Z * Z) / n;
    return [Math.max(0, (middle - half) / scale), Math.min(1, (middle + half) / scale)];
  }

  /** A test of rows of the cube: does a row pass every filter? */
  function passesFilters(cube, state) {
    const filters = chosenFilters(state).filter(([, { dimension }]) => dimension);
    const tests = filters.map(([control, { dimension, passes }]) => {
      const { values, codes } = cube.dimensions[dimension];
      return { codes, allowed: values.map((value) => passes(value, state[control])) };
    });
    return (row) => tests.every(({ codes, allowed }) => allowed[codes[row]]);
  }

  /**
   * Papers of the denominator for a state of the controls.
   *
   * `families`, `series`: papers by family and by series, each a map from a period's first day.
   * `n`: all papers by period. `periods`: first days of the periods that have papers, in order.
   * `leftOut`: papers that are in no quarter or month, because only their year is known.
   */
  function count(cube, state) {
    const { month, is_year_only: isYearOnly } = cube.dimensions;
    const starts = month.values.map((value) => periodStart(value, state.period));
    const inDenominator = new Set(cube.denominators[state.denominator]);
    const passes = passesFilters(cube, state);
    const kindOf = kinds(cube, state);
    const [families, series, n] = [new Map(), new Map(), new Map()];
    let leftOut = 0;
    const papersOf = cube.papers[state.code] ?? [];
    const [from, to] = cube.axes[state.axis] ?? [0, 0];
    for (let row = from; row < to; row++) {
      const papers = papersOf[row];
      if (!papers || !passes(row)) continue;
      const kind = kindOf(row);
      if (!inDenominator.has(kind.family)) continue;
      if (state.period !== "year" && valueAt(isYearOnly, row)) {
        leftOut += papers;
        continue;
      }
      const start = starts[month.codes[row]];
      add(within(families, kind.family), start, papers);
      add(within(series, kind.series), start, papers);
      add(n, start, papers);
    }
    return { periods: [...n.keys()].sort(), families, series, n, leftOut };
  }

  const valueAt = ({ values, codes }, row) => values[codes[row]];

  /** What a row of the cube counts as: its family and series, or keras where that is set apart. */
  function kinds({ dimensions: { label, family, series } }, state) {
    const isApart = (row) => state.keras === "out" && valueAt(label, row) === "keras";
    return (row) =>
      isApart(row)
        ? { family: "keras", series: "keras" }
        : { family: valueAt(family, row), series: valueAt(series, row) };
  }

  function within(maps, key) {
    if (!maps.has(key)) maps.set(key, new Map());
    return maps.get(key);
  }

  const add = (map, key, papers) => map.set(key, (map.get(key) || 0) + papers);

  function shareRow(period, column, key, papers, n) {
    const [low, high] = wilson(papers, n);
    const share = { papers, n, share: papers / n, share_low: low, share_high: high };
    return { period, [column]: key, ...share };
  }

  /** Rows like those of share_by_year, for one family: one for each period that has papers. */
  function familyRows({ periods, families, n }, family) {
    const papers = families.get(family) || new Map();
    return periods.map((period) =>
      shareRow(period, "family", family, papers.get(period) || 0, n.get(period)),
    );
  }

  /** Rows like those of frameworks_by_year: one for each period and series that has papers. */
  function seriesRows({ periods, series, n }) {
    const keys = [...series.keys()].sort();
    return periods.flatMap((period) =>
      keys
        .filter((key) => series.get(key).has(period))
        .map((key) => shareRow(period, "series", key, series.get(key).get(period), n.get(period))),
    );
  }

  /** The series whose share is below `rare` in each period with `least` papers. */
  function rareSeries(rows, least, rare) {
    const common = rows.filter((row) => row.n >= least && row.share >= rare);
    const known = new Set(common.map((row) => row.series));
    return new Set(rows.map((row) => row.series).filter((series) => !known.has(series)));
  }

  /** SQL that gives the same numbers from the database. `column`: "family" or "series". */
  function sql(state, column) {
    const where = chosenFilters(state).map(([control, filter]) => filter.sql(state[control]));
    if (state.period !== "year") where.push("not is_year_only");
    const columns = [...new Set(["family", column])].map((name) =>
      state.keras === "out" ? `if(label = 'keras', label, ${name}) as ${name}` : name,
    );
    return `with chosen as (
    select
        date_trunc('${state.period}', month)::date as period,
        ${columns.join(",\n        ")},
        papers
    from share_cube
    where ${where.join(" and ")}
),

counted as (
    select
        period,
        ${column},
        sum(papers)::bigint as papers
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

  return {
    unpack,
    periodStart,
    laterStart,
    wilson,
    count,
    familyRows,
    seriesRows,
    rareSeries,
    sql,
  };
})();
