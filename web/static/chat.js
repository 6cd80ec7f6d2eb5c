// The live side of the chat page: what is said appears by itself, what is sent is kept until it has arrived.
// Rule of the file: the server decides what is shown; this only sends forms, puts fragments in place and keeps the focus.
// A message has one id from the first attempt to the last, so that it counts once however often it is sent.

const page = document.getElementById("isi");
const log = document.getElementById("log");
const keys = document.getElementById("tombol");
const state = document.getElementById("keadaan");
const form = document.getElementById("tulis");
const field = document.getElementById("pesan");
const files = document.getElementById("berkas");
const panel = document.getElementById("lampiran");
const words = page.dataset;
const canLocate = window.isSecureContext && "geolocation" in navigator;

let seen = Number(words.seen);
let source = null;
let live = false;
let losses = 0;
let reconnecting = 0;
let watching = 0;
let later = 0;
let pumping = false;
let held = null;
let wake = () => {};
const queue = restored();

// ---- what is shown ---------------------------------------------------------------------------------

function tell(sentence) {
  if (state.textContent !== sentence) state.textContent = sentence;
}

function nodeOf(html) {
  const holder = document.createElement("template");
  holder.innerHTML = html.trim();
  return holder.content.firstElementChild;
}

function place(bubble) {
  const node = nodeOf(bubble.html);
  const old = document.getElementById(`m${bubble.number}`)
    || (bubble.client && log.querySelector(`[data-client="${CSS.escape(bubble.client)}"]`));
  if (old) {
    // What was redrawn under one's own finger is told by the focus, not read out from the beginning.
    if (old.id && (old.contains(document.activeElement) || held?.bubble === old.id)) node.setAttribute("aria-live", "off");
    old.replaceWith(node);
    return null;
  }
  const after = [...log.children].find((one) => !one.dataset.number || Number(one.dataset.number) > bubble.number);
  log.insertBefore(node, after || null);
  return node.classList.contains("theirs") ? null : node;
}

function apply(changes) {
  const focus = focused() || held;
  let first = null;
  for (const bubble of changes.bubbles) {
    const fresh = place(bubble);
    first = first || fresh;
  }
  const numbers = new Set(changes.numbers.map(String));
  const pressable = new Set(changes.pressable.map(String));
  for (const node of [...log.children]) {
    const number = node.dataset.number;
    if (number ? !numbers.has(number) : !queue.some((item) => item.client === node.dataset.client)) node.remove();
    else if (number && !pressable.has(number)) node.querySelector("form")?.remove();
  }
  seen = changes.revision;
  keys.innerHTML = changes.keyboard;
  if (queue.some((item) => item.locks && !known(item))) lock(true);
  for (const input of document.getElementsByName("seen")) input.value = seen;
  field.placeholder = changes.placeholder || field.dataset.placeholder;
  if (changes.bubbles.length) for (const id of ["awal", "mulai"]) document.getElementById(id)?.remove();
  const before = document.getElementById("sebelum");
  before.hidden = !changes.earlier;
  before.firstElementChild.href = `/chat?before=${changes.earlier}`;
  clearTimeout(later);
  if (changes.waiting) later = setTimeout(refresh, 6500);
  if (first) reveal(first);
  if (changes.waiting) held = focus;
  else refocus(focus, first);
}

// What was just said, with its buttons if both fit on the screen; else from its beginning.
function reveal(first) {
  const room = innerHeight - document.querySelector(".top").offsetHeight - form.offsetHeight - 16;
  const whole = keys.getBoundingClientRect().bottom - first.getBoundingClientRect().top;
  if (whole > room) first.scrollIntoView({ block: "start" });
  else keys.scrollIntoView({ block: "nearest" });
}

function focused() {
  const at = document.activeElement;
  if (!at || at === document.body) return null;
  return { name: at.getAttribute("name"), value: at.value, bubble: at.closest(".bubble")?.id, keys: keys.contains(at), at };
}

// A button that was pressed is gone: the same one in the redrawn bubble, else the first of the new ones, else the words.
// One that waits for its reply takes no focus yet: it is looked for again when the reply is there.
function refocus(was, first) {
  if (!was || (document.contains(was.at) && !was.at.disabled)) return;
  const same = was.bubble && [...(document.getElementById(was.bubble)?.querySelectorAll("button") || [])]
    .find((one) => one.name === was.name && one.value === was.value);
  const next = same || keys.querySelector("button") || first?.querySelector("button");
  held = next?.disabled ? was : null;
  if (held) return;
  if (next) next.focus({ preventScroll: true });
  else if (matchMedia("(pointer: fine)").matches) field.focus({ preventScroll: true });
  else log.focus({ preventScroll: true });
}

