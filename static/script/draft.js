// Keeps what is typed into a form with data-draft, a moment after the last key. The page works without it.
"use strict";
for (const form of document.querySelectorAll("form[data-draft]")) {
  const told = form.querySelector("[role=status]");
  let waiting = 0;
  let left = false;
  const keep = async () => {
    waiting = 0;
    told.textContent = "Keeping your draft";
    try {
      const answer = await fetch(form.dataset.draft, { method: "POST", body: new FormData(form), redirect: "error" });
      told.textContent = answer.ok ? "Draft kept, seen by you alone" : (await answer.json()).told;
      told.className = answer.ok ? "saved" : "saved late";
    } catch {
      told.textContent = "Not kept yet: tried again as you go on typing";
      told.className = "saved late";
    }
  };
  form.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(keep, 800);
  });
  form.addEventListener("submit", () => {
    left = true;
    clearTimeout(waiting);
  });
  addEventListener("pagehide", () => {
    if (waiting && !left) navigator.sendBeacon(form.dataset.draft, new FormData(form));
  });
}
