// What a page does by itself: controls, address, buttons. It needs no network.
"use strict";

(() => {
  const byId = (id) => document.getElementById(id);
  const form = byId("controls"); // on the overview alone
  const selects = form ? [...form.querySelectorAll("select")] : [];
  const defaults = Object.fromEntries(selects.map(({ name, options }) => [name, options[0].value]));
  let cube = null;
  let anchors = [];

  // ---- the state: in the controls, in the address, and from there in every chart

  const stateOfControls = () => Object.fromEntries(selects.map(({ name, value }) => [name, value]));

  /** The state of the address; what cannot be chosen is left at its default. */
  function stateOfAddress() {
    const wanted = new URLSearchParams(location.hash.slice(1));
    const chosen = selects.filter(({ name, options }) =>
      [...options].some(({ value, disabled }) => value === wanted.get(name) && !disabled),
    );
    return {
      ...defaults,
      ...Object.fromEntries(chosen.map(({ name }) => [name, wanted.get(name)])),
    };
  }

  /** A state that counts the chosen framework, if the reader has just chosen it. */
  function counting(state, changed) {
    if (changed !== "framework" || !Words.whyNone(state)) return state;
    const apart = state.framework === "keras" ? { keras: "out" } : {};
    return { ...state, ...apart, denominator: "any_framework" };
  }

  function addressOf(state) {
    const changed = Object.entries(state).filter(([name, value]) => value !== defaults[name]);
    const parts = [...changed, ...Legends.parts()];
    return parts.length ? `#${new URLSearchParams(parts)}` : "";
  }

  /** Show a state that the reader chose. "Back" and "forward" undo and redo it. */
  function go(state) {
    push(state);
    show(state);
  }

  const push = (state) => history.pushState(null, "", addressOf(state) || "#");

  /** Show the state of the address, and open what its controls are behind. */
  function showAddress() {
    Legends.read(new URLSearchParams(location.hash.slice(1)));
    const state = stateOfAddress();
    const hidden = selects.filter(({ name }) => byId("more").contains(byId(`control-${name}`)));
    if (hidden.some(({ name }) => state[name] !== defaults[name])) byId("more").open = true;
    show(state);
  }

  /** The words of the chosen filters. A filter is a control whose default is "". */
  const filtersInWords = () =>
    selects
      .filter(({ name, value }) => defaults[name] === "" && value !== "")
      .map(({ selectedOptions }) => selectedOptions[0].dataset.words);

  function show(state) {
    for (const select of selects) select.value = state[select.name];
    showShare(state);
    // the first chart at once; those below it after the browser has painted
    requestAnimationFrame(() => setTimeout(() => showStacks(state)));
  }

  function showShare(state) {
    const counted = Shares.count(cube, state);
    const why = Words.whyNone(state);
    const rows = why ? [] : Shares.familyRows(counted, state.framework);
    Charts.drawShare("share", state, rows, why);
    const title = `${Words.nameOf(state.framework)}'s share over time`;
    byId("title-share").textContent = title;
    byId("chart-share").setAttribute(
      "aria-label",
      `Chart: ${title}. Arrows move between points. The table below has the numbers.`,
    );
    byId("sql-share").textContent = Shares.sql(state, "family");
    byId("summary-share").textContent = Words.share(state, rows, counted.leftOut, filtersInWords());
    Tables.fill("share", rows);
    hideEvents(Charts.spanOf(rows, cube.periods[state.period].months));
  }

  /** List only the events within the chart's years. */
  function hideEvents(span) {
    const events = [...document.querySelectorAll("#events li")];
    let number = 0;
    for (const item of events) {
      const { day } = item.dataset;
      item.hidden = !span || day < span[0] || day > span[1];
      if (!item.hidden) number += 1;
      item.value = number;
    }
    if (events.length) byId("events").parentElement.hidden = events.every(({ hidden }) => hidden);
  }

  function showStacks(state) {
    // two frameworks alone would leave nothing to stack
    const isAll = state.denominator === "with_code";
    const all = { ...state, denominator: isAll ? "with_code" : "any_framework" };
    const rows = Shares.seriesRows(Shares.count(cube, all));
    const columns = { frameworks: "share", papers: "papers" };
    for (const [anchor, column] of Object.entries(columns)) {
      Charts.drawStack(anchor, all, rows, column, Legends.choiceOf(rows));
      Legends.write(anchor, rows, () => {
        push(state);
        showStacks(state);
      });
      byId(`summary-${anchor}`).textContent = Words.stack(all, rows, column, filtersInWords());
      byId(`sql-${anchor}`).textContent = Shares.sql(all, "series");
      Tables.fill(anchor, rows);
    }
    byId("reset").disabled = addressOf(state) === "";
    document.body.dataset.drawn = addressOf(state) || "default";
  }

  function startControls() {
    cube = Shares.unpack(CUBE);
    form.addEventListener("change", ({ target }) => go(counting(stateOfControls(), target.name)));
    form.addEventListener("submit", (event) => event.preventDefault());
    byId("reset").addEventListener("click", () => {
      Legends.read(new URLSearchParams());
      go(defaults);
      selects[0].focus();
    });
    byId("copy-link").addEventListener("click", ({ target }) => copy(location.href, target));
    addEventListener("popstate", showAddress);
  }

  // ---- drawing: at the start, and when the screen changes

  const isLive = (anchor) => byId(`sql-${anchor}`)?.dataset.live === "yes";

  function drawAll() {
    for (const anchor of anchors) if (!isLive(anchor)) Charts.drawAsIs(anchor);
    if (form) showAddress();
    else document.body.dataset.drawn = "default";
  }

  function redraw() {
    Charts.clear();
    drawAll();
  }

  function followScreen() {
    matchMedia("(prefers-color-scheme: dark)").addEventListener("change", redraw);
    addEventListener("beforeprint", Charts.fitToPaper);
    addEventListener("afterprint", redraw);
    let last = Charts.breadth();
    addEventListener("resize", () => {
      if (last !== Charts.breadth()) redraw();
      last = Charts.breadth();
    });
  }

  // ---- the box that leads to the search

  function startBox(box) {
    box.addEventListener("submit", (event) => {
      event.preventDefault();
      const asked = box.querySelector("input").value.trim();
      if (asked) location.href = `${box.dataset.leadsTo}#q=${encodeURIComponent(asked)}`;
    });
  }

  // ---- buttons

  function save(name, address) {
    const link = Object.assign(document.createElement("a"), { href: address, download: name });
    link.click();
    setTimeout(() => URL.revokeObjectURL(address), 1000);
  }

  function saveCsv(anchor) {
    const file = new Blob([Tables.csv(anchor)], { type: "text/csv" });
    save(`${anchor}.csv`, URL.createObjectURL(file));
  }

  const titleOf = (anchor) => byId(`title-${anchor}`).textContent;

  async function saveImage(anchor, format) {
    const chart = byId(`chart-${anchor}`);
    const caption = chart.closest("figure")?.querySelector("figcaption");
    const section = chart.closest("section");
    const words = {
      title: caption ? `${titleOf(section.id)}: ${caption.textContent}` : titleOf(section.id),
      summary: caption ? "" : section.querySelector(".summary")?.textContent || "",
      source: Sharing.sourceLine(),
    };
    save(`${anchor}.${format}`, await Charts.image(chart, words, format));
  }

  function cite(anchor) {
    const { text, bibtex } = Sharing.citationsOf(anchor, titleOf(anchor));
    byId("cite-text").textContent = text;
    byId("cite-bibtex").textContent = bibtex;
    byId("cite").showModal();
  }

  /** Do what the address asks for: show a chart alone, or scroll to it. */
  function obeyAddress() {
    const { chart, embed } = Sharing.asked();
    const section = byId(embed || chart || "");
    if (section?.localName !== "section") return;
    if (embed) Sharing.showAlone(section);
    else section.scrollIntoView();
  }

  async function copy(text, button) {
    const words = button.textContent;
    try {
      await navigator.clipboard.writeText(text);
    } catch {
      copyByHand(text); // pages from disk may not use the clipboard
    }
    const isLocal = text.includes("file:///");
    button.textContent = isLocal ? "Copied: for this computer only" : "Copied";
    setTimeout(() => {
      button.textContent = words;
    }, 1500);
  }

  function copyByHand(text) {
    const area = Object.assign(document.createElement("textarea"), { value: text });
    document.body.append(area);
    area.select();
    document.execCommand("copy");
    area.remove();
  }

  function onEach(selector, event, act) {
    for (const element of document.querySelectorAll(selector)) {
      element.addEventListener(event, () => act(element));
    }
  }

  function startButtons() {
    onEach("button[data-image]", "click", ({ dataset }) =>
      saveImage(dataset.anchor, dataset.image),
    );
    onEach("button[data-link]", "click", (button) => {
      copy(Sharing.addressOf(button.dataset.link), button);
    });
    onEach("button[data-frame]", "click", (button) => {
      const anchor = button.dataset.frame;
      copy(Sharing.frameOf(anchor, titleOf(anchor)), button);
    });
    onEach("button[data-cite]", "click", ({ dataset }) => cite(dataset.cite));
    onEach("#cite-close", "click", () => byId("cite").close());
    onEach("button[data-csv]", "click", ({ dataset }) => saveCsv(dataset.csv));
    onEach("button[data-copy]", "click", (button) => {
      copy(byId(button.dataset.copy).textContent, button);
    });
    onEach("details.table", "toggle", ({ open, dataset }) => {
      if (open) Tables.write(dataset.anchor);
    });
  }

  anchors = Charts.load();
  if (form) startControls();
  drawAll();
  followScreen();
  startButtons();
  Keyboard.start();
  for (const box of document.querySelectorAll("[data-leads-to]")) startBox(box);
  obeyAddress();
})();
