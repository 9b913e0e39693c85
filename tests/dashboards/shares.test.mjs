// Shares.js by itself, without a page: answers worked out by hand from a cube of a few rows.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { runInThisContext } from "node:vm";

const script = new URL("../../dashboards/assets/shares.js", import.meta.url);
runInThisContext(readFileSync(script, "utf-8"), { filename: script.pathname });
const { Shares } = globalThis;

const STATE = {
  code: "now",
  axis: "paper",
  period: "year",
  denominator: "pytorch_tensorflow",
  keras: "in",
  official: "",
  area: "",
  venue: "",
  stars: "",
  language: "",
};

const PAPER = {
  choice: "now",
  time_axis: "paper",
  month: "2019-05",
  is_year_only: false,
  label: "pytorch",
  family: "pytorch",
  series: "pytorch",
  is_official: false,
  venue: null,
  area: null,
  stars_from: null,
  language: "python",
};

const TENSORFLOW = { label: "tensorflow", family: "tensorflow", series: "tensorflow 1.x" };
const KERAS = { label: "keras", family: "tensorflow", series: "tensorflow" };
const JAX = { label: "jax", family: "jax", series: "jax" };
const NONE = { label: "none", family: "none", series: "none" };

/** A cube of rows that differ from PAPER: [what differs, papers]. */
function cubeOf(...rows) {
  const facts = rows
    .map(([differs, papers]) => ({ ...PAPER, ...differs, papers }))
    .sort((one, other) => (one.time_axis < other.time_axis ? -1 : 1));
  const valuesOf = (name) => [...new Set(facts.map((fact) => fact[name]))];
  const codesOf = (name) => facts.map((fact) => valuesOf(name).indexOf(fact[name]));
  const columnOf = (name) => [name, { values: valuesOf(name), codes: codesOf(name) }];
  const papersOf = (choice) => facts.map((fact) => (fact.choice === choice ? fact.papers : 0));
  const axes = facts.map((fact) => fact.time_axis);
  const rowsOf = (axis) => [axes.indexOf(axis), axes.lastIndexOf(axis) + 1];
  return {
    dimensions: Object.fromEntries(Object.keys(PAPER).map(columnOf)),
    papers: Object.fromEntries(valuesOf("choice").map((choice) => [choice, papersOf(choice)])),
    axes: Object.fromEntries(valuesOf("time_axis").map((axis) => [axis, rowsOf(axis)])),
    denominators: {
      pytorch_tensorflow: ["pytorch", "tensorflow"],
      any_framework: ["jax", "keras", "pytorch", "tensorflow"],
      with_code: ["jax", "keras", "none", "pytorch", "tensorflow"],
    },
  };
}

/** Papers and n by period of one family, for a state that differs from STATE. */
function countsOf(cube, differs, family = "pytorch") {
  const rows = Shares.familyRows(Shares.count(cube, { ...STATE, ...differs }), family);
  return rows.map(({ period, papers, n }) => [period, papers, n]);
}

const near = (actual, expected) => assert.ok(Math.abs(actual - expected) < 5e-5, `${actual}`);

test("the interval of 15 of 50 is that of the textbook", () => {
  const [low, high] = Shares.wilson(15, 50); // Newcombe (1998)
  near(low, 0.191);
  near(high, 0.4375);
});

test("the interval of none and of all stays between 0 and 1", () => {
  // z² / (n + z²) with z² = 3.8415 and n = 10
  const [low, high] = Shares.wilson(0, 10);
  near(low, 0);
  near(high, 0.2775);
  const [from, to] = Shares.wilson(10, 10);
  near(from, 0.7225);
  near(to, 1);
});

for (const [month, period, start] of [
  ["2019-01", "year", "2019-01-01"],
  ["2019-12", "year", "2019-01-01"],
  ["2019-03", "quarter", "2019-01-01"],
  ["2019-04", "quarter", "2019-04-01"],
  ["2019-12", "quarter", "2019-10-01"],
  ["2019-11", "month", "2019-11-01"],
]) {
  test(`${month} is in the ${period} that begins on ${start}`, () => {
    assert.equal(Shares.periodStart(month, period), start);
  });
}

