// Fetches what was read from a label once it is read; without this it shows with the next page.
const TRIES = 15;
const PAUSE = 2000;
const place = document.getElementById("label-read");
let left = 0;

async function look() {
  left -= 1;
  try {
    const answer = await fetch(place.dataset.from, { headers: { Accept: "text/html" } });
    if (answer.ok) place.innerHTML = await answer.text();
  } catch {
    left = 0;
  }
  if (left > 0 && place.querySelector("[data-waiting]")) setTimeout(look, PAUSE);
}

function begin() {
  const sleeping = left <= 0;
  left = TRIES;
  if (sleeping) setTimeout(look, PAUSE);
}

document.addEventListener("photo-kept", begin);
if (place.querySelector("[data-waiting]")) begin();
