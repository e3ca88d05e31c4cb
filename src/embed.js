// <front-door>: the element a webmaster writes. It fetches the widget when it is near,
// keeps the element's children as fallback until the first view stands, and puts them
// back on any failure, with one sentence for the webmaster. No dependencies.

const here = import.meta.url;
const address = (path) => new URL(path, here).href;
const app = address(__APP__);
const folder = address(".");
const live = new Set();
const violations = [];
let engine; // the running wasm, shared by all elements of the page
let compiled; // kept after a trap: a fresh instance needs no second download
let generation = 0;

class Failure extends Error {
  constructor(cause, sentence) {
    super(sentence);
    this.because = cause;
  }
}

/** Why a file could not be had. A browser does not say, so we look again. */
async function explain(url, type, error) {
  await new Promise((done) => setTimeout(done, 50)); // violations are reported a task later
  const { origin } = new URL(url);
  const violation = violations.find((seen) => url.startsWith(seen.blockedURI));
  if (violation) return new Failure("policy", `the page's Content-Security-Policy forbids ${url}: add ${origin} to ${violation.effectiveDirective}`);
  try {
    const { ok, status, headers } = await fetch(url);
    const sent = headers.get("content-type");
    if (ok && sent?.startsWith(type)) return new Failure("script", `${url} does not run on this page: ${error?.message}`);
    return ok
      ? new Failure("mime-type", `${url} is sent as “${sent}”: set the server to send ${type}`)
      : new Failure("not-found", `${url} answered HTTP ${status}: copy the whole folder of frontdoor.js to the server`);
  } catch {
    return origin === location.origin
      ? new Failure("network", `${url} could not be fetched: the server or the network is down`)
      : new Failure("cross-origin", `${url} may not be read from ${location.origin}: its server must send Access-Control-Allow-Origin`);
  }
}

async function get(path, type) {
  const url = address(path);
  const answer = await fetch(url).catch(() => 0);
  if (!answer?.ok) throw await explain(url, type);
  return answer;
}

async function compile() {
  if (typeof WebAssembly !== "object") throw new Failure("no-webassembly", "this browser has no WebAssembly, or is set not to run it");
  const wanted = "application/wasm";
  const answer = await get(__WASM__, wanted);
  const type = answer.headers.get("content-type");
  const sent = `${answer.url} is sent as “${type}”`;
  try {
    if (type?.startsWith(wanted)) return await WebAssembly.compileStreaming(answer);
    const module = await WebAssembly.compile(await answer.arrayBuffer());
    console.warn(`Frontdoor: ${sent}. It works, but starts later: set the server to send ${wanted}.`);
    return module;
  } catch (error) {
    throw /unsafe-eval|content.security|\bCSP\b/i.test(error.message)
      ? new Failure("policy", "the page's Content-Security-Policy forbids WebAssembly: add 'wasm-unsafe-eval' to script-src")
      : new Failure("mime-type", `${sent} and is no WebAssembly: the server sends a page in its place, or cuts it off`);
  }
}

async function style() {
  return new CSSStyleSheet().replace(await (await get(__CSS__, "text/css")).text());
}

function start() {
  compiled ??= Promise.all([compile(), style()]);
  const code = import(generation ? `${app}?again=${generation}` : app).catch(async (error) => {
    throw await explain(app, "text/javascript", error);
  });
  return Promise.all([code, compiled]).then(async ([glue, [module, sheet]]) => {
    await glue.default({ module_or_path: module });
    return { mount: glue.mount, sheet };
  });
}

class FrontDoor extends HTMLElement {
  static observedAttributes = ["lang"];
  #nearby;
  #pages;
  #widget;
  #box;
  #starting;
  #at;

