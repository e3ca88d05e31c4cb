// Records for the tests what a webmaster sees in the console and what a page hears from the widget.
window.seen = { errors: [], warnings: [], failed: [], ready: 0, violations: [], uncaught: [] };
for (const [level, list] of [["error", window.seen.errors], ["warn", window.seen.warnings]]) {
  const log = console[level];
  console[level] = (...words) => {
    list.push(words.map(String).join(" "));
    log.apply(console, words);
  };
}
document.addEventListener("front-door:ready", () => (window.seen.ready += 1));
document.addEventListener("front-door:failed", (event) => window.seen.failed.push(event.detail));
document.addEventListener("securitypolicyviolation", (event) => window.seen.violations.push(`${event.effectiveDirective} ${event.blockedURI}`));
addEventListener("error", (event) => window.seen.uncaught.push(event.message));
addEventListener("unhandledrejection", (event) => window.seen.uncaught.push(String(event.reason)));
