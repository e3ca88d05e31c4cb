// Finds what a person would find in a widget: by role and name, in what is drawn, through the
// shadow root. Called as the body of a function with (task, host, ...words).
const [task, nth, ...words] = arguments;
const host = document.getElementsByTagName("front-door").item(nth);
const spaced = (text) => text.replace(/[\s\u00a0\u202f]+/g, " ").trim();

// The tree as it is drawn: what is in a slot stands where the slot is.
const inside = (node) => {
  if (node.shadowRoot) return node.shadowRoot.childNodes;
  if (node.localName === "slot") return node.assignedNodes({ flatten: true });
  return node.childNodes;
};
const isHidden = (node) => {
  if (node.getAttribute("aria-hidden") === "true" || /^(style|script)$/.test(node.localName)) return true;
  // What has no box of its own, such as a slot, is never “visible”, but what is in it may be.
  return getComputedStyle(node).display !== "contents" && !node.checkVisibility({ visibilityProperty: true });
};

const textOf = (node) => {
  if (node.nodeType === Node.TEXT_NODE) return node.nodeValue;
  if (node.nodeType !== Node.ELEMENT_NODE || isHidden(node)) return "";
  if (node.localName === "option" && !node.selected) return "";
  let text = "";
  for (const child of inside(node)) text += textOf(child);
  return getComputedStyle(node).display.startsWith("inline") ? text : ` ${text} `;
};

const inputRoles = { search: "searchbox", checkbox: "checkbox", radio: "radio", submit: "button", button: "button" };
const tagRoles = { button: "button", select: "combobox", textarea: "textbox", fieldset: "group", li: "listitem", dt: "term", dd: "definition" };
const roleOf = (node) => {
  const stated = node.getAttribute("role");
  if (stated) return stated;
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
  for (const child of inside(node)) {
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
  // roles, name, group: the one element of these roles and this name, in the group of that name if there is one.
  find(roles, name, group) {
    let within = host ?? document.body;
    if (group) {
      const groups = Array.from(all(within)).filter((node) => roleOf(node) === "group");
      within = groups.find((node) => nameOf(node) === group) ?? groups.find((node) => nameOf(node).startsWith(group));
      if (!within) return `no group “${group}”, but ${groups.map(nameOf).join(" | ")}`;
    }
    const known = roles.split(" ");
    const fitting = Array.from(all(within)).filter((node) => known.includes(roleOf(node)));
    const exact = fitting.filter((node) => nameOf(node) === name);
    const found = exact.length ? exact : fitting.filter((node) => nameOf(node).startsWith(name));
    if (found.length === 1) return found[0];
    const names = (found.length ? found : fitting).map((node) => `${roleOf(node)} “${nameOf(node)}”`);
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
    if (!node || node === document.body) return "\n\n";
    const own = roleOf(node) || node.localName;
    return `${own}\n${nameOf(node)}\n${node.id}`;
  },
  described(roles, name) {
    const node = tasks.find(roles, name);
    if (typeof node === "string") return node;
    const ids = (node.getAttribute("aria-describedby") ?? node.closest("fieldset")?.getAttribute("aria-describedby") ?? "").split(/\s+/);
    return spaced(ids.map((id) => node.getRootNode().getElementById(id)).map((part) => (part ? textOf(part) : "")).join(" "));
  },
};
return tasks[task](...words);
