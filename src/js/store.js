// What is kept on the device beyond the tab, and what only one tab may do at a time: IndexedDB and
// Web Locks, each with something lesser that works where a browser lacks, blocks or loses them.
// Knows nothing of what it keeps: keys and values mean something to the caller only.

const KEPT = "kept";
const PATIENCE = 1000; // Safari has left an open without any answer
const LEASE = 30_000;

function connect() {
  return new Promise((resolve, reject) => {
    const asked = indexedDB.open("front-door", 1);
    let late = false;
    const timer = setTimeout(() => {
      late = true;
      reject(new Error("the database does not answer"));
    }, PATIENCE);
    asked.onupgradeneeded = () => asked.result.createObjectStore(KEPT);
    asked.onerror = () => {
      clearTimeout(timer);
      reject(asked.error);
    };
    asked.onsuccess = () => {
      clearTimeout(timer);
      const base = asked.result;
      // Another tab that deletes the database would wait for us for ever.
      base.onversionchange = () => base.close();
      if (late) base.close();
      resolve(base);
    };
  });
}

/** Ends when it is on the device, not when it is asked for. `act` returns how to read the answer. */
function transact(base, mode, act) {
  return new Promise((resolve, reject) => {
    const transaction = base.transaction(KEPT, mode);
    const read = act(transaction.objectStore(KEPT));
    transaction.oncomplete = () => resolve(read?.());
    transaction.onabort = () => reject(transaction.error ?? new Error("the database was closed"));
  });
}

// Safari's private windows take no Blob, but take what it is made of.
const apart = async (blob) => ({ type: blob.type, bytes: await blob.arrayBuffer() });
const whole = (value) => (value?.bytes instanceof ArrayBuffer ? new Blob([value.bytes], { type: value.type }) : value);

class Store {
  #prefix;
  #base;
  #reopening;
  #forgotten = false;
  #memory = new Map(); // what is on its way to the device, and what did not get there

  constructor(prefix, base) {
    this.#prefix = prefix;
    this.#base = base;
  }

  /** Lets the database go; what is on its way to it still gets there. */
  close() {
    setTimeout(() => {
      this.#base?.close();
      this.#base = undefined;
    });
  }

  get lasting() {
    return !!this.#base && !this.#forgotten;
  }

  async get(key) {
    if (this.#memory.has(key)) return this.#memory.get(key);
    return this.#run("readonly", (kept) => {
      const asked = kept.get(this.#prefix + key);
      return () => whole(asked.result);
    }).catch(() => undefined);
  }

  async all(prefix) {
    const found = await this.#run("readonly", (kept) => {
      const [keys, values] = [kept.getAllKeys(this.#range(prefix)), kept.getAll(this.#range(prefix))];
      return () => keys.result.map((key, index) => [key.slice(this.#prefix.length), whole(values.result[index])]);
    }).catch(() => []);
    const newer = [...this.#memory].filter(([key]) => key.startsWith(prefix));
    return [...new Map([...found, ...newer])].sort(([one], [other]) => (one < other ? -1 : 1));
  }

  async put(key, value) {
    this.#memory.set(key, value);
    const newest = () => this.#memory.get(key) === value;
    let kept = await this.#keep(key, value);
    if (!kept && value instanceof Blob && this.lasting) {
      const parts = await apart(value).catch(() => 0);
      kept = !!parts && newest() && (await this.#keep(key, parts));
    }
    if (kept && newest()) this.#memory.delete(key);
    return kept;
  }

  async remove(key) {
    this.#memory.delete(key);
    return this.#erase(this.#prefix + key);
  }

  async clear(prefix) {
    for (const key of [...this.#memory.keys()]) if (key.startsWith(prefix)) this.#memory.delete(key);
    return this.#erase(this.#range(prefix));
  }

  async forget() {
    const device = await this.all("");
    this.#forgotten = true;
    for (const [key, value] of device) {
      // A Blob from the database is a file on the device for as long as it is in use.
      const own = value instanceof Blob ? whole(await apart(value).catch(() => 0)) : value;
      if (own && !this.#memory.has(key)) this.#memory.set(key, own);
    }
    try {
      // A database that did not answer when the store was opened may hold something from before.
      this.#base ??= await connect();
      return await this.#erase(this.#range(""));
    } catch {
      return false;
    } finally {
      this.#base?.close();
      this.#base = undefined;
    }
  }

  #range(prefix) {
    const start = this.#prefix + prefix;
    return IDBKeyRange.bound(start, `${start}\uffff`);
  }

  async #keep(key, value) {
    if (this.#forgotten) return false;
    return this.#run("readwrite", (kept) => void kept.put(value, this.#prefix + key)).then(
      () => true,
      () => false,
    );
  }

  async #erase(what) {
    return this.#run("readwrite", (kept) => void kept.delete(what)).then(
      () => true,
      () => !this.#base,
    );
  }

  /** Browsers take the connection away in mid-life (phones that sleep, data that is cleared). */
  async #run(mode, act) {
    await this.#reopening;
    const base = this.#base;
    if (!base) throw new Error("nothing is kept here");
    try {
      return await transact(base, mode, act);
    } catch (error) {
      if (/Quota|Clone/.test(error.name)) throw error;
      if (this.#base === base) {
        base.close();
        this.#base = undefined;
        this.#reopening = connect().then(
          (again) => void (this.#base = again),
          () => 0,
        );
      }
      await this.#reopening;
      return transact(this.#base, mode, act);
    }
  }
}

/** A place for strings and Blobs. `lasting` says whether it is more than this tab's memory. */
export async function open(name) {
  return new Store(`${encodeURIComponent(name)}/`, await connect().catch(() => undefined));
}

/** For a computer that others use: from now on in this tab only, and nothing left on the device. */
export const forgetful = (store) => store.forget();

const held = new Set();

/** Runs `task` unless another tab is at it; then the answer is null. */
export async function once(lockName, task) {
  const name = `front-door/${lockName}`;
  let begun = false;
  const begin = () => {
    begun = true;
    return task();
  };
  try {
    return await navigator.locks.request(name, { ifAvailable: true }, (lock) => (lock ? begin() : null));
  } catch (error) {
    if (begun) throw error;
  }
  return lease(name, begin);
}

/** Pages without TLS have no Web Locks. */
async function lease(name, task) {
  const me = `${Math.random()}`;
  const stamp = () => localStorage.setItem(name, `${Date.now() + LEASE} ${me}`);
  const mine = () => localStorage.getItem(name)?.endsWith(me);
  const tolerant = (act) => {
    try {
      act();
    } catch {
      // Storage is blocked or full: the lock holds within this page.
    }
  };
  if (held.has(name)) return null;
  held.add(name);
  let renewal;
  try {
    try {
      const left = parseInt(localStorage.getItem(name), 10) - Date.now();
      if (left > 0 && left <= LEASE) return null; // more was stamped by a clock that has been set since
      stamp();
      await new Promise((done) => setTimeout(done, 50)); // two tabs may find it free at once: the last stamp stands
      if (!mine()) return null;
      renewal = setInterval(() => tolerant(stamp), LEASE / 3);
    } catch {
      // As above.
    }
    return await task();
  } finally {
    clearInterval(renewal);
    tolerant(() => mine() && localStorage.removeItem(name));
    held.delete(name);
  }
}
