// A notice of the device's own, while the page is open. Browsers on phones that show notices only for an
// installed service worker cannot: the constructor throws, and nobody is told that they would be.

/** Asks the resident whether notices may be shown, and shows a first one; false if there will be none. */
export async function ask(words, language) {
  try {
    return (await Notification.requestPermission()) === "granted" && show(words, "", language, "front-door");
  } catch {
    return false; // none in this browser, or on a page without TLS
  }
}

/** Shows a notice in the place of the one before with the same tag. A press brings the page back. */
export function show(title, body, lang, tag) {
  try {
    const notice = new Notification(title, { body, lang, tag });
    notice.onclick = () => {
      focus();
      notice.close();
    };
    return true;
  } catch {
    return false;
  }
}
