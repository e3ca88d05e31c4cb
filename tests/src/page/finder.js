// Finds what a person would find in a widget: by role and name, among rendered elements, through the
// shadow root. Called as the body of a function with (task, index of the widget, ...arguments of the task).
const [task, nth, ...rest] = arguments;
const host = document.getElementsByTagName("front-door").item(nth);
const spaced = (text) => text.replace(/[\s\u00a0\u202f]+/g, " ").trim();

// The flat tree: slotted nodes are where their slot is.
const childrenOf = (node) => {
  if (node.shadowRoot) return node.shadowRoot.childNodes;
  if (node.localName === "slot") return node.assignedNodes({ flatten: true });
  return node.childNodes;
};
const isHidden = (node) => {
  if (node.getAttribute("aria-hidden") === "true" || /^(style|script)$/.test(node.localName)) return true;
  // An element without a box, such as a slot, is never “visible”, but its contents may be.
  return getComputedStyle(node).display !== "contents" && !node.checkVisibility({ visibilityProperty: true });
};

const textOf = (node) => {
  if (node.nodeType === Node.TEXT_NODE) return node.nodeValue;
  if (node.nodeType !== Node.ELEMENT_NODE || isHidden(node)) return "";
  if (node.localName === "option" && !node.selected) return "";
  let text = "";
  for (const child of childrenOf(node)) text += textOf(child);
  return getComputedStyle(node).display.startsWith("inline") ? text : ` ${text} `;
};

const inputRoles = { search: "searchbox", checkbox: "checkbox", radio: "radio", submit: "button", button: "button" };
const tagRoles = { button: "button", select: "combobox", textarea: "textbox", fieldset: "group", li: "listitem", dt: "term", dd: "definition" };
const roleOf = (node) => {
  const explicit = node.getAttribute("role");
  if (explicit) return explicit;
  const tag = node.localName;
  if (tag === "a") return node.hasAttribute("href") ? "link" : "";
  if (tag === "input") return inputRoles[node.type] ?? "textbox";
  if (/^h[1-6]$/.test(tag)) return "heading";
  return tagRoles[tag] ?? "";
};
const nameOf = (node) => {
  const label = node.getAttribute("aria-label");
  if (label) return spaced(label);
  const by = node.getAttribute("aria-labelledby");
  if (by) return spaced(by.split(/\s+/).map((id) => textOf(node.getRootNode().getElementById(id))).join(" "));
  if (node.labels?.length) return spaced(Array.from(node.labels, textOf).join(" "));
  if (node.localName === "fieldset") return spaced(textOf(node.querySelector("legend") ?? document.createTextNode("")));
  if (/^(input|select|textarea)$/.test(node.localName)) return "";
  return spaced(textOf(node));
};
function* all(node) {
  for (const child of childrenOf(node)) {
    if (child.nodeType !== Node.ELEMENT_NODE || isHidden(child)) continue;
    yield child;
    yield* all(child);
  }
}
const active = () => {
  let node = document.activeElement;
  while (node?.shadowRoot?.activeElement) node = node.shadowRoot.activeElement;
  return node;
};

const tasks = {
  // The one element with one of these roles and this name, inside the group of that name if one is given.
  // An exact name wins over the beginning of a name. Returns a description of the problem if there is not exactly one.
  find(roles, name, group) {
    let within = host ?? document.body;
    if (group) {
      const groups = Array.from(all(within)).filter((node) => roleOf(node) === "group");
      within = groups.find((node) => nameOf(node) === group) ?? groups.find((node) => nameOf(node).startsWith(group));
      if (!within) return `no group “${group}”, but ${groups.map(nameOf).join(" | ")}`;
    }
    const wanted = roles.split(" ");
    const candidates = Array.from(all(within)).filter((node) => wanted.includes(roleOf(node)));
    const exact = candidates.filter((node) => nameOf(node) === name);
    const found = exact.length ? exact : candidates.filter((node) => nameOf(node).startsWith(name));
    if (found.length === 1) return found[0];
    const names = (found.length ? found : candidates).map((node) => `${roleOf(node)} “${nameOf(node)}”`);
    return `${found.length} of ${roles} “${name}”, among ${names.join(" | ")}`;
  },
  names(role) {
    return Array.from(all(host)).filter((node) => roleOf(node) === role).map(nameOf).join("\n");
  },
  text() {
    return host ? spaced(textOf(host)) : spaced(textOf(document.body));
  },
  focus() {
    const node = active();
    if (!node || node === document.body) return { role: "", name: "", id: "" };
    return { role: roleOf(node) || node.localName, name: nameOf(node), id: node.id };
  },
  // The text that aria-describedby adds to a field: hint and error.
  described(roles, name) {
    const node = tasks.find(roles, name);
    if (typeof node === "string") return node;
    const ids = (node.getAttribute("aria-describedby") ?? node.closest("fieldset")?.getAttribute("aria-describedby") ?? "").split(/\s+/);
    return spaced(ids.map((id) => node.getRootNode().getElementById(id)).map((part) => (part ? textOf(part) : "")).join(" "));
  },
};
return tasks[task](...rest);
