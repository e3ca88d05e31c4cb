// Fetches parts of the wasm when the wasm asks for them, and links them with the rest. Knows no particular part: the build
// adds a line for each.

import { initSync } from "./app.js";
import { unpack } from "./unpack.js";

async function link(answer) {
  const response = await answer;
  if (!response.ok) throw new Error(`front-door: ${response.url} answered ${response.status}`);
  return WebAssembly.instantiate(unpack(new Uint8Array(await response.arrayBuffer())), { __wasm_split: initSync() });
}

/** A function that loads a part, once; after a failure the next call tries again. A part relies on the one `after` it. */
export function part(file, after) {
  let answer;
  let loading;
  const load = () => {
    if (!loading) {
      const asked = load.ahead();
      loading = Promise.resolve(after?.()).then(() => link(asked));
      loading.catch(() => (loading = answer = undefined));
    }
    return loading;
  };
  // Asks for the file while the rest of the wasm is still arriving.
  load.ahead = () => {
    if (!answer) {
      answer = fetch(new URL(file, import.meta.url));
      answer.catch(() => (answer = undefined)); // who waits for it hears of it
    }
    return answer;
  };
  return load;
}

/** What the wasm calls: it is told in a function of its own, by its number, whether the part could be loaded. */
export function telling(load) {
  return async (callback, data) => {
    const isLoaded = await load().then(
      () => true,
      (error) => console.error(error),
    );
    initSync().__indirect_function_table.get(callback)(data, !!isLoaded);
  };
}
