// Search.js by itself, without a page, over shards of a few papers.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { runInThisContext } from "node:vm";

for (const name of ["spelling", "search"]) {
  const script = new URL(`../../dashboards/assets/${name}.js`, import.meta.url);
  runInThisContext(readFileSync(script, "utf-8"), { filename: script.pathname });
}
const { Search, Spelling } = globalThis;

test("words have neither capitals nor accents, and signs separate them", () => {
  assert.deepEqual(Search.ask("Théorie: GPT-2").keys, ["theorie", "gpt", "2"]);
});

test("a word is looked up once, and the five longest ones are", () => {
  const { keys, left } = Search.ask("a bb ccc dddd eeeee ffffff ggggggg bb");
  assert.deepEqual(keys, ["ggggggg", "ffffff", "eeeee", "dddd", "ccc"]);
  assert.equal(left, 2);
});

test("an arXiv id is known with and without version, prefix and address", () => {
  for (const text of [
    "1701.00001",
    "1701.00001v3",
    "arXiv:1701.00001",
    "https://arxiv.org/abs/1701.00001v2",
    "arxiv.org/pdf/1701.00001.pdf",
  ]) {
    assert.deepEqual(Search.ask(text).known, [{ kind: "arxiv", key: "1701.00001" }], text);
  }
  assert.deepEqual(Search.ask("cs/0112017v1").known, [{ kind: "arxiv", key: "cs/0112017" }]);
});

test("a repository is known by its name and by its address", () => {
  for (const text of [
    "Owner/Some.Name",
    "https://github.com/owner/some.name",
    "https://www.github.com/owner/some.name.git",
    "https://github.com/Owner/some.name/tree/master/code#readme",
    "git@github.com:owner/some.name.git",
    "https://gitlab.com/owner/some.name",
  ]) {
    assert.deepEqual(
      Search.ask(text).known,
      [{ kind: "repository", key: "owner/some.name" }],
      text,
    );
  }
});

test("the address of another page is no repository", () => {
  assert.deepEqual(Search.ask("https://aclanthology.org/2020.coling-main.1").known, []);
});

test("a DOI is known by its number and by its address", () => {
  for (const text of ["10.1109/CVPR.2020.1", "https://doi.org/10.1109/cvpr.2020.1"]) {
    assert.deepEqual(Search.ask(text).known, [{ kind: "doi", key: "10.1109/cvpr.2020.1" }], text);
  }
});

test("a paper is known by the address of its page, and by its id", () => {
  const openreview = ["openreview:-3G", "list:openreview.net/forum?id=-3G"];
  const pmlr = "proceedings.mlr.press/v80/chen18a";
  for (const [text, ids] of [
    ["https://openreview.net/forum?id=-3G&noteId=x", openreview],
    ["https://www.openreview.net/pdf?id=-3G", openreview],
    [
      "https://aclanthology.org/2020.a-main.1/",
      ["list:aclanthology.org/2020.a-main.1", "anthology:2020.a-main.1"],
    ],
    [`https://${pmlr}.html`, [`list:${pmlr}.html`, "pmlr:v80/chen18a"]],
    ["https://nips.cc/virtual/2014/poster/4316?a=b", ["list:nips.cc/virtual/2014/poster/4316"]],
    ["https://a.org/x%20y//", ["list:a.org/x y"]],
    ["https://a.org/100%", ["list:a.org/100%"]],
    [" list:a b ", ["list:a b"]],
    ["https://[", ["https://["]],
    ["BERT: pre-training", []],
    ["deep learning", []],
  ]) {
    assert.deepEqual(Search.idsOf(text), ids, text);
  }
});

test("edits are letters that are added, dropped, changed or swapped", () => {
  for (const [word, other, edits] of [
    ["deep", "deep", 0],
    ["dep", "deep", 1],
    ["deeep", "deep", 1],
    ["dead", "deed", 1],
    ["depe", "deep", 1],
    ["", "deep", 4],
    ["label", "deep", 4],
  ]) {
    assert.equal(Spelling.edits(word, other), edits, word);
    assert.equal(Spelling.edits(other, word), edits, word);
  }
});

test("words with a slash can be looked up as words", () => {
  assert.deepEqual(Search.askForWords("encoder/decoder").keys, ["encoder", "decoder"]);
});

test("texts are in the order of their bytes, as the database sorts them", () => {
  // U+FF21 is before U+1D400 by its code, but after the first half of its pair
  const sorted = ["", "a", "a/b", "ab", "b", "\uff21", "\u{1d400}"];
  assert.deepEqual([...sorted].reverse().sort(Search.order), sorted);
});

const DIRECTORY = { papers: 10, keys: ["dee", "deep", "deeper", "lab"], prefixes: ["d", "de"] };

test("a key needs the shard that may hold it and those that begin with longer keys", () => {
  assert.deepEqual(Search.shardsOf("cat", DIRECTORY), { keys: [], prefixes: [] });
  assert.deepEqual(Search.shardsOf("egg", DIRECTORY), { keys: ["keys/2"], prefixes: [] });
  assert.deepEqual(Search.shardsOf("la", DIRECTORY), { keys: ["keys/2", "keys/3"], prefixes: [] });
  assert.deepEqual(Search.shardsOf("lab", DIRECTORY), { keys: ["keys/3"], prefixes: [] });
});

