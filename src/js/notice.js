// Notifications of the device while the page is open. Browsers on phones show them only for a service worker: there the
// constructor throws, and no notification is promised.

/** Asks for permission to notify and shows a first notification; false when there will be none. */
export async function ask(text, language) {
  try {
    return (await Notification.requestPermission()) === "granted" && show(text, "", language, "front-door");
  } catch {
    return false; // not in this browser, or not on a page without TLS
  }
}

/** Shows a notification, replacing the previous one with the same tag. A press brings the page to the front. */
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
