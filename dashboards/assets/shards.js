// Loads the files of the folder search/. They are scripts that call shard(name, rows): a page that was
// opened from disk may load a script, but may not fetch a file.
"use strict";

globalThis.Shards = (() => {
  const promises = {}; // by name
  const waiting = {}; // what a script's call of shard() resolves, by name

  /** The rows of a shard, for example of "keys/3". It is loaded once. */
  function load(name) {
    promises[name] ??= new Promise((resolve, reject) => {
      waiting[name] = resolve;
      const script = document.createElement("script");
      script.src = `search/${name}.js`;
      script.addEventListener("error", () => {
        delete promises[name];
        reject(new Error(`The file search/${name}.js could not be loaded.`));
      });
      script.addEventListener("load", () => script.remove());
      document.head.append(script);
    });
    return promises[name];
  }

  globalThis.shard = (name, rows) => waiting[name]?.(rows);

  return { load };
})();