function known(item) {
  return log.querySelector(`[data-client="${item.client}"][data-number]`);
}

// Buttons of an answered prompt are not pressed again: they wait for the next prompt. A button that is disabled loses
// the focus, so where it was is remembered.
function lock(locked) {
  if (locked) held = focused() || held;
  for (const button of keys.querySelectorAll("button")) button.disabled = locked;
}

// ---- the line --------------------------------------------------------------------------------------

function connect() {
  clearTimeout(reconnecting);
  source?.close();
  source = new EventSource(`/chat/events?after=${seen}`);
  source.addEventListener("open", alive);
  source.addEventListener("ping", alive);
  source.addEventListener("changes", (event) => {
    alive();
    apply(JSON.parse(event.data));
  });
  source.addEventListener("error", lost);
}

function alive() {
  if (!live) tell(queue.length && pumping ? state.textContent : "");
  live = true;
  losses = 0;
  clearTimeout(watching);
  watching = setTimeout(lost, 40000);
  wake();
}

function lost() {
  source.close();
  live = false;
  losses += 1;
  clearTimeout(watching);
  clearTimeout(reconnecting);
  if (losses < 3) tell(words.lost);
  else refresh(); // a proxy may hold back streams and still let questions through
  reconnecting = setTimeout(connect, pause(losses));
}

function pause(times) {
  return Math.min(30000, 1000 * 2 ** Math.min(times - 1, 5)) * (0.5 + Math.random() / 2);
}

async function refresh() {
  try {
    const response = await fetch(`/chat/changes?after=${seen}`, { headers: { Accept: "application/json" } });
    if (!response.ok) throw new Error(response.status);
    apply(await response.json());
    if (!queue.length) tell("");
  } catch {
    tell(words.lost);
  }
}

// ---- what is sent ----------------------------------------------------------------------------------

function restored() {
  try {
    const kept = JSON.parse(sessionStorage.getItem("unsent") || "null");
    return kept && kept.mark === words.mark ? kept.items : [];
  } catch {
    return [];
  }
}

function keep() {
  const items = queue.filter((item) => !item.file);
  try {
    sessionStorage.setItem("unsent", JSON.stringify({ mark: words.mark, items }));
  } catch { /* a full or closed store: what is unsent lives as long as the page */ }
}

function send(fields, { shown = "", locks = false, file = null, button = null } = {}) {
  const client = name();
  const item = { client, fields, shown, locks, file, button, seen };
  queue.push(item);
  if (shown) draw(item);
  if (locks) lock(true);
  if (button) {
    held = focused() || held;
    button.disabled = true;
  }
  keep();
  pump();
}

function name() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

function draw(item) {
  const node = document.createElement("div");
  node.className = "bubble theirs pending";
  node.dataset.client = item.client;
  const who = document.createElement("span");
  const said = document.createElement("p");
  const sending = document.createElement("span");
  who.className = "who";
  who.textContent = words.you;
  said.className = "said";
  said.textContent = item.shown;
  sending.className = "sending";
  sending.textContent = words.sending;
  node.append(who, said, sending);
  log.append(node);
  node.scrollIntoView({ block: "nearest" });
}

async function pump() {
  if (pumping) return;
  pumping = true;
  for (let tries = 1; queue.length; ) {
    const item = queue[0];
    let wait = 0;
    try {
      const response = await fetch("/chat", {
        method: "POST", body: bodyOf(item), headers: { Accept: "application/json" },
        signal: AbortSignal.timeout?.(item.file ? 300000 : 30000),
      });
      const told = await response.json().catch(() => ({}));
      if (response.ok) settle(item, told);
      else if (response.status === 429 || response.status >= 500) {
        wait = 1000 * Number(response.headers.get("Retry-After") || 0) || pause(tries);
        tell(told.error || words.unsent);
      } else refuse(item, told.error || words.failed);
    } catch {
      wait = pause(tries);
      tell(words.unsent);
    }
    if (wait) {
      tries += 1;
      await new Promise((done) => { wake = done; setTimeout(done, wait); });
    } else tries = 1;
  }
  pumping = false;
}

function bodyOf(item) {
  const body = new FormData();
  body.set("ticket", form.elements.ticket.value);
  body.set("client", item.client);
  body.set("seen", seen);
  if (live) body.set("live", "1");
  for (const [key, value] of Object.entries(item.fields)) body.set(key, value);
  if (item.file) body.set("file", item.file, item.file.name);
  return body;
}