test("the period after the last of a year is in the next year", () => {
  assert.equal(Shares.laterStart("2019-12-01", 1), "2020-01-01");
  assert.equal(Shares.laterStart("2019-10-01", 3), "2020-01-01");
  assert.equal(Shares.laterStart("2019-01-01", 12), "2020-01-01");
});

test("a packed cube has its numbers back, in one, two or four bytes", () => {
  const packed = (bytesEach, bytes) => ({ bytesEach, base64: btoa(String.fromCharCode(...bytes)) });
  const cube = Shares.unpack({
    columns: [
      { dimensions: { label: ["jax", null], family: ["jax", null] }, codes: packed(1, [1, 0]) },
    ],
    papers: { now: packed(2, [1, 0, 44, 1]) },
    leastPapers: 5,
  });
  assert.deepEqual([...cube.dimensions.label.codes], [1, 0]);
  assert.deepEqual(cube.dimensions.family.values, ["jax", null]);
  assert.deepEqual([...cube.papers.now], [1, 300]);
  assert.equal(cube.leastPapers, 5);
  const four = Shares.unpack({ columns: [], papers: { anybody: packed(4, [0, 0, 1, 0]) } });
  assert.deepEqual([...four.papers.anybody], [65536]);
});

test("without papers of the wanted code, nothing is counted", () => {
  assert.deepEqual(countsOf(cubeOf([{}, 1]), { code: "then" }), []);
  assert.deepEqual(countsOf(cubeOf([{}, 1]), { axis: "created" }), []);
});

test("each denominator counts its families", () => {
  const cube = cubeOf([{}, 3], [TENSORFLOW, 1], [JAX, 2], [NONE, 4]);
  assert.deepEqual(countsOf(cube, {}), [["2019-01-01", 3, 4]]);
  assert.deepEqual(countsOf(cube, { denominator: "any_framework" }), [["2019-01-01", 3, 6]]);
  assert.deepEqual(countsOf(cube, { denominator: "with_code" }), [["2019-01-01", 3, 10]]);
});

test("a family without papers has a share of zero with its n", () => {
  assert.deepEqual(countsOf(cubeOf([TENSORFLOW, 2]), {}), [["2019-01-01", 0, 2]]);
});

test("periods are in order, and one without papers has no row", () => {
  const cube = cubeOf([{ month: "2021-02" }, 1], [{ month: "2019-05" }, 2]);
  assert.deepEqual(countsOf(cube, { period: "quarter" }), [
    ["2019-04-01", 2, 2],
    ["2021-01-01", 1, 1],
  ]);
});

test("papers dated by year alone count in years, and are left out of quarters and months", () => {
  const cube = cubeOf([{ month: "2019-01", is_year_only: true }, 2], [{ month: "2019-01" }, 1]);
  assert.deepEqual(countsOf(cube, {}), [["2019-01-01", 3, 3]]);
  for (const period of ["quarter", "month"]) {
    assert.deepEqual(countsOf(cube, { period }), [["2019-01-01", 1, 1]]);
    assert.equal(Shares.count(cube, { ...STATE, period }).leftOut, 2);
  }
});

test("papers outside the denominator are not said to be left out", () => {
  const cube = cubeOf([{ ...JAX, is_year_only: true }, 2], [{}, 1]);
  assert.equal(Shares.count(cube, { ...STATE, period: "month" }).leftOut, 0);
});

test("Keras counts as TensorFlow, or is counted separately", () => {
  const cube = cubeOf([KERAS, 2], [TENSORFLOW, 3], [{}, 5]);
  const all = { denominator: "any_framework" };
  assert.deepEqual(countsOf(cube, all, "tensorflow"), [["2019-01-01", 5, 10]]);
  assert.deepEqual(countsOf(cube, { ...all, keras: "out" }, "tensorflow"), [["2019-01-01", 3, 10]]);
  assert.deepEqual(countsOf(cube, { ...all, keras: "out" }, "keras"), [["2019-01-01", 2, 10]]);
  assert.deepEqual(countsOf(cube, { keras: "out" }, "tensorflow"), [["2019-01-01", 3, 8]]);
});