  connectedCallback() {
    if (this.#widget || this.#starting) return; // moved within the page
    this.#nearby = new IntersectionObserver((seen) => seen.some((one) => one.isIntersecting) && this.#start(), { rootMargin: "400px" });
    this.#nearby.observe(this);
    this.addEventListener("pointerdown", this.#touched);
    this.addEventListener("focusin", this.#touched);
    this.#pages = new MutationObserver(() => this.attributeChangedCallback());
    this.#pages.observe(document, { subtree: true, attributeFilter: ["lang"] });
  }

  disconnectedCallback() {
    // Moving an element takes it off the page for a moment; what was typed must not be lost for that.
    setTimeout(() => this.isConnected || this.#end());
  }

  attributeChangedCallback() {
    this.#widget?.setLanguage(this.#language());
  }

  #touched = () => this.#start();

  #language() {
    return this.closest("[lang]:not([lang=''])")?.lang || navigator.language || "en";
  }

  #quiet() {
    this.#nearby?.disconnect();
    this.removeEventListener("pointerdown", this.#touched);
    this.removeEventListener("focusin", this.#touched);
  }

  async #start() {
    if (this.#starting) return;
    this.#starting = true;
    this.#quiet();
    try {
      const options = { base: document.baseURI, locales: address(__LOCALES__), language: this.#language(), at: this.#at };
      for (const key of ["config", "endpoint", "jurisdiction", "view", "service", "guide", "request", "history"]) options[key] = this.getAttribute(key) ?? "";
      if (options.config) options.config = new URL(options.config, options.base).href;
      options.name = this.id || `${[...document.querySelectorAll("front-door")].indexOf(this)}`;
      this.#ask(options);
      const { mount, sheet } = await (engine ??= start());
      const root = this.shadowRoot ?? this.attachShadow({ mode: "open" });
      root.adoptedStyleSheets = [sheet];
      const box = (options.root = document.createElement("div"));
      // Shortcut scripts of the page see only the element, and would take the keys of somebody who types.
      for (const type of ["keydown", "keypress", "keyup"]) box.addEventListener(type, (event) => event.stopPropagation());
      root.replaceChildren(document.createElement("slot"), box);
      let widget;
      try {
        widget = await mount(options);
      } catch (error) {
        throw error instanceof WebAssembly.RuntimeError ? error : new Failure("config", error.message);
      }
      if (!this.isConnected) return widget.unmount();
      this.#box = box;
      this.#widget = widget;
      live.add(this);
      root.replaceChildren(box);
      this.dispatchEvent(new CustomEvent("front-door:ready", { bubbles: true }));
    } catch (error) {
      engine = error instanceof Failure && error.because === "config" ? engine : undefined;
      if (error instanceof Failure) compiled = engine && compiled;
      this.#fail(error);
    } finally {
      this.#starting = false;
    }
  }

  /** Asks for the config and the service list while the wasm is still on its way. */
  #ask(options) {
    const early = (options.early = new Map());
    const ask = (url) => {
      const answer = fetch(url, { headers: { accept: "application/json" }, signal: AbortSignal.timeout?.(1e4) });
      answer.catch(() => 0); // whoever takes the answer hears of it
      early.set(url, answer);
      return answer;
    };
    const services = (endpoint, base, jurisdiction, format = "json") => {
      const url = new URL(endpoint, base);
      url.pathname = url.pathname.replace(/\/*$/, `/services.${format}`);
      if (jurisdiction) url.searchParams.append("jurisdiction_id", jurisdiction);
      ask(url.href);
    };
    const { config, base, endpoint, jurisdiction } = options;
    if (endpoint) services(endpoint, base, jurisdiction);
    if (config) {
      ask(config)
        .then((answer) => answer.clone().json())
        .then((read) => endpoint || !read.endpoint || services(read.endpoint, config, jurisdiction || read.jurisdiction, read.format))
        .catch(() => 0); // the wasm reads it again, and says what is wrong
    }
  }

  #end() {
    this.#quiet();
    this.#pages?.disconnect();
    live.delete(this);
    this.#keepPlace();
    this.#widget?.unmount();
    this.#widget = undefined;
    this.shadowRoot?.replaceChildren(document.createElement("slot"));
  }

  #keepPlace() {
    this.#at = this.#box?.firstElementChild?.dataset.at ?? this.#at;
  }

  /** Takes a widget away whose wasm has trapped, and offers to start again. */
  stop(error) {
    const words = { ...this.#box.firstElementChild.dataset };
    this.#keepPlace();
    live.delete(this);
    this.#widget = undefined; // it can no longer be asked for anything
    this.#fail(error);
    const [note, again] = ["p", "button"].map((tag) => document.createElement(tag));
    note.role = "alert";
    note.className = "stopped";
    again.className = "btn";
    again.textContent = words.again;
    again.onclick = () => this.#start();
    note.append(words.stopped, " ", again);
    this.shadowRoot.prepend(note);
  }

  #fail(error) {
    this.shadowRoot?.replaceChildren(document.createElement("slot"));
    const cause = error.because ?? "trap";
    const message = error.because ? error.message : `the widget stopped: ${error.message}. What was typed is kept`;
    console.error(`Frontdoor: ${message}.`);
    this.dispatchEvent(new CustomEvent("front-door:failed", { bubbles: true, detail: { cause, message } }));
  }
}

/** A trap leaves the wasm in pieces: none of its widgets may be touched again. */
function trapped(error) {
  const stack = error?.stack ?? "";
  if (!live.size || !stack.includes(folder) || !stack.includes("wasm")) return;
  if (Number(/\?again=(\d+)/.exec(stack)?.[1] ?? 0) !== generation) return; // an echo of one that was left behind
  generation += 1;
  engine = undefined;
  for (const element of [...live]) element.stop(error);
}

if (!customElements.get("front-door")) {
  addEventListener("error", (event) => trapped(event.error));
  addEventListener("unhandledrejection", (event) => trapped(event.reason));
  document.addEventListener("securitypolicyviolation", (event) => violations.push(event));
  customElements.define("front-door", FrontDoor);
}
