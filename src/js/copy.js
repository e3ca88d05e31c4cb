// Ways to take a text along: as a file, printed without the page around the widget, on the clipboard, or shared with what
// the device offers.

/** Offers `text` as a file to save. */
export function save(name, type, text) {
  const url = URL.createObjectURL(new Blob([text], { type }));
  const link = document.createElement("a");
  link.href = url;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 60_000); // some browsers read it only after the resident has confirmed
}

/** Offers `html` as a file to save. */
export function download(name, html) {
  save(name, "text/html", html);
}

/** Prints `html` alone, in a frame of its own, because browsers print whole pages only. */
export function print(root, html) {
  const frame = document.createElement("iframe");
  frame.className = "vh";
  frame.tabIndex = -1;
  frame.setAttribute("aria-hidden", "true");
  frame.onload = () => {
    const inside = frame.contentWindow;
    const done = () => setTimeout(() => frame.remove());
    inside.addEventListener("afterprint", done);
    inside.focus();
    inside.print();
    setTimeout(done, 60_000); // phones print a copy and do not report when they are done
  };
  frame.srcdoc = html;
  root.append(frame);
}

/** Puts `text` on the clipboard; false when the browser refuses. */
export async function copy(root, text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    // Missing on pages without TLS, refused in frames without the permission.
  }
  const { activeElement } = root.getRootNode();
  const area = document.createElement("textarea");
  area.className = "vh";
  area.readOnly = true; // otherwise a phone opens its keyboard
  area.value = text;
  root.append(area); // inside the widget: elements outside an open dialog cannot get the focus
  try {
    area.focus({ preventScroll: true });
    area.setSelectionRange(0, text.length); // select() selects nothing on older iPhones
    return document.execCommand("copy");
  } catch {
    return false;
  } finally {
    area.remove();
    activeElement?.focus({ preventScroll: true });
  }
}

/** Whether the device has a way to share. */
export function canShare() {
  return typeof navigator.share === "function";
}

/** Shares an address, or copies it where the device cannot share: "shared", "copied", "dismissed" by the resident, "failed". */
export async function share(root, title, text, url) {
  try {
    if (canShare()) {
      await navigator.share({ title, text, url });
      return "shared";
    }
  } catch (error) {
    if (error.name === "AbortError") return "dismissed";
  }
  return (await copy(root, url)) ? "copied" : "failed";
}
