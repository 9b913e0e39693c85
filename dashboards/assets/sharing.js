// Takes a chart elsewhere: its address, a frame for other pages, a citation, words for its picture.
"use strict";

globalThis.Sharing = (() => {
  const NAME = "Did research move to PyTorch?";
  const { site, version, day } = document.body.dataset;

  /** The address of a chart in its present view; on the public site, if its address is known. */
  function addressOf(anchor, key = "chart") {
    const state = new URLSearchParams(location.hash.slice(1));
    state.delete("embed");
    state.delete("chart");
    state.set(key, anchor);
    const file = location.pathname.split("/").at(-1) || "index.html";
    const page = site ? site + file : location.href.split("#")[0];
    return `${page}#${state}`;
  }

  /** HTML that shows one chart with its source within another page, as high as it is here. */
  function frameOf(anchor, title) {
    const quoted = (text) => text.replaceAll("&", "&amp;").replaceAll('"', "&quot;");
    return (
      `<iframe src="${quoted(addressOf(anchor, "embed"))}" title="${quoted(title)}" ` +
      `width="100%" height="${heightOf(anchor)}" loading="lazy" style="border:0"></iframe>`
    );
  }

  /** The pixels of what a frame shows of a section, with its source line and edges. */
  function heightOf(anchor) {
    const shown = document.querySelectorAll(`#${anchor} > :not(.tools, details, .words)`);
    return [...shown].reduce((sum, part) => sum + part.offsetHeight + 12, 100);
  }

  const snapshot = () =>
    version ? `adoption ${version}, snapshot of ${day}` : "adoption, not published";

  /** A citation as text and as BibTeX. */
  function citationsOf(anchor, title) {
    const address = addressOf(anchor);
    const year = day ? day.slice(0, 4) : "n.d.";
    return {
      text: `“${title}”. ${NAME} (${snapshot()}). ${address}`,
      bibtex: [
        `@misc{adoption-${anchor}-${year},`,
        `  title = {{${title}}},`,
        `  howpublished = {${NAME}},`,
        `  year = {${year}},`,
        `  note = {${snapshot()}},`,
        `  url = {${address.replaceAll("%", "\\%")}}`,
        "}",
      ].join("\n"),
    };
  }

  /** The last line of a picture. */
  const sourceLine = () => `Source: ${NAME} (${snapshot()})${site ? ` ${site}` : ""}`;

  /** What the address asks for: {chart} to scroll to, {embed} to show alone. */
  function asked() {
    const state = new URLSearchParams(location.hash.slice(1));
    return { chart: state.get("chart"), embed: state.get("embed") };
  }

  /** Show one section alone, with a line that names the source. */
  function showAlone(section) {
    document.body.classList.add("alone");
    section.classList.add("chosen");
    section.querySelector("h2").ariaLevel = "1"; // the page's own title is hidden
    const line = Object.assign(document.createElement("p"), { className: "source" });
    const link = Object.assign(document.createElement("a"), {
      href: addressOf(section.id),
      target: "_blank",
      textContent: NAME,
    });
    line.append("Source: ", link, ` (${snapshot()})`);
    section.append(line);
  }

  return { addressOf, frameOf, citationsOf, sourceLine, asked, showAlone };
})();
