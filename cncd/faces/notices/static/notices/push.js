// Lets this device be woken, and says in words where it stands; the browser is asked on a press only.

const part = document.getElementById("push"), { key, allow, end, user, worker } = part.dataset;
const token = document.querySelector("[name=csrfmiddlewaretoken]").value;
const MINE = "woken-for"; // whose notices this browser was told to show

function show(state) {
  for (const each of part.querySelectorAll("[data-state]")) each.hidden = !each.dataset.state.split(" ").includes(state);
}

const post = (address, fields) => fetch(address, { method: "POST", headers: { "X-CSRFToken": token }, body: new URLSearchParams(fields) });

function octets(text) {
  const plain = atob(text.replace(/-/g, "+").replace(/_/g, "/"));
  return Uint8Array.from(plain, (each) => each.charCodeAt(0));
}

const text = (buffer) => btoa(String.fromCharCode(...new Uint8Array(buffer))).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");

async function registration() {
  if (!(await navigator.serviceWorker.getRegistration("/"))) await navigator.serviceWorker.register(worker, { type: "module", scope: "/" });
  return Promise.race([navigator.serviceWorker.ready, new Promise((_, fail) => setTimeout(fail, 8000))]);
}

/** The browser's permission to wake it, for our key; one made for an earlier key is let go. */
async function subscribed(manager, make) {
  const held = await manager.getSubscription();
  if (held && text(held.options.applicationServerKey) === key) return held;
  await held?.unsubscribe();
  return make ? manager.subscribe({ userVisibleOnly: true, applicationServerKey: octets(key) }) : null;
}

async function tellServer(found) {
  const { keys, endpoint } = found.toJSON();
  const answer = await post(allow, { endpoint, ...keys });
  if (!answer.ok) throw new Error(answer.status);
  localStorage.setItem(MINE, user);
}

async function turnOn() {
  show("busy");
  if ((await Notification.requestPermission()) !== "granted") return begin();
  try {
    await tellServer(await subscribed((await registration()).pushManager, true));
    show("on");
  } catch {
    show("failed");
  }
}

async function turnOff() {
  show("busy");
  const found = await (await registration()).pushManager.getSubscription();
  localStorage.removeItem(MINE);
  if (found) await Promise.allSettled([post(end, { endpoint: found.endpoint }), found.unsubscribe()]);
  show("off");
}

function cannot() {
  if (!isSecureContext) return "insecure";
  if ("PushManager" in window && "Notification" in window && "serviceWorker" in navigator) return "";
  return /iPhone|iPad/.test(navigator.userAgent) ? "apple" : "unable";
}

async function begin() {
  const why = cannot() || (Notification.permission === "denied" ? "denied" : "");
  if (why) return show(why);
  show("off");
  if (Notification.permission !== "granted" || localStorage.getItem(MINE) !== user) return;
  // Said again at each visit: the sign-in may be a new one.
  const found = await subscribed((await registration()).pushManager, true);
  await tellServer(found);
  show("on");
}

part.querySelector("#push-on").addEventListener("click", turnOn);
part.querySelector("#push-off").addEventListener("click", turnOff);
begin().catch(() => show("failed"));
