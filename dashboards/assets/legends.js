// Legends of the stacked charts: a button for each framework, and one for the rare ones together.
// What a reader chooses in one counts in all, and stands in the address.
"use strict";

globalThis.Legends = (() => {
  let hidden = new Set();
  let isOpen = false;

  /** What the reader chose, with the rare series of the rows: see Charts.drawStack. */
  function choiceOf(rows) {
    return { hidden, isOpen, rare: Shares.rareSeries(rows, CUBE.leastPapers, CUBE.rare) };
  }

  /** Take the choices from the parts of an address. Unknown series are left out. */
  function read(address) {
    const series = (address.get("hide") || "").split(",");
    hidden = new Set(series.filter((key) => key in CUBE.names));
    isOpen = address.get("rare") === "all";
  }

  /** The choices as parts of an address. Without choices there are none. */
  const parts = () => [
    ...(hidden.size ? [["hide", [...hidden].sort().join(",")]] : []),
    ...(isOpen ? [["rare", "all"]] : []),
  ];

  /** Write the legend. `onChange` is called when the reader has changed a choice. */
  function write(anchor, rows, onChange) {
    const { rare } = choiceOf(rows);
    const present = new Set(rows.map((row) => row.series));
    const named = Object.keys(CUBE.names).filter((series) => present.has(series));
    const buttons = named
      .filter((series) => isOpen || !rare.has(series))
      .map((series) =>
        button(CUBE.seriesNames[series], CUBE.colours[series], !hidden.has(series), () => {
          if (!hidden.delete(series)) hidden.add(series);
          onChange();
        }),
      );
    if (rare.size) {
      const names = named
        .filter((series) => rare.has(series))
        .map((series) => CUBE.seriesNames[series]);
      const words = isOpen ? "Group rare frameworks" : `Other: ${names.join(", ")}`;
      const other = button(words, CUBE.otherColour, isOpen, () => {
        isOpen = !isOpen;
        onChange();
      });
      other.className = "other";
      buttons.push(other);
    }
    replace(document.getElementById(`legend-${anchor}`), buttons);
  }

  function button(words, colour, isPressed, act) {
    const made = document.createElement("button");
    made.type = "button";
    made.setAttribute("aria-pressed", String(isPressed));
    const swatch = document.createElement("i");
    swatch.style.background = colour;
    made.append(swatch, words);
    made.addEventListener("click", act);
    return made;
  }

  /** Put new buttons in the place of the old ones, and the focus where it was. */
  function replace(legend, buttons) {
    const focused = [...legend.children].indexOf(document.activeElement);
    legend.replaceChildren(...buttons);
    if (focused >= 0) buttons.at(Math.min(focused, buttons.length - 1)).focus();
  }

  return { choiceOf, read, parts, write };
})();
