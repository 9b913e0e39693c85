// Legends of the stacked charts: a button for each framework, and one for the rare ones together.
"use strict";

globalThis.Legends = (() => {
  const choices = {}; // by anchor: {hidden, isOpen}

  /** What the reader chose in a legend, with the rare series of the rows: see Charts.drawStack. */
  function choiceOf(anchor, rows) {
    choices[anchor] ??= { hidden: new Set(), isOpen: false };
    const rare = Shares.rareSeries(rows, CUBE.leastPapers, CUBE.rare);
    return { ...choices[anchor], rare };
  }

  /** Write the legend. `onChange` is called when the reader has changed a choice. */
  function write(anchor, rows, onChange) {
    const { rare, hidden, isOpen } = choiceOf(anchor, rows);
    const present = new Set(rows.map((row) => row.series));
    const named = Object.keys(CUBE.names).filter((series) => present.has(series));
    const buttons = named
      .filter((series) => isOpen || !rare.has(series))
      .map((series) =>
        button(CUBE.names[series], CUBE.colours[series], !hidden.has(series), () => {
          if (!hidden.delete(series)) hidden.add(series);
          onChange();
        }),
      );
    if (rare.size) {
      const names = named.filter((series) => rare.has(series)).map((series) => CUBE.names[series]);
      const words = isOpen ? "Group rare frameworks" : `Other: ${names.join(", ")}`;
      const other = button(words, CUBE.otherColour, isOpen, () => {
        choices[anchor].isOpen = !isOpen;
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

  return { choiceOf, write };
})();
