// Why the widget does not start: every cause, with the sentence that tells the webmaster what to do, and the search for
// the cause of a file that cannot be used. Knows nothing of the element.

// A cause is its name in the event `front-door:failed` (`detail.cause`), which pages rely on, and its sentence.

export const FILE_FORBIDDEN = ["policy", (url, origin, directive) => `the page's Content-Security-Policy forbids ${url}: add ${origin} to ${directive}`];
export const WASM_FORBIDDEN = ["policy", () => "the page's Content-Security-Policy forbids WebAssembly: add 'wasm-unsafe-eval' to script-src"];
export const NO_WEBASSEMBLY = ["no-webassembly", () => "this browser has no WebAssembly, or is set not to run it"];
export const SCRIPT_FAILED = ["script", (url, message) => `${url} does not run on this page: ${message}`];
export const WRONG_MIME_TYPE = ["mime-type", (url, sent, wanted) => `${url} is sent as “${sent}”: set the server to send ${wanted}`];
export const NOT_WEBASSEMBLY = ["mime-type", (url, sent) => `${url} is sent as “${sent}” and is no WebAssembly: the server sends a page in its place, or cuts it off`];
export const NOT_FOUND = ["not-found", (url, status) => `${url} answered HTTP ${status}: copy the whole folder of frontdoor.js to the server`];
export const UNREACHABLE = ["network", (url) => `${url} could not be fetched: the server or the network is down`];
export const CROSS_ORIGIN = ["cross-origin", (url, page) => `${url} may not be read from ${page}: its server must send Access-Control-Allow-Origin`];
export const CONFIG = ["config", (message) => message];
export const TRAP = ["trap", (message) => `the widget stopped: ${message}. What was typed is kept`];

/** What the widget fails with; an error of any other class is a trap. */
export class Failure extends Error {
  constructor([cause, sentence], ...details) {
    super(sentence(...details));
    this.cause = cause;
  }
}

/** Violations of the page's Content-Security-Policy, which browsers report to the document alone. */
export const violations = [];

/** Why a file could not be used. A browser does not say, so it is fetched again. */
export async function explain(url, type, error) {
  await new Promise((done) => setTimeout(done, 50)); // violations are reported a task later
  const { origin } = new URL(url);
  const violation = violations.find((seen) => url.startsWith(seen.blockedURI));
  if (violation) return new Failure(FILE_FORBIDDEN, url, origin, violation.effectiveDirective);
  try {
    const { ok, status, headers } = await fetch(url);
    const sent = headers.get("content-type");
    if (ok && sent?.startsWith(type)) return new Failure(SCRIPT_FAILED, url, error?.message);
    return ok ? new Failure(WRONG_MIME_TYPE, url, sent, type) : new Failure(NOT_FOUND, url, status);
  } catch {
    const page = location.origin;
    return origin === page ? new Failure(UNREACHABLE, url) : new Failure(CROSS_ORIGIN, url, page);
  }
}
