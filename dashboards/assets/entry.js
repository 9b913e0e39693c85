// Shows an entry: a paper, its repositories, and the lines that prove the label of each.
// Everything from the database is text, never HTML.
"use strict";

globalThis.Entry = (() => {
  let directory = null;

  // ---- elements

  /** An element with properties, and with texts or elements in it. What is null is left out. */
  function element(tag, properties, ...content) {
    const made = Object.assign(document.createElement(tag), properties);
    made.append(...content.flat().filter((part) => part !== null && part !== ""));
    return made;
  }

  const link = (address, ...content) => element("a", { href: address }, ...content);
  const list = (items) => (items.length ? element("ul", {}, items) : null);
  const items = (rows, show) => rows.map((row) => element("li", {}, show(row)));

  /** The parts with a separator between them. */
  const joined = (parts) =>
    parts.filter(Boolean).flatMap((part, at) => (at ? [" · ", part] : [part]));

  // ---- words

  const nameOf = (label) => directory.frameworks[label] || label;
  const counted = (count, one, many) => `${count.toLocaleString("en")} ${count === 1 ? one : many}`;
  const percent = (share) => `${Math.round(100 * share)}%`;

  /** 2019-05-04, 2019-05 or 2019. */
  const dateOf = (day, precision) => day?.slice(0, { year: 4, month: 7 }[precision] || 10) || "";

  function labelOf({ label, family, variant }) {
    const own =
      variant && (family || label) === label ? nameOf(`${label} ${variant}`) : nameOf(label);
    return family && family !== label ? `${own} (counts as ${nameOf(family)})` : own;
  }

  function lagOf(days) {
    if (days === null) return "";
    if (days === 0) return "on the day of the paper";
    return `${counted(Math.abs(days), "day", "days")} ${days > 0 ? "after" : "before"} the paper`;
  }

  const addressOfPaper = (id) => `#paper=${encodeURIComponent(id)}`;
  const addressOfUnit = (unit) => `#repository=${encodeURIComponent(unit)}`;

  // ---- the paper

  function showPaper(paper) {
    return [
      element("h2", { tabIndex: -1, id: "entry-title" }, paper.title),
      element(
        "p",
        { className: "facts" },
        joined([
          dateOf(paper.day, paper.precision) || "no known date",
          paper.venue ? `${paper.venue}${paper.year ? ` ${paper.year}` : ""}` : "no known venue",
          paper.arxiv && link(`https://arxiv.org/abs/${paper.arxiv}`, `arXiv:${paper.arxiv}`),
          paper.doi && link(`https://doi.org/${encodeURI(paper.doi)}`, `doi:${paper.doi}`),
          paper.page ? link(encodeURI(paper.page), paper.id) : paper.arxiv ? "" : paper.id,
        ]),
      ),
      element("p", { className: "summary" }, verdictOf(paper)),
      list(items(paper.corrections, correctionOf)),
    ];
  }

  /** What the paper counts as at each moment, and why the default charts leave it out if they do. */
  function verdictOf({ counted: rows }) {
    if (!rows.length) return "No code of this paper could be judged, so no share counts it.";
    const parts = rows.map((row) => `${labelOf(row)} (${codeOf(row)}${votesOf(row)})`);
    const verdict = `This paper counts as ${parts.join("; now ")}.`;
    if (rows.some((row) => row.in_charts)) return verdict;
    return `${verdict} The default charts leave it out: ${rows[0].left_out}.`;
  }

  function codeOf({ moment, is_of_time }) {
    if (moment === "now") return "newest commit";
    return is_of_time
      ? "code from the time of the paper"
      : "the earliest code, which is not known to be from the time of the paper";
  }

  function votesOf({ alike, judged }) {
    if (judged === 1) return "";
    const all = `${judged.toLocaleString("en")} repositories that decide`;
    return alike === judged
      ? `, in all ${all}`
      : `, in ${alike.toLocaleString("en")} of the ${all}`;
  }

  const correctionOf = ({ kind, old, new: after, reason, author, day }) =>
    `Corrected by hand: ${kind} ${after || "removed"}${old ? ` (was ${old})` : ""}. ` +
    `${reason} (${author}, ${day})`;

  function showUnusable(links) {
    if (!links.length) return null;
    return element(
      "section",
      {},
      element("h3", {}, "Links that name no repository"),
      list(items(links, (row) => [element("code", {}, row.link), `: ${row.why}`])),
    );
  }

  // ---- a repository

  function showRepository(row) {
    const name = `${row.owner}/${row.name}`;
    return element(
      "section",
      { className: "repository" },
      element("h3", {}, link(`https://${row.host}/${name}`, name)),
      factsOf(row),
      list([...items(row.claims, claimOf), ...items(row.corrections, correctionOf)]),
      element(
        "div",
        { className: "moments" },
        showMoment(titleOfThen(row), row.at_paper, row.at_paper_proof, row.is_same),
        row.is_same ? null : showMoment("Newest commit", row.newest, row.newest_proof),
      ),
      row.at_paper_proof || row.newest_proof ? showCommand(row, name) : null,
    );
  }

  const titleOfThen = ({ at_paper: { is_of_time: isOfTime } }) =>
    isOfTime === false ? "The earliest code, long after the paper" : "At the time of the paper";

  /** What is known of a repository without its code, and whether it decides. */
  function factsOf(row) {
    const others = row.papers - 1;
    return element(
      "p",
      { className: "facts" },
      joined([
        row.decides.length
          ? element("strong", {}, `decides what the paper counts as${decidesWhen(row)}`)
          : "",
        row.is_official ? "official" : "",
        row.host === "github.com" ? "" : row.host,
        row.directory && `directory ${row.directory}`,
        row.ref && `at ${row.ref}`,
        row.stars === null ? "" : counted(row.stars, "star", "stars"),
        others &&
          link(
            addressOfUnit(row.unit),
            `also of ${counted(others, "other paper", "other papers")}`,
          ),
      ]),
    );
  }

  /** The command that prints all lines. */
  function showCommand({ host }, name) {
    const command = `adoption explain ${host === "github.com" ? "" : `${host}/`}${name}`;
    return element("p", { className: "words" }, "All lines: ", element("code", {}, command));
  }

  /** At which moment a repository decides, if at one alone. */
  const decidesWhen = ({ decides }) =>
    decides.length > 1 ? "" : decides[0] === "now" ? " now" : " at its time";

  /** The label of a source beside ours. */
  function claimOf({ source, label, agrees, verdict, reason }) {
    const said = `${directory.sources[source] || source} says ${label}`;
    if (agrees === null) return said;
    if (agrees) return `${said}: the same as our label.`;
    const judged = { ours: "ours", source: "theirs", both: "both", neither: "neither" }[verdict];
    const read = judged ? ` A person read the code. It supports ${judged}: ${reason}` : "";
    return `${said}: not our label.${read}`;
  }

  function showMoment(title, moment, proof, isSame) {
    const heading = isSame ? `${title}, and the newest commit` : title;
    const where = moment.base?.replace("/blob/", "/tree/");
    const commit = moment.commit && `commit ${moment.commit.slice(0, 10)}`;
    return element(
      "div",
      { className: "moment" },
      element(
        "h4",
        {},
        `${heading}: `,
        element("b", {}, proof ? labelOf(proof) : nameOf(moment.code)),
      ),
      element(
        "p",
        { className: "facts" },
        joined([
          where ? link(where, commit) : commit,
          moment.day,
          lagOf(moment.lag),
          ...moment.reasons,
        ]),
      ),
      proof ? showProof(moment, proof) : null,
    );
  }

  // ---- the lines

  function showProof(moment, proof) {
    const line = (proven) => lineOf(moment, proven);
    return [
      element("p", { className: "facts" }, joined(confidenceOf(proof))),
      ...proof.frameworks.map((row) => showFramework(row, line)),
      ...(proof.names?.length
        ? [
            element(
              "h5",
              {},
              `${nameOf(proof.family)} ${proof.variant}, by the names that the code uses`,
            ),
            list(items(proof.names, line)),
          ]
        : []),
      ...(proof.lowered.length
        ? [element("h5", {}, "Voted less"), list(lowered(proof, line))]
        : []),
    ];
  }

  function confidenceOf({ basis, confidence, share, style }) {
    if (basis === "corrected") return ["corrected by hand"];
    return [
      `confidence ${confidence}`,
      share === null ? "its code imports no framework" : `${percent(share)} of the weight`,
      style && `${style} style`,
      basis === "declared" ? "only a list of packages names it" : "",
    ];
  }

  function showFramework(row, line) {
    const files = counted(row.files, "file", "files");
    const rest = row.imports - row.lines.length;
    return element(
      "div",
      {},
      element(
        "h5",
        {},
        `${nameOf(row.framework)}: weight ${number(row.weight)}, ${counted(row.imports, "import", "imports")} in ${files}`,
      ),
      list([
        ...items(row.lines, line),
        ...(rest > 0
          ? [element("li", {}, `and ${counted(rest, "more import", "more imports")}`)]
          : []),
      ]),
    );
  }

  const number = (value) => Number(value.toPrecision(4)).toLocaleString("en");

  function lowered(proof, line) {
    const rest = proof.lowered_groups - proof.lowered.length;
    const rows = items(proof.lowered, (row) => [
      `${nameOf(row.framework)}, weight ${number(row.weight)} (${counted(row.imports, "import", "imports")}): ${row.why}. First: `,
      ...line(row.line),
    ]);
    return rest > 0
      ? [...rows, element("li", {}, `and ${counted(rest, "more group", "more groups")}`)]
      : rows;
  }

  /** A line as a link to the exact commit. Lines of notebooks are not lines of the file. */
  function lineOf({ base, anchor }, [path, line, module]) {
    const isNotebook = path.endsWith(".ipynb");
    const where = isNotebook ? `${path}, line ${line} of the code cells` : `${path}:${line}`;
    if (!base) return [`${where} `, element("code", {}, module)];
    const file = base + path.split("/").map(encodeURIComponent).join("/");
    const address = isNotebook ? file : `${file}${anchor}${line}`;
    return [link(address, where), " ", element("code", {}, module)];
  }

  // ---- the whole

  /** An element with a part of an entry: {paper, repositories, total}. */
  function show(part, its_directory) {
    directory = its_directory;
    return element(
      "article",
      { className: "entry" },
      showPaper(part.paper),
      part.repositories.map(showRepository),
      showUnusable(part.paper.unusable),
    );
  }

  /** The repositories of a further part. */
  const showMore = (part) => part.repositories.map(showRepository);

  /** A paper in a list of results. `record`: as sql/site/record.sql gives it. */
  function showResult([id, title, day, precision, venue, label, newest], its_directory) {
    directory = its_directory;
    const verdict = label ? nameOf(label) : "not judged";
    const moved = newest ? `; now ${nameOf(newest)}` : "";
    const facts = [
      dateOf(day, precision) || "no known date",
      venue || "no known venue",
      verdict + moved,
    ];
    return element(
      "li",
      {},
      link(addressOfPaper(id), title),
      element("p", { className: "facts" }, joined(facts)),
    );
  }

  return { show, showMore, showResult, element };
})();
