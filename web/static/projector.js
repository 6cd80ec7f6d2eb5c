// The projector's page: the code is asked for anew before it changes, and how many are in every few seconds.
// Rule of the file: the server says what is shown; where it cannot be reached the page says so and goes on trying.

const page = document.getElementById("isi");
const words = page.dataset;
const part = (name) => document.getElementById(name);
const EVERY = 5;

let left = 0;
let shown = "";
let since = 0;

function show(found) {
  part("judul").textContent = found.title;
  part("hari").textContent = found.day;
  part("kode").hidden = part("hadir").hidden = !found.code;
  part("kata").textContent = found.words;
  part("hadir").textContent = found.there;
  left = found.left;
  if (found.code && found.code !== shown) {
    shown = found.code;
    part("angka").textContent = found.spaced;
    part("gambar").src = `${words.picture}?code=${found.code}`;
  }
}

async function ask() {
  try {
    const answer = await fetch(words.now, { redirect: "error", cache: "no-store" });
    if (!answer.ok) throw new Error(String(answer.status));
    show(await answer.json());
    part("keadaan").textContent = "";
  } catch {
    part("keadaan").textContent = words.lost;
  }
}

async function tick() {
  left -= 1;
  since += 1;
  if (left <= 0 || since >= EVERY) {
    since = 0;
    await ask();
  }
  part("sisa").textContent = words.next.replace("{seconds}", Math.max(0, left));
  setTimeout(tick, 1000);
}

await ask();
tick();
