// GeoReport in XML, for cities that answer in nothing else: converted to the JSON that the same endpoint would have sent,
// so that one reader is enough. Repairs the most frequent mistakes of cities, and only when the browser has refused the text.

const LISTS =
  /^(service(_?request)?(_?update|_definition)?s|requests|errors|attributes|(conditional_?)?values|conditions|stops|media_urls|endpoints|formats|notes)$/i;
const FORBIDDEN = /[^\t\n\r -\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu;
// Limits of a response, so that a faulty endpoint cannot exhaust the stack or the memory of a phone.
const DEPTH = 50;
const NODES = 200_000;

const read = (text, type) => new DOMParser().parseFromString(text, type);

function parse(text) {
  const page = read(text, "text/xml");
  // A page of HTML may be well-formed and is still no response.
  return page.querySelector("parsererror,html:root") ? null : page.documentElement;
}

/** Replaces entities that only HTML has, and removes bare ampersands and characters that XML forbids. */
function repair(text) {
  const known = { __proto__: null };
  const numbered = (entity) => {
    const meant = read(entity, "text/html").body.textContent.replace(FORBIDDEN, "");
    return meant.includes(";") ? "" : [...meant].map((one) => `&#${one.codePointAt()};`).join("");
  };
  return text
    .trim() // XML allows nothing before its declaration; this also removes a byte order mark
    .replace(FORBIDDEN, "")
    .replace(/<!\[CDATA\[[^]*?]]>|&(#?\w+;)?/g, (all, name) => (name ? (known[name] ??= numbered(all)) : all === "&" ? "&amp;" : all));
}

/** Throws Error("not well-formed"), or Error("too large") for more than any city sends. */
export function toJson(text) {
  const root = parse(text) ?? parse(repair(text));
  if (!root) throw new Error("not well-formed");
  let nodes = 0;
  const content = (element, depth) => {
    if (depth > DEPTH || ++nodes > NODES) throw new Error("too large");
    const { attributes, children, childNodes, localName } = element;
    const marked = (what) => [...attributes].some((mark) => what.test(`${mark.localName}=${mark.value}`));
    const named = [...children].map((child) => [child.localName, content(child, depth + 1)]);
    const words = [...childNodes].some(({ nodeType, data }) => (nodeType === 3 || nodeType === 4) && data.trim());
    const isList = LISTS.test(localName) || marked(/^(is_array=true|type=array)$/) || (named.length && named.every(([name]) => name === "item"));
    if (!words && isList) return named.map((pair) => pair[1]);
    // Elements within text are HTML that was not escaped.
    if (words || !named.length) return marked(/^nil=(true|1)$/) ? null : element.textContent.trim();
    const fields = { __proto__: null };
    for (const [name, value] of named) (fields[name] ??= []).push(value);
    const { attribute, ...object } = fields;
    // GeoReport's own sample has attributes directly under the definition; a condition has one by its name.
    if (typeof attribute?.[0] === "string") object.attribute = attribute;
    for (const name in object) if (object[name].length < 2) object[name] = object[name][0];
    if (attribute && !object.attribute) object.attributes = attribute;
    return object;
  };
  return JSON.stringify(content(root, 1));
}
