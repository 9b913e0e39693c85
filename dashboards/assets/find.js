// The page that finds papers: its box, its address, its results and entries.
"use strict";

(() => {
  const byId = (id) => document.getElementById(id);
  const [form, box, status, shown] = ["find", "find-box", "find-status", "shown"].map(byId);
  const PAUSE_MS = 120; // between the last letter and the search
  const FIRST_SIGHT = 10; // papers before anything is asked
  let directory = null;
  let latest = 0; // the number of the last request: an older answer must not replace a newer one

  // ---- from the address to what is shown

  function stateOfAddress() {
    const wanted = new URLSearchParams(location.hash.slice(1));
    const kind = ["paper", "repository", "q"].find((key) => wanted.get(key));
    return { kind: kind || "q", text: kind ? wanted.get(kind) : "" };
  }

  async function show() {
    latest += 1;
    const request = latest;
    const state = stateOfAddress();
    try {
      const ways = { paper: paperOf, repository: papersOf, q: resultsOf };
      const answer = await ways[state.kind](state.text);
      if (request === latest) put(answer, state);
    } catch (error) {
      if (request === latest) put({ said: `${error.message} Build the site again.` }, state);
    }
  }

  /** Show what the address asks for, in the box, too. */
  function follow() {
    const { kind, text } = stateOfAddress();
    if (kind === "q") box.value = text;
    return show();
  }

  /** `said`: words for the status. `content`: elements. `title`: of the page. */
  function put({ said, content = [], title }, state) {
    status.textContent = said;
    shown.replaceChildren(...content);
    document.title = `${title || state.text || "Find a paper"} · Did research move to PyTorch?`;
    if (state.kind !== "q") byId("entry-title")?.focus({ preventScroll: true });
    if (state.kind !== "q") scrollTo(0, 0);
    document.body.dataset.drawn = location.hash || "default";
  }

  // ---- results

  async function resultsOf(text) {
    const asked = Search.ask(text);
    if (!asked.keys.length) return firstSight(text);
    let found = await Search.find(asked.keys, directory, Shards.load);
    if (!found.count && asked.known.length) {
      found = await Search.find(Search.askForWords(text).keys, directory, Shards.load);
    }
    if (found.count) {
      return { said: inWords(found, asked), content: [await listOf(found.numbers, text)] };
    }
    const ids = Search.idsOf(text);
    const isId = ids.length > 0 && !asked.known.length;
    const isName = isId || isAddress(asked); // which has no other spelling
    const answer = await (isName ? entryOf(ids) : almost(text, asked));
    return answer || { said: nothing(text.trim(), asked, isId) };
  }

  /** The entry of the first paper with one of these ids; undefined without one. */
  async function entryOf(ids) {
    for (const id of ids) {
      const shard = await Search.shardOfPaper(id, directory, Shards.load);
      if (shard !== undefined) return paperOf(id);
    }
    return undefined;
  }

  /** Papers with words that are almost what was typed, or with some of them; undefined without any. */
  async function almost(text, asked) {
    const { keys, said } = await Search.near(asked.keys, directory, Shards.load);
    if (!keys.length || !said.length) return undefined;
    const found = await Search.find(keys, directory, Shards.load);
    if (!found.count) return undefined;
    const words = said.map(([word, instead]) =>
      instead ? `No paper has “${word}”, so this is “${instead}”.` : `No paper has “${word}”.`,
    );
    return {
      said: `${words.join(" ")} ${inWords(found, asked)}`,
      content: [await listOf(found.numbers, text)],
    };
  }

  async function firstSight(text) {
    if (!directory.papers) return { said: "The database has no papers yet." };
    if (text.trim()) return { said: "Type a letter or a number." };
    const numbers = [...Array(Math.min(FIRST_SIGHT, directory.papers)).keys()];
    const all = directory.papers.toLocaleString("en");
    return {
      said: `${all} papers. Some of them:`,
      content: [await listOf(numbers, "")],
    };
  }

  function inWords({ count, numbers }, { left }) {
    const found = `${count.toLocaleString("en")} ${count === 1 ? "paper" : "papers"}`;
    const part = count > numbers.length ? ` The first ${numbers.length}:` : "";
    const cut = left ? ` The search used the ${Search.MOST_KEYS} longest words.` : "";
    return `${found}.${cut}${part}`;
  }

  /** Whether a reader asks for one address alone. */
  const isAddress = ({ known, keys }) => known.length === 1 && keys.length === 1;

  function nothing(text, asked, isId) {
    const [first] = isAddress(asked) ? asked.known : [];
    const said = {
      arxiv: (key) =>
        `arXiv:${key} is not in this database. A source must list a link to its code.`,
      doi: (key) => `No paper here has the DOI ${key}.`,
      repository: (key) => `No paper here links to a repository ${key}.`,
    };
    const all = directory.papers.toLocaleString("en");
    const how =
      `This site has only ${all} papers. Try words of the title, or the beginning of one. ` +
      "The command 'adoption scan FOLDER' labels a copy of any code on your disk.";
    if (first) return `${said[first.kind](first.key)} ${how}`;
    if (isId) return `No paper here has this id or page: ${text}. ${how}`;
    return `No paper here has all of these words: ${text}. ${how}`;
  }

  /** The papers as a list. A paper whose title is what was typed comes first. */
  async function listOf(numbers, text) {
    const records = await Promise.all(numbers.map(recordOf));
    const typed = Search.fold(text.trim());
    const [same, others] = [[], []];
    for (const record of records) (Search.fold(record[1]) === typed ? same : others).push(record);
    return Entry.element(
      "ol",
      { className: "results" },
      [...same, ...others].map((record) => Entry.showResult(record, directory)),
    );
  }

  async function recordOf(number) {
    const shard = Search.shardWith(number, directory.recordStarts);
    const records = await Shards.load(`records/${shard}`);
    return records[number - directory.recordStarts[shard]];
  }

  // ---- entries

  async function paperOf(id) {
    const shard = await Search.shardOfPaper(id, directory, Shards.load);
    if (shard === undefined) return { said: `The paper ${id} is not in this database.` };
    const part = await partOf(id, shard);
    const content = [Entry.show(part, directory)];
    if (!part.is_last) content.push(moreOf(part, shard, part.repositories.length));
    const many = part.total === 1 ? "repository" : "repositories";
    return {
      said: part.total ? `${part.total.toLocaleString("en")} ${many}.` : "No usable link to code.",
      content,
      title: part.paper.title,
    };
  }

  const partOf = async (id, shard) =>
    (await Shards.load(`entries/${shard}`)).find(({ paper }) => paper.id === id);

  /** A button for the repositories of the next part. `seen`: how many are shown. */
  function moreOf(part, shard, seen) {
    const button = Entry.element(
      "button",
      { type: "button" },
      `Show more repositories (${seen} of ${part.total} shown)`,
    );
    button.addEventListener("click", async () => {
      button.disabled = true;
      const next = await partOf(part.paper.id, shard + 1);
      const more = Entry.showMore(next);
      button.replaceWith(...more);
      const now = seen + next.repositories.length;
      if (!next.is_last) more.at(-1).after(moreOf(next, shard + 1, now));
      more[0].querySelector("a").focus();
    });
    return button;
  }

  /** The paper of a repository, or all of its papers. `unit`: host/owner/name:directory@ref. */
  async function papersOf(unit) {
    const key = unit.toLowerCase().split("/").slice(1).join("/").split(/[:@]/)[0];
    const numbers = await Search.findWhole(key, directory, Shards.load);
    if (!numbers.length) return { said: `No paper here links to ${unit}.` };
    if (numbers.length === 1) return paperOf((await recordOf(numbers[0]))[0]);
    const some = numbers.slice(0, Search.MOST_RESULTS);
    const part = some.length < numbers.length ? ` The first ${some.length}:` : "";
    return {
      said: `${numbers.length.toLocaleString("en")} papers link to ${key}.${part}`,
      content: [await listOf(some, "")],
    };
  }

  // ---- keyboard and box

  const links = () => [...shown.querySelectorAll(".results a")];

  /** Down and up move between the box and the results. Escape goes back to the box. */
  function onKey(event) {
    const stops = [box, ...links()];
    const at = stops.indexOf(document.activeElement);
    if (at < 0) return;
    const next = { ArrowDown: at + 1, ArrowUp: at - 1, Escape: 0 }[event.key];
    if (next === undefined || !stops[next]) return;
    event.preventDefault();
    stops[next].focus();
  }

  function askLater() {
    clearTimeout(askLater.timer);
    askLater.timer = setTimeout(() => {
      const address = box.value.trim() ? `#q=${encodeURIComponent(box.value.trim())}` : "#";
      // the letters of one search are one step of the history
      const isSearch = stateOfAddress().kind === "q";
      history[isSearch ? "replaceState" : "pushState"](null, "", address);
      show();
    }, PAUSE_MS);
  }

  async function start() {
    try {
      directory = await Shards.load("directory");
    } catch (error) {
      put({ said: `${error.message} Build the site again.` }, stateOfAddress());
      return;
    }
    directory.recordStarts = Search.starts(directory.records);
    addEventListener("hashchange", follow);
    box.addEventListener("input", askLater);
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      links()[0]?.click();
    });
    document.addEventListener("keydown", onKey);
    await follow();
  }

  start();
})();
