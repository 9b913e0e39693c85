// Sentences about what the charts show.
"use strict";

globalThis.Words = (() => {
  const PAPERS = {
    pytorch_tensorflow: "papers with PyTorch or TensorFlow code",
    any_framework: "papers with code in any framework",
    with_code: "papers with readable code",
  };
  const DATES = {
    paper: "",
    created: " Papers are dated by the creation of their repository.",
    commit: " Papers are dated by the last commit of their repository.",
  };
  const MANY = 6;

  const nameOf = (series) => CUBE.names[series] || series;
  const percent = (share) => `${Math.round(100 * share)}%`;
  const smallPercent = (share) => (share < 0.01 ? `${(100 * share).toFixed(1)}%` : percent(share));
  const papers = (count) => `${count.toLocaleString("en")} ${count === 1 ? "paper" : "papers"}`;

  /** 2019, 2019 Q2 or 2019-05. */
  function periodName(start, period) {
    const [year, month] = start.split("-");
    if (period === "year") return year;
    return period === "quarter" ? `${year} Q${(Number(month) + 2) / 3}` : `${year}-${month}`;
  }

  /** Why the share of a framework would be an empty 0%: its papers are not counted. "" if they are. */
  function whyNone({ framework, keras, denominator }) {
    if (framework === "keras" && keras !== "out") {
      return "Keras counts as TensorFlow here: choose Keras “counted separately”";
    }
    if (CUBE.denominators[denominator].includes(framework)) return "";
    return `${nameOf(framework)} is neither PyTorch nor TensorFlow: choose “any framework”`;
  }

  /** What the filters are, as a sentence after others. `filters`: the words of each. */
  function afterwards({ axis, keras }, filters) {
    const only = filters.length ? ` Filters: ${filters.join(", ")}.` : "";
    const apart = keras === "out" ? " Keras is counted separately from TensorFlow." : "";
    return `${DATES[axis]}${only}${apart}`;
  }

  /** The chart of one framework's share. `rows`: Shares.familyRows. */
  function share(state, rows, leftOut, filters) {
    const why = whyNone(state);
    if (why) return `${why}.`;
    const when = (row) => periodName(row.period, state.period);
    const seen = papers(rows.reduce((sum, row) => sum + row.n, 0));
    const undated = leftOut
      ? ` ${papers(leftOut)} dated by year alone ${leftOut === 1 ? "is" : "are"} left out.`
      : "";
    const end = undated + afterwards(state, filters);
    const enough = rows.filter((row) => row.n >= CUBE.leastPapers);
    if (!enough.length) {
      return `Too few papers: the filters leave ${seen}, and no ${state.period} has at least ${CUBE.leastPapers}.${end}`;
    }
    const last = enough.at(-1);
    return (
      `In ${when(last)}, ${percent(last.share)} of ${last.n.toLocaleString("en")} ` +
      `${PAPERS[state.denominator]} use ${nameOf(state.framework)} ` +
      `(95% interval ${percent(last.share_low)} to ${percent(last.share_high)}).` +
      `${highest(enough, when)} The chart counts ${seen} of ${spanOf(rows, when)}.${tooFew(rows, state.period, when)}${end}`
    );
  }

  function spanOf(rows, when) {
    const [first, last] = [when(rows[0]), when(rows.at(-1))];
    return first === last ? first : `${first} to ${last}`;
  }

  function highest(rows, when) {
    const most = rows.reduce((best, row) => (row.share > best.share ? row : best));
    if (!most.share || percent(most.share) === percent(rows.at(-1).share)) return "";
    return ` The share was highest in ${when(most)}: ${percent(most.share)}.`;
  }

  function tooFew(rows, period, when) {
    const few = rows.filter((row) => row.n < CUBE.leastPapers);
    if (!few.length) return "";
    const which = few.length > MANY ? `${few.length} ${period}s` : few.map(when).join(", ");
    return ` Too few papers for a share: ${which}.`;
  }

  /** A chart of all frameworks. `rows`: Shares.seriesRows; `column`: "share" or "papers". */
  function stack(state, rows, column, filters) {
    const enough = rows.filter((row) => row.n >= CUBE.leastPapers);
    if (!enough.length) return `${tooFewToDraw(true)}.`;
    const last = enough.at(-1);
    const parts = enough
      .filter((row) => row.period === last.period)
      .sort((a, b) => b.papers - a.papers)
      .map(
        (row) =>
          `${CUBE.seriesNames[row.series]} ${column === "share" ? smallPercent(row.share) : row.papers}`,
      );
    const counted = `${last.n.toLocaleString("en")} ${PAPERS[state.denominator]}`;
    const when = periodName(last.period, state.period);
    return `In ${when}, ${counted}: ${parts.join(", ")}.${afterwards(state, filters)}`;
  }

  const tooFewToDraw = (hasPapers) =>
    hasPapers ? "Too few papers for a share" : "No paper passes these filters";

  return { nameOf, percent, whyNone, share, stack, tooFewToDraw };
})();