function done(item) {
  queue.splice(queue.indexOf(item), 1);
  if (item.button) {
    item.button.disabled = false;
    if (held?.at === item.button && document.activeElement === document.body) item.button.focus();
  }
  keep();
}

function settle(item, told) {
  done(item);
  tell("");
  const node = log.querySelector(`[data-client="${item.client}"]`);
  if (node && !node.dataset.number) node.querySelector(".sending").textContent = "";
  node?.classList.remove("pending");
  if (told.changes) apply(told.changes);
  else if (!live) refresh();
  else if (seen > item.seen && !queue.some((other) => other.locks)) lock(false);
}

function refuse(item, sentence) {
  done(item);
  log.querySelector(`[data-client="${item.client}"]:not([data-number])`)?.remove();
  lock(false);
  if (item.fields.text && item.shown && !field.value) field.value = item.fields.text;
  tell(sentence);
}

// Photos of a phone are larger than anybody needs to see, and carry where they were taken.
async function lighter(file) {
  if (!/^image\/(jpeg|png|webp)$/.test(file.type) || file.size < 1000000) return file;
  try {
    const picture = await createImageBitmap(file, { imageOrientation: "from-image" });
    const scale = Math.min(1, 2048 / Math.max(picture.width, picture.height));
    const canvas = document.createElement("canvas");
    canvas.width = Math.round(picture.width * scale);
    canvas.height = Math.round(picture.height * scale);
    canvas.getContext("2d").drawImage(picture, 0, 0, canvas.width, canvas.height);
    const blob = await new Promise((made) => canvas.toBlob(made, "image/jpeg", 0.85));
    return blob && blob.size < file.size ? new File([blob], file.name.replace(/\.\w+$/, "") + ".jpg", { type: "image/jpeg" }) : file;
  } catch {
    return file;
  }
}

async function sendFiles(text) {
  const chosen = [...files.files];
  const album = chosen.length > 1 ? name() : "";
  files.value = "";
  panel.open = false;
  for (const [index, original] of chosen.entries()) {
    const file = await lighter(original);
    if (file.size > Number(words.largest)) {
      tell(words.large);
      continue;
    }
    const caption = index === 0 ? text : "";
    send({ text: caption, album }, { shown: [`📎 ${file.name}`, caption].filter(Boolean).join("\n"), file });
  }
}

function locate() {
  tell(words.locating);
  panel.open = false;
  navigator.geolocation.getCurrentPosition(({ coords }) => {
    tell("");
    send({ latitude: coords.latitude, longitude: coords.longitude, accuracy: coords.accuracy || 0 },
      { shown: `${words.place}: ${coords.latitude.toFixed(5)}, ${coords.longitude.toFixed(5)}`, locks: true });
  }, () => tell(words.nowhere), { enableHighAccuracy: true, timeout: 20000 });
}

function grow() {
  if (CSS.supports("field-sizing", "content")) return;
  field.style.height = "auto";
  field.style.height = `${field.scrollHeight + 4}px`;
}

document.addEventListener("submit", (event) => {
  const target = event.target;
  const button = event.submitter;
  if (target.getAttribute("action") === "/chat/noted") {
    event.preventDefault();
    fetch("/chat/noted", { method: "POST", body: new FormData(target), headers: { Accept: "application/json" } })
      .then(refresh, () => tell(words.failed));
    return;
  }
  if (target.getAttribute("action") !== "/chat") return;
  event.preventDefault();
  if (target === form) {
    const text = field.value;
    if (!text.trim() && !files.files.length) return;
    field.value = "";
    grow();
    if (files.files.length) sendFiles(text);
    else send({ text }, { shown: text, locks: true });
  } else if (button?.name === "press") {
    send({ press: button.value, under: target.elements.under.value }, { button });
  } else if (button) {
    send({ text: button.value }, { shown: button.textContent.trim(), locks: true });
    document.getElementById("mulai")?.remove();
  }
});

document.addEventListener("click", (event) => {
  if (event.target.closest("[data-ask=location]")) locate();
});

field.addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || event.shiftKey || event.isComposing || !matchMedia("(pointer: fine)").matches) return;
  event.preventDefault();
  form.requestSubmit();
});
field.addEventListener("input", grow);

addEventListener("online", () => {
  losses = 0;
  connect();
  wake();
});
addEventListener("pagehide", () => source?.close());
addEventListener("pageshow", (event) => event.persisted && connect());

if (canLocate) document.documentElement.classList.add("live");
for (const item of queue) if (item.shown) draw(item);
const newest = document.getElementById("baru")?.nextElementSibling || log.lastElementChild;
if (newest) reveal(newest);
connect();
pump();
