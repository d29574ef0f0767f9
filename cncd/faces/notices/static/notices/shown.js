// What the service worker does with a push, and with a tap on what it shows. It imports nothing.

const BUSY = /\/(log|write|entry|edit|add|new|account)\//; // pages where somebody may be typing

/** Shows what came: {title, body, address, tag}. The same tag takes the place of what is shown. */
export function showPush(event) {
  const { title, body, address, tag } = event.data.json();
  const icon = new URL("../phone/icon-192.png", import.meta.url).href;
  event.waitUntil(self.registration.showNotification(title, {
    body, tag, icon, lang: "vi", renotify: Boolean(tag), data: { address },
  }));
}

/** Opens its page: in a window that is open, unless somebody may be typing there. */
export function openPush(event) {
  event.notification.close();
  event.waitUntil(open(event.notification.data?.address ?? "/notices/"));
}

async function open(address) {
  const wanted = new URL(address, location.origin);
  if (wanted.origin !== location.origin) return;
  const windows = await clients.matchAll({ type: "window" });
  const free = windows.find((each) => !BUSY.test(new URL(each.url).pathname));
  if (!free) return clients.openWindow(wanted.href);
  await free.focus();
  await free.navigate(wanted.href);
}
