// Redraws the answer beside the sliders as one moves them. Without this script the button does the same.
"use strict";

const form = document.getElementById("sliders");
let asked = 0;

async function redraw() {
  const mine = ++asked;
  const address = `${form.action}?${new URLSearchParams(new FormData(form))}`;
  const answer = await fetch(address, { headers: { Accept: "text/html" } });
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  if (mine !== asked || !page.getElementById("result")) return;
  for (const part of [".head", "#result"]) {
    document.querySelector(`#answer ${part}`).replaceWith(page.querySelector(`#answer ${part}`));
  }
  for (const told of page.querySelectorAll("#sliders output")) {
    document.querySelector(`#sliders output[for="${CSS.escape(told.htmlFor.value)}"]`).replaceWith(told);
  }
  for (const hidden of page.querySelectorAll("#publish input[type=hidden]")) {
    const here = document.querySelector(`#publish input[name="${CSS.escape(hidden.name)}"]`);
    if (here && hidden.name !== "csrf_token") here.value = hidden.value;
  }
  history.replaceState(null, "", address);
}

form.addEventListener("change", redraw);
form.addEventListener("submit", (event) => {
  event.preventDefault();
  redraw();
});