test("series are families with TensorFlow split, and Keras where it is counted separately", () => {
  const cube = cubeOf([KERAS, 2], [TENSORFLOW, 3], [{}, 5]);
  const seriesOf = (keras) =>
    Shares.seriesRows(Shares.count(cube, { ...STATE, denominator: "any_framework", keras })).map(
      ({ series, papers, n, share }) => [series, papers, n, share],
    );
  assert.deepEqual(seriesOf("in"), [
    ["pytorch", 5, 10, 0.5],
    ["tensorflow", 2, 10, 0.2],
    ["tensorflow 1.x", 3, 10, 0.3],
  ]);
  assert.deepEqual(seriesOf("out"), [
    ["keras", 2, 10, 0.2],
    ["pytorch", 5, 10, 0.5],
    ["tensorflow 1.x", 3, 10, 0.3],
  ]);
});

const FILTERS = [
  ["code", "then", { choice: "then" }, "choice = 'then'"],
  ["axis", "commit", { time_axis: "commit" }, "time_axis = 'commit'"],
  ["official", "only", { is_official: true }, "is_official"],
  ["area", "nlp", { area: "nlp" }, "area = 'nlp'"],
  ["venue", "ICLR", { venue: "ICLR" }, "venue = 'ICLR'"],
  ["language", "r", { language: "r" }, "language = 'r'"],
  ["stars", "10", { stars_from: 10 }, "stars_from >= 10"],
];

for (const [control, value, passing, condition] of FILTERS) {
  test(`the control ${control} counts only what passes it, in numbers and in SQL`, () => {
    assert.deepEqual(countsOf(cubeOf([passing, 1], [{}, 2]), { [control]: value }), [
      ["2019-01-01", 1, 1],
    ]);
    const [, where] = Shares.sql({ ...STATE, [control]: value }, "family").match(/where (.*)/);
    assert.ok(where.split(" and ").includes(condition), where);
  });
}

test("a filter by stars keeps repositories with more, and leaves out those without a count", () => {
  const cube = cubeOf([{ stars_from: 100 }, 1], [{ stars_from: 1 }, 2], [{ stars_from: null }, 4]);
  assert.deepEqual(countsOf(cube, { stars: "10" }), [["2019-01-01", 1, 1]]);
  assert.deepEqual(countsOf(cube, {}), [["2019-01-01", 7, 7]]);
});

test("filters apply together", () => {
  const both = { venue: "ICLR", is_official: true };
  const cube = cubeOf([both, 1], [{ venue: "ICLR" }, 2], [{ is_official: true }, 4]);
  assert.deepEqual(countsOf(cube, { venue: "ICLR", official: "only" }), [["2019-01-01", 1, 1]]);
});

test("an untouched page asks for nothing but the time axis", () => {
  assert.match(Shares.sql(STATE, "family"), /where choice = 'now' and time_axis = 'paper'\n/);
});

test("SQL by month leaves out papers dated by year alone", () => {
  const sql = Shares.sql({ ...STATE, period: "month" }, "family");
  assert.match(sql, /date_trunc\('month', month\)/);
  assert.match(sql, /and not is_year_only\n/);
});

test("a quote in a venue cannot end the text of the SQL", () => {
  const sql = Shares.sql({ ...STATE, venue: "O'Hare' or true --" }, "family");
  assert.match(sql, /venue = 'O''Hare'' or true --'/);
});

test("a series is rare if its share is low in each period with enough papers", () => {
  const row = (series, share, n) => ({ series, share, n });
  const rows = [
    row("always", 0.01, 100),
    row("once", 0.01, 100),
    row("once", 0.02, 100),
    row("few", 0.5, 4),
  ];
  assert.deepEqual([...Shares.rareSeries(rows, 5, 0.02)], ["always", "few"]);
});
