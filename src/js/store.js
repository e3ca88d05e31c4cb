// Storage on the device that outlives the tab, and locks between tabs: IndexedDB and Web Locks, each with a weaker
// substitute for browsers that lack, block or lose them. Knows nothing of what it stores: keys and values mean something
// to the caller alone.

const OBJECT_STORE = "kept"; // its name on residents' devices, which cannot change
// How long opening the database may take, in milliseconds; then this tab's memory takes its place. Safari sometimes never
// answers; a slow phone needs some hundred.
const OPEN_TIMEOUT = 1000;
// How long a lock outlives the tab that holds it, in milliseconds; it is renewed three times as often. Shorter than a
// minute, so that a crashed tab does not block the others; longer than a browser may pause a tab in the background.
const LEASE = 30_000;

function connect() {
  return new Promise((resolve, reject) => {
    const asked = indexedDB.open("front-door", 1);
    let late = false;
    const timer = setTimeout(() => {
      late = true;
      reject(new Error("the database does not answer"));
    }, OPEN_TIMEOUT);
    asked.onupgradeneeded = () => asked.result.createObjectStore(OBJECT_STORE);
    asked.onerror = () => {
      clearTimeout(timer);
      reject(asked.error);
    };
    asked.onsuccess = () => {
      clearTimeout(timer);
      const base = asked.result;
      // Otherwise another tab that deletes the database would wait for this one forever.
      base.onversionchange = () => base.close();
      if (late) base.close();
      resolve(base);
    };
  });
}

/** Resolves once the change is on the device. `act` returns a function that reads the result. */
function transact(base, mode, act) {
  return new Promise((resolve, reject) => {
    const transaction = base.transaction(OBJECT_STORE, mode);
    const read = act(transaction.objectStore(OBJECT_STORE));
    transaction.oncomplete = () => resolve(read?.());
    transaction.onabort = () => reject(transaction.error ?? new Error("the database was closed"));
  });
}

// Safari's private windows store no Blob, but its type and bytes.
const apart = async (blob) => ({ type: blob.type, bytes: await blob.arrayBuffer() });
const whole = (value) => (value?.bytes instanceof ArrayBuffer ? new Blob([value.bytes], { type: value.type }) : value);

class Store {
  #prefix;
  #base;
  #reopening;
  #forgotten = false;
  #memory = new Map(); // values that are being written, and those that could not be written

  constructor(prefix, base) {
    this.#prefix = prefix;
    this.#base = base;
  }

  /** Closes the database; writes that have begun are finished. */
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
      // A Blob from the database stays a file on the device while it is in use.
      const own = value instanceof Blob ? whole(await apart(value).catch(() => 0)) : value;
      if (own && !this.#memory.has(key)) this.#memory.set(key, own);
    }
    try {
      // A database that did not answer when the store was opened may hold older values.
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

  /** Reopens a database that was closed meanwhile: browsers do that to phones that sleep and when data is cleared. */
  async #run(mode, act) {
    await this.#reopening;
    const base = this.#base;
    if (!base) throw new Error("nothing is stored here");
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

/** Opens a store of strings and Blobs. `lasting` is false when it is only this tab's memory. */
export async function open(name) {
  return new Store(`${encodeURIComponent(name)}/`, await connect().catch(() => undefined));
}

/** For a shared computer: erases everything from the device, and from now on stores in this tab only. */
export const forgetful = (store) => store.forget();

const held = new Set();

/** Runs `task` and resolves to its result, or to null when another tab is running it. */
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

/** The substitute for Web Locks, which pages without TLS do not have: a time stamp in localStorage. */
async function lease(name, task) {
  const me = `${Math.random()}`;
  const stamp = () => localStorage.setItem(name, `${Date.now() + LEASE} ${me}`);
  const mine = () => localStorage.getItem(name)?.endsWith(me);
  const tolerant = (act) => {
    try {
      act();
    } catch {
      // Storage is blocked or full: the lock holds within this page only.
    }
  };
  if (held.has(name)) return null;
  held.add(name);
  let renewal;
  try {
    try {
      const left = parseInt(localStorage.getItem(name), 10) - Date.now();
      if (left > 0 && left <= LEASE) return null; // a later time was written before the clock was set back
      stamp();
      await new Promise((done) => setTimeout(done, 50)); // two tabs may find the lock free at once: the last stamp wins
      if (!mine()) return null;
      renewal = setInterval(() => tolerant(stamp), LEASE / 3);
    } catch {
      // Storage is blocked or full, as above.
    }
    return await task();
  } finally {
    clearInterval(renewal);
    tolerant(() => mine() && localStorage.removeItem(name));
    held.delete(name);
  }
}
