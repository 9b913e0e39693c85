// Finds papers: which keys a reader asks for, which shards hold them, and the order of the papers.
// Pure: it knows neither the page nor how shards are loaded. dashboards/search writes the shards.
"use strict";

globalThis.Search = (() => {
  const MOST_KEYS = 5;
  const MOST_RESULTS = 50;
  const LONGEST_WORD = 60;
  const SAME_LETTERS = 2; // that a misspelled word shares with the right one
  const MOST_SHARDS = 2; // that are searched for it
  const MOST_EDITS = 2; // of a long word
  const SHORTEST_MISSPELLED = 4;
  const [PREFIX, EXACT] = [1, 2];

  const HOSTS = "(?:github\\.com|gitlab\\.com|bitbucket\\.org)";
  const ARXIV_ID = /^(\d{4}\.\d{4,5}|[a-z-]+(?:\.[a-z]{2})?\/\d{7})(v\d+)?$/;
  const REPOSITORY = /^[\w.-]+\/[\w.-]+$/;
  const DOI = /^10\.\d{4,9}\/\S+$/;

  // ---- what a reader types

  /** Text without capitals and accents, as sql/site/paper_key.sql makes it. */
  const fold = (text) =>
    text.normalize("NFD").replace(/\p{M}/gu, "").normalize("NFC").toLowerCase();

  const words = (text) =>
    (fold(text).match(/[\p{L}\p{N}]+/gu) || []).map((word) =>
      [...word].slice(0, LONGEST_WORD).join(""),
    );

  /** A word as an address: {kind, key}, or null. Kinds: arxiv, doi, repository. */
  function address(text) {
    const bare = text
      .toLowerCase()
      .replace(/^(git\+)?https?:\/\//, "")
      .replace(/^(www\.|git@)/, "");
    const onHost = bare.match(new RegExp(`^${HOSTS}[/:]([\\w.-]+/[\\w.-]+)`));
    if (onHost) return { kind: "repository", key: onHost[1].replace(/\.git$/, "") };
    const onArxiv = bare
      .replace(/^(arxiv:|arxiv\.org\/(abs|pdf|html)\/)/, "")
      .replace(/\.pdf$/, "");
    const arxiv = onArxiv.match(ARXIV_ID);
    if (arxiv) return { kind: "arxiv", key: arxiv[1] };
    const doi = bare.replace(/^((dx\.)?doi\.org\/|doi:)/, "");
    if (DOI.test(doi)) return { kind: "doi", key: doi };
    const isAddress = bare !== text.toLowerCase(); // of a page that is no repository
    return !isAddress && REPOSITORY.test(bare) ? { kind: "repository", key: bare } : null;
  }

  /**
   * The keys that a reader asks for: every paper must have all of them, or longer ones.
   * `known`: the addresses among the words. `left`: how many words are too many to look up.
   */
  function ask(text) {
    const parts = text.trim().split(/\s+/).filter(Boolean);
    const known = parts.map(address).filter(Boolean);
    const keys = parts.flatMap((part) => address(part)?.key ?? words(part));
    return { ...longest(keys), known };
  }

  /** The ids that a paper may have whose id, or the address of whose page, is this text. */
  function idsOf(text) {
    const typed = text.trim();
    if (!/^[a-z]+:\S/i.test(typed)) return [];
    if (!/^https?:\/\/\S+$/i.test(typed) || !URL.canParse(typed)) return [typed];
    const { host, pathname, search, searchParams } = new URL(typed);
    const site = host.replace(/^www\./, "");
    const path = decoded(pathname).replace(/^\/+|\/+$/g, "");
    if (site === "openreview.net") {
      const id = searchParams.get("id");
      return [`openreview:${id}`, `list:${site}/forum?id=${id}`];
    }
    const own = { "aclanthology.org": "anthology:", "proceedings.mlr.press": "pmlr:" }[site];
    const query = search.includes("id=") ? search : "";
    return [
      `list:${site}/${path}${query}`,
      ...(own ? [own + path.replace(/\.(html|pdf)$/, "")] : []),
    ];
  }

  /** A path without percent signs for letters, as papers' ids have it. */
  function decoded(path) {
    try {
      return decodeURIComponent(path);
    } catch {
      return path; // a percent sign stands for itself
    }
  }

  /** The same without addresses: "encoder/decoder" may be two words. */
  const askForWords = (text) => ({ ...longest(words(text)), known: [] });

  /** The longest keys: they find the fewest papers. */
  function longest(keys) {
    const all = [...new Set(keys)];
    const chosen = [...all].sort((a, b) => b.length - a.length).slice(0, MOST_KEYS);
    return { keys: chosen, left: all.length - chosen.length };
  }

  // ---- which shards to load

  /** Order of the bytes in UTF-8, as the database sorts: by code points. */
  function order(a, b) {
    const [left, right] = [[...a], [...b]];
    const at = left.findIndex((letter, index) => letter !== right[index]);
    if (at < 0) return left.length - right.length;
    return at < right.length ? left[at].codePointAt(0) - right[at].codePointAt(0) : 1;
  }

  /** The last of the sorted marks that is not after a mark; -1 if all are. */
  function lastNotAfter(marks, mark, compare) {
    let [low, high] = [0, marks.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (compare(marks[middle], mark) <= 0) low = middle + 1;
      else high = middle;
    }
    return low - 1;
  }

  /**
   * The shards that hold a key and all longer ones: {keys, prefixes}, names of shards. If the first
   * keys of two or more shards begin with it, a shard of prefixes has the papers of the longer ones.
   */
  function shardsOf(key, directory) {
    const last = lastNotAfter(directory.keys, key, order);
    const own = last < 0 ? [] : [`keys/${last}`];
    const begin = directory.keys.flatMap((first, at) => (first.startsWith(key) ? [at] : []));
    if (begin.length > 1) {
      return { keys: own, prefixes: [`prefixes/${lastNotAfter(directory.prefixes, key, order)}`] };
    }
    const longer = begin.filter((at) => at !== last).map((at) => `keys/${at}`);
    return { keys: [...own, ...longer], prefixes: [] };
  }

  /** The first paper of each shard, from the steps between them. */
  function starts(steps) {
    let sum = 0;
    return steps.map((step) => {
      sum += step;
      return sum;
    });
  }

  /** The shard with the record of a paper. */
  const shardWith = (number, firsts) => lastNotAfter(firsts, number, (a, b) => a - b);

  // ---- which papers have the keys

  /** Call `visit` with each number of a list as shards hold it: postings.py says how. */
  function visitNumbers(packed, visit) {
    if (typeof packed === "number") visit(packed);
    else if (typeof packed === "string") visitBits(atob(packed), visit);
    else {
      let number = 0;
      for (const step of packed) {
        number += step;
        visit(number);
      }
    }
  }

  function visitBits(bytes, visit) {
    for (let at = 0; at < bytes.length; at++) {
      const byte = bytes.charCodeAt(at);
      for (let bit = 0; byte >> bit; bit++) if ((byte >> bit) & 1) visit(8 * at + bit);
    }
  }

  /** How each paper has a key: 0 not at all, 1 as the beginning of one, 2 whole. */
  async function marksOf(key, directory, load) {
    const names = shardsOf(key, directory);
    const marks = new Uint8Array(directory.papers);
    const mark = (packed, value) =>
      visitNumbers(packed, (number) => {
        if (marks[number] < value) marks[number] = value;
      });
    for (const [prefix, packed] of await rowsOf(names.prefixes, load)) {
      if (prefix === key) mark(packed, PREFIX);
    }
    for (const [other, packed] of await rowsOf(names.keys, load)) {
      if (other.startsWith(key)) mark(packed, other === key ? EXACT : PREFIX);
    }
    return marks;
  }

  const rowsOf = async (names, load) => (await Promise.all(names.map(load))).flat();

  /** The papers with all keys: {count, numbers}. `load`: gives the rows of a shard by its name. */
  async function find(keys, directory, load) {
    const marks = await Promise.all(keys.map((key) => marksOf(key, directory, load)));
    return ranked(marks, directory.papers);
  }

  /**
   * What to look up in place of the keys if no paper has all of them: {keys, said}. The longest key that
   * no paper has: the most frequent one that is spelled almost alike, if there is one. The other keys
   * that no paper has are left out.
   */
  async function near(keys, directory, load) {
    const [chosen, said] = [[], []];
    for (const key of keys) {
      const marks = await marksOf(key, directory, load);
      const isKnown = marks.some(Boolean);
      const like = isKnown || said.length ? undefined : await mostLike(key, directory, load);
      const instead = isKnown ? key : like;
      if (instead) chosen.push(instead);
      if (instead !== key) said.push([key, instead]);
    }
    return { keys: chosen, said };
  }

  /** The most frequent key with the first letters of a word and almost its spelling, or undefined. */
  async function mostLike(word, directory, load) {
    if (word.length < SHORTEST_MISSPELLED) return undefined;
    const start = [...word].slice(0, SAME_LETTERS).join("");
    const first = Math.max(0, lastNotAfter(directory.keys, start, order));
    const last = lastNotAfter(directory.keys, `${start}\u{10ffff}`, order);
    const shards = directory.keys.map((_, at) => at).slice(first, last + 1);
    const own = lastNotAfter(directory.keys, word, order);
    shards.sort((a, b) => Math.abs(a - own) - Math.abs(b - own));
    const rows = await rowsOf(
      shards.slice(0, MOST_SHARDS).map((shard) => `keys/${shard}`),
      load,
    );
    const alike = rows
      .filter(([key]) => Math.abs(key.length - word.length) <= MOST_EDITS)
      .map(([key, packed]) => ({ key, edits: Spelling.edits(word, key), papers: howMany(packed) }))
      .filter(({ edits }) => edits <= (word.length < 8 ? 1 : MOST_EDITS));
    return alike.sort((a, b) => a.edits - b.edits || b.papers - a.papers)[0]?.key;
  }

  function howMany(packed) {
    let count = 0;
    visitNumbers(packed, () => {
      count += 1;
    });
    return count;
  }

  /** The papers with a whole key. */
  async function findWhole(key, directory, load) {
    const numbers = [];
    const shard = lastNotAfter(directory.keys, key, order);
    for (const [other, packed] of shard < 0 ? [] : await load(`keys/${shard}`)) {
      if (other === key) visitNumbers(packed, (number) => numbers.push(number));
    }
    return numbers;
  }

  /** The shard with the first part of the entry of a paper. Undefined if there is no such paper. */
  async function shardOfPaper(id, directory, load) {
    const shard = lastNotAfter(directory.ids, id, order);
    const rows = shard < 0 ? [] : await load(`ids/${shard}`);
    return rows.find(([other]) => other === id)?.[1];
  }

  /** How many papers have a mark in every list, and the first ones: most whole keys come first. */
  function ranked(marks, papers) {
    const groups = Array.from({ length: marks.length + 1 }, () => []);
    let count = 0;
    for (let number = 0; number < papers; number++) {
      const whole = wholeKeys(marks, number);
      if (whole < 0) continue;
      count += 1;
      if (groups[whole].length < MOST_RESULTS) groups[whole].push(number);
    }
    return { count, numbers: groups.reverse().flat().slice(0, MOST_RESULTS) };
  }

  /** How many keys a paper has whole; -1 if it lacks one. */
  function wholeKeys(marks, number) {
    let whole = 0;
    for (const mark of marks) {
      if (mark[number] === 0) return -1;
      if (mark[number] === EXACT) whole += 1;
    }
    return whole;
  }

  return {
    ...{ fold, ask, askForWords, idsOf, near, order, shardsOf, starts, shardWith },
    ...{ find, findWhole, shardOfPaper, MOST_KEYS, MOST_RESULTS },
  };
})();
