// How much the spelling of two words differs.
"use strict";

globalThis.Spelling = (() => {
  /** How many letters to add, drop, change, or swap with their neighbours, to get the other word. */
  function edits(word, other) {
    const rows = [Array.from({ length: other.length + 1 }, (_, at) => at)];
    for (let at = 1; at <= word.length; at++) rows.push(rowOf(at, word, other, rows));
    return rows.at(-1).at(-1);
  }

  /** The edits from the first `at` letters of a word to each beginning of the other one. */
  function rowOf(at, word, other, rows) {
    const [last, before] = [rows[at - 1], rows[at - 2]];
    const row = [at];
    for (let to = 1; to <= other.length; to++) {
      const change = last[to - 1] + (word[at - 1] === other[to - 1] ? 0 : 1);
      const isSwap = word[at - 1] === other[to - 2] && word[at - 2] === other[to - 1];
      const swap = isSwap ? before[to - 2] + 1 : change;
      row.push(Math.min(last[to] + 1, row[to - 1] + 1, change, swap));
    }
    return row;
  }

  return { edits };
})();
