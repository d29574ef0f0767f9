/* Photos are made small as they are chosen: at most 200 kB each, upright, without place and time.
   Those chosen later join those chosen before; each can be left out again. */
const MOST_BYTES = 200_000;
const STEPS = [[1600, 0.8], [1600, 0.65], [1280, 0.65], [1280, 0.5], [1024, 0.5], [800, 0.45], [640, 0.4], [480, 0.3]];
const HEIC = /\.hei[cf]$|image\/hei[cf]/i;
const chosen = new WeakMap(); // input → the small files

async function shrunk(file) {
  const picture = new Image(), address = URL.createObjectURL(file);
  try {
    picture.src = address;
    await picture.decode(); // fails for what is no picture; turned as the camera says
    for (const [side, quality] of STEPS) {
      const blob = await drawn(picture, side, quality);
      if (blob && blob.size <= MOST_BYTES) return new File([blob], `${file.name.replace(/\.\w+$/, "")}.jpg`, { type: "image/jpeg" });
    }
  } finally {
    URL.revokeObjectURL(address);
    picture.src = "";
  }
  throw new Error("too large");
}

async function drawn(picture, side, quality) {
  const scale = Math.min(1, side / Math.max(picture.naturalWidth, picture.naturalHeight));
  const canvas = document.createElement("canvas");
  canvas.width = Math.max(1, Math.round(picture.naturalWidth * scale));
  canvas.height = Math.max(1, Math.round(picture.naturalHeight * scale));
  const pen = canvas.getContext("2d");
  if (!pen) return null; // too large for this phone: the next one is smaller
  pen.fillStyle = "#fff";
  pen.fillRect(0, 0, canvas.width, canvas.height);
  pen.imageSmoothingQuality = "high";
  pen.drawImage(picture, 0, 0, canvas.width, canvas.height);
  const blob = await new Promise((done) => canvas.toBlob(done, "image/jpeg", quality));
  canvas.width = canvas.height = 0; // frees its memory at once
  return blob;
}

async function add(input) {
  const words = input.dataset, files = [...input.files], small = chosen.get(input) ?? [], faults = [];
  chosen.set(input, small);
  input.dataset.busy = "1";
  for (const [place, file] of files.entries()) { // one after the other: a cheap phone has little memory
    say(input, words.shrinking.replace("##", files.length).replace("#", place + 1));
    if (small.length >= Number(words.most)) {
      faults.push(words.many);
      break;
    }
    try {
      small.push(await shrunk(file));
    } catch {
      faults.push((HEIC.test(file.name + file.type) ? words.heic : words.unreadable).replace("#", file.name));
    }
  }
  delete input.dataset.busy;
  carry(input, small);
  say(input, faults.join(" "), faults.length > 0);
  input.dispatchEvent(new Event("shrunk"));
}

function carry(input, small) {
  const all = new DataTransfer();
  for (const file of small) all.items.add(file);
  input.files = all.files;
  chosen.set(input, small);
  show(input, small);
}

function box(input) {
  let found = input.parentElement.querySelector(".photo-picks");
  if (!found) {
    found = document.createElement("div");
    found.className = "photo-picks";
    found.append(document.createElement("p"), document.createElement("ul"));
    found.firstChild.setAttribute("role", "status");
    input.after(found);
  }
  return found;
}

function say(input, text, isFault = false) {
  const told = box(input).firstChild;
  told.textContent = text;
  told.classList.toggle("field-errors", isFault);
}

function show(input, small) {
  const list = box(input).lastChild;
  for (const old of list.querySelectorAll("img")) URL.revokeObjectURL(old.src);
  list.replaceChildren(...small.map((file, place) => {
    const item = document.createElement("li"), picture = document.createElement("img"), away = document.createElement("button");
    picture.src = URL.createObjectURL(file);
    picture.alt = input.dataset.named.replace("#", place + 1);
    away.type = "button";
    away.className = "btn btn-outline-primary btn-sm";
    away.textContent = input.dataset.remove;
    away.setAttribute("aria-label", `${input.dataset.remove}: ${picture.alt}`);
    away.addEventListener("click", () => {
      carry(input, small.filter((each) => each !== file));
      say(input, "");
      input.focus();
    });
    item.append(picture, away);
    return item;
  }));
}

for (const input of document.querySelectorAll("input[type=file][data-shrink]")) {
  input.addEventListener("change", () => add(input));
  input.addEventListener("filled", () => carry(input, [...input.files]));
  input.form.addEventListener("reset", () => { carry(input, []); say(input, ""); });
}

// What is sent while a photo is still being made small waits for it.
addEventListener("submit", (event) => {
  const busy = event.target.querySelector("input[data-shrink][data-busy]"), button = event.submitter;
  if (!busy) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  busy.addEventListener("shrunk", () => event.target.requestSubmit(button), { once: true });
}, true);
