// Tables below the charts that change, and the same rows as CSV.
"use strict";

globalThis.Tables = (() => {
  const rowsOf = {}; // by anchor; a table is written when it is opened

  function fill(anchor, rows) {
    rowsOf[anchor] = rows;
    if (details(anchor).open) write(anchor);
  }

  const details = (anchor) => document.getElementById(`table-${anchor}`);

  /** Write the table of a chart that changes; others come with the page. */
  function write(anchor) {
    if (!(anchor in rowsOf)) return;
    const table = document.createElement("table");
    table.className = "data";
    const head = table.createTHead().insertRow();
    for (const column of columnsOf(anchor)) {
      head.append(
        Object.assign(document.createElement("th"), {
          scope: "col",
          textContent: heading(column),
        }),
      );
    }
    const body = table.createTBody();
    for (const row of rowsOf[anchor]) {
      const line = body.insertRow();
      for (const [column, value] of Object.entries(row)) {
        const added = line.insertCell();
        added.textContent = cell(value, column);
        added.dataset.label = heading(column); // a narrow screen shows it in front of the cell
      }
    }
    details(anchor).querySelector(".scroll").replaceChildren(table);
  }

  const columnsOf = (anchor) => Object.keys(rowsOf[anchor][0] || {});

  /** The heading of a column that Python wrote into the table as it came. */
  const heading = (column) => CUBE.headings[column] || column.replaceAll("_", " ");

  function cell(value, column) {
    if (column === "series") return CUBE.seriesNames[value];
    if (column === "family") return Words.nameOf(value);
    const isFraction = typeof value === "number" && !Number.isInteger(value);
    return isFraction ? value.toFixed(3) : String(value);
  }

  function csv(anchor) {
    const lines = [columnsOf(anchor), ...rowsOf[anchor].map((row) => Object.values(row))];
    return `${lines.map((line) => line.map(field).join(",")).join("\n")}\n`;
  }

  function field(value) {
    const text = String(value);
    return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
  }

  return { fill, write, csv };
})();
