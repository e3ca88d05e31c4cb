// <front-door>: the element that a webmaster writes. It fetches the widget when the element is near the visible part of
// the page, shows the element's children as fallback until the first view is drawn, and shows them again after any
// failure, with one sentence for the webmaster. No dependencies.

import { CONFIG, explain, Failure, NO_WEBASSEMBLY, NOT_WEBASSEMBLY, TRAP, violations, WASM_FORBIDDEN } from "./failure.js";

const here = import.meta.url;
const address = (path) => new URL(path, here).href;
const app = address(__APP__);
const folder = address(".");
const live = new Set();
let engine; // the running wasm, shared by all elements of the page
let compiled; // kept after a trap: a fresh instance needs no second download
let generation = 0;

async function get(path, type) {
  const url = address(path);
  const response = await fetch(url).catch(() => 0);
  if (!response?.ok) throw await explain(url, type);
  return response;
}

async function compile(code) {
  if (typeof WebAssembly !== "object") throw new Failure(NO_WEBASSEMBLY);
  const wanted = "application/wasm";
  const response = await get(__WASM__, wanted);
  const type = response.headers.get("content-type");
  const { unpack } = await code;
  try {
    const module = await WebAssembly.compile(unpack(new Uint8Array(await response.arrayBuffer())));
    if (!type?.startsWith(wanted)) console.warn(`Frontdoor: ${response.url} is sent as “${type}”. Set the server to send ${wanted}, so that it compresses it.`);
    return module;
  } catch (error) {
    const isForbidden = /unsafe-eval|content.security|\bCSP\b/i.test(error.message);
    throw isForbidden ? new Failure(WASM_FORBIDDEN) : new Failure(NOT_WEBASSEMBLY, response.url, type);
  }
}

function start(tag) {
  const code = import(generation ? `${app}?again=${generation}` : app).catch(async (error) => {
    throw await explain(app, "text/javascript", error);
  });
  code.then(({ ahead }) => ahead(tag), () => 0); // a failure is explained below
  compiled ??= compile(code);
  return Promise.all([code, compiled]).then(async ([glue, module]) => {
    await glue.default({ module_or_path: module });
    return { mount: glue.mount, sheet: await new CSSStyleSheet().replace(glue.style) };
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
    // Moving an element takes it off the page for a moment, which must not lose what was typed.
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
      const { mount, sheet } = await (engine ??= start(options));
      const root = this.shadowRoot ?? this.attachShadow({ mode: "open" });
      root.adoptedStyleSheets = [sheet];
      const box = (options.root = document.createElement("div"));
      // To shortcut scripts of the page every key seems to come from the element, not from a text field: they get none.
      for (const type of ["keydown", "keypress", "keyup"]) box.addEventListener(type, (event) => event.stopPropagation());
      root.replaceChildren(document.createElement("slot"), box);
      let widget;
      try {
        widget = await mount(options);
      } catch (error) {
        throw error instanceof WebAssembly.RuntimeError ? error : new Failure(CONFIG, error.message);
      }
      if (!this.isConnected) return widget.unmount();
      this.#box = box;
      this.#widget = widget;
      live.add(this);
      root.replaceChildren(box);
      this.dispatchEvent(new CustomEvent("front-door:ready", { bubbles: true }));
    } catch (error) {
      const isFailure = error instanceof Failure;
      engine = isFailure && error.cause === CONFIG[0] ? engine : undefined;
      if (isFailure) compiled = engine && compiled;
      this.#fail(error);
    } finally {
      this.#starting = false;
    }
  }

  /** Requests the config and the service list while the wasm is still being fetched. */
  #ask(options) {
    const early = (options.early = new Map());
    const ask = (url, then) => {
      const answer = fetch(url, { headers: { accept: "application/json" }, signal: AbortSignal.timeout?.(1e4) }).then(then);
      answer.catch(() => 0); // the wasm, which awaits the answer, reports a failure
      early.set(url, answer);
    };
    const services = (endpoint, base, jurisdiction, format = "json") => {
      const url = new URL(endpoint, base);
      url.pathname = url.pathname.replace(/\/*$/, `/services.${format}`);
      if (jurisdiction) url.searchParams.append("jurisdiction_id", jurisdiction);
      ask(url.href);
    };
    const { config, base, endpoint, jurisdiction } = options;
    if (endpoint) services(endpoint, base, jurisdiction);
    // The wasm gets the config once the list is on its way: before that, it would request the list a second time.
    if (config) {
      ask(config, (answer) =>
        answer
          .clone()
          .json()
          .then((read) => endpoint || !read.endpoint || services(read.endpoint, config, jurisdiction || read.jurisdiction, read.format))
          .catch(() => 0) // the wasm reads it again and reports what is wrong
          .then(() => answer),
      );
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

  /** Removes a widget whose wasm has trapped, and offers to start again. */
  stop(error) {
    const texts = { ...this.#box.firstElementChild.dataset };
    this.#keepPlace();
    live.delete(this);
    this.#widget = undefined; // it can no longer be called
    this.#fail(error);
    const [note, again] = ["p", "button"].map((tag) => document.createElement(tag));
    note.role = "alert";
    note.className = "stopped";
    again.className = "btn";
    again.textContent = texts.again;
    again.onclick = () => this.#start();
    note.append(texts.stopped, " ", again);
    this.shadowRoot.prepend(note);
  }

  #fail(error) {
    this.shadowRoot?.replaceChildren(document.createElement("slot"));
    const { cause, message } = error instanceof Failure ? error : new Failure(TRAP, error.message);
    console.error(`Frontdoor: ${message}.`);
    this.dispatchEvent(new CustomEvent("front-door:failed", { bubbles: true, detail: { cause, message } }));
  }
}

/** A trap leaves the wasm in an undefined state: none of its widgets may be called again. */
function trapped(error) {
  const stack = error?.stack ?? "";
  // Chromium names the module, other browsers the script that made it.
  if (!live.size || !(stack.includes("wasm://wasm/front-door") || (stack.includes(folder) && stack.includes("wasm")))) return;
  if (Number(/\?again=(\d+)/.exec(stack)?.[1] ?? 0) !== generation) return; // from an instance that was given up
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
