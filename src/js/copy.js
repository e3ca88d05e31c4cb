// What a resident takes along: as a file, on paper without the city's page around it, on the clipboard, or
// by whatever the device shares with.

/** Offers `text` as a file to keep. */
export function save(name, type, text) {
  const url = URL.createObjectURL(new Blob([text], { type }));
  const link = document.createElement("a");
  link.href = url;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 60_000); // some browsers read it only once the resident has agreed
}

/** Offers `html` as a file to keep. */
export function download(name, html) {
  save(name, "text/html", html);
}

/** Prints `html` alone: a frame of its own, because printing a part of a page prints the page. */
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
    setTimeout(done, 60_000); // phones print from a copy and do not say when they are done
  };
  frame.srcdoc = html;
  root.append(frame);
}

/** Puts `text` on the clipboard; false where the browser does not let it. */
export async function copy(root, text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    // Missing on a page without TLS, refused in a frame that was not given the right to it.
  }
  const { activeElement } = root.getRootNode();
  const area = document.createElement("textarea");
  area.className = "vh";
  area.readOnly = true; // a phone would bring up its keyboard
  area.value = text;
  root.append(area); // inside the widget: what is outside an open dialog cannot have the focus
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

/**
 * Shares an address, or copies it where the device cannot: "shared", "copied", "dismissed" by the resident,
 * or "failed".
 */
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