test("a key that begins many shards needs its own shard and one of prefixes", () => {
  assert.deepEqual(Search.shardsOf("d", DIRECTORY), { keys: [], prefixes: ["prefixes/0"] });
  assert.deepEqual(Search.shardsOf("dee", DIRECTORY), {
    keys: ["keys/0"],
    prefixes: ["prefixes/1"],
  });
});

const SHARDS = {
  "keys/0": [
    ["dee", 9],
    ["deed", [0, 2]],
  ],
  "keys/1": [
    ["deep", [1, 1, 3]], // the papers 1, 2 and 5
    ["deepfake", 4],
  ],
  "keys/2": [["deeper", "IAI="]], // the papers 5 and 9, as bits
  "keys/3": [
    ["lab", [2, 3]],
    ["label", [1, 3, 5]],
  ],
  "prefixes/0": [["d", "NwI="]],
  "prefixes/1": [
    ["de", "NwI="],
    ["dee", "NwI="], // 0, 1, 2, 4, 5 and 9
    ["deep", "NgI="], // 1, 2, 4, 5 and 9
  ],
};
const loaded = [];
const load = async (name) => {
  loaded.push(name);
  return SHARDS[name];
};
const found = (...keys) => Search.find(keys, DIRECTORY, load);

test("a word finds the papers that have it whole before those with a longer one", async () => {
  assert.deepEqual(await found("deep"), { count: 5, numbers: [1, 2, 5, 4, 9] });
});

test("a short word finds its papers in the list of its prefix", async () => {
  assert.deepEqual(await found("dee"), { count: 6, numbers: [9, 0, 1, 2, 4, 5] });
});

test("a prefix in a shard beside a longer one finds its own papers alone", async () => {
  assert.deepEqual(await found("d"), { count: 6, numbers: [0, 1, 2, 4, 5, 9] });
});

test("a paper must have every word", async () => {
  // deep and deeper: 1, 2, 4, 5, 9; lab and label: 1, 2, 4, 5, 9; both whole: 2 and 5
  assert.deepEqual(await found("deep", "lab"), { count: 5, numbers: [2, 5, 1, 4, 9] });
  assert.deepEqual(await found("deed", "lab"), { count: 1, numbers: [2] });
  assert.deepEqual(await found("deep", "zebra"), { count: 0, numbers: [] });
});

const near = (...keys) => Search.near(keys, DIRECTORY, load);

test("a misspelled word is looked up as the most frequent one of almost its spelling", async () => {
  // "deed" and "deep" are as near, and "deep" has more papers
  assert.deepEqual(await near("deek"), { keys: ["deep"], said: [["deek", "deep"]] });
  assert.deepEqual(await near("lbael"), { keys: ["label"], said: [["lbael", "label"]] });
  assert.deepEqual(await near("zebra"), { keys: [], said: [["zebra", undefined]] });
  assert.deepEqual(await near("labl", "deep"), {
    keys: ["label", "deep"],
    said: [["labl", "label"]],
  });
});

test("only the longest unknown word is corrected, because each correction loads files", async () => {
  assert.deepEqual(await near("deepfaek", "labl"), {
    keys: ["deepfake"],
    said: [
      ["deepfaek", "deepfake"],
      ["labl", undefined],
    ],
  });
});

test("a long word may have two errors, a short one has one, and three letters have none", async () => {
  assert.deepEqual((await near("deepfaeks")).keys, ["deepfake"]);
  assert.deepEqual((await near("deexfxke")).keys, ["deepfake"]);
  assert.deepEqual((await near("laxxl")).keys, []);
  assert.deepEqual((await near("lxb")).keys, []);
});

test("a search loads only the shards of its words", async () => {
  loaded.length = 0;
  await found("label");
  assert.deepEqual(loaded, ["keys/3"]);
});

test("the first fifty papers are listed, and all are counted", async () => {
  const directory = { papers: 120, keys: ["word"], prefixes: [] };
  const all = Array.from({ length: 120 }, (_, number) => (number ? 1 : 0));
  const answer = await Search.find(["word"], directory, async () => [["word", all]]);
  assert.equal(answer.count, 120);
  assert.deepEqual(
    answer.numbers,
    Array.from({ length: 50 }, (_, number) => number),
  );
});

test("a whole key finds no longer one", async () => {
  assert.deepEqual(await Search.findWhole("lab", DIRECTORY, load), [2, 5]);
  assert.deepEqual(await Search.findWhole("la", DIRECTORY, load), []);
  assert.deepEqual(await Search.findWhole("a", DIRECTORY, load), []);
});

test("the record of a paper is in the last shard that does not begin after it", () => {
  const firsts = Search.starts([0, 3, 4]);
  assert.deepEqual(firsts, [0, 3, 7]);
  assert.deepEqual(
    [0, 2, 3, 6, 7, 99].map((number) => Search.shardWith(number, firsts)),
    [0, 0, 1, 1, 2, 2],
  );
});

test("the entry of a paper is in the shard that its id names", async () => {
  const directory = { ids: ["arxiv:1701.00001", "list:b"] };
  const shards = {
    "ids/0": [
      ["arxiv:1701.00001", 4],
      ["list:a", 0],
    ],
    "ids/1": [["list:b", 7]],
  };
  const shardOf = (id) => Search.shardOfPaper(id, directory, async (name) => shards[name]);
  assert.deepEqual(
    await Promise.all(["arxiv:1701.00001", "list:a", "list:b", "list:bb", "a"].map(shardOf)),
    [4, 0, 7, undefined, undefined],
  );
});
