// Moves the progress bars on a page while their jobs run, and loads the page anew when one is over.
// A page works without this: it then refreshes itself (see templates/macros/job.html).
"use strict";

const SOONEST = 1000, LATEST = 30000;

function follow(box) {
  const bar = box.querySelector("progress"), text = box.querySelector("[data-standing]");
  let pause = SOONEST;

  async function look() {
    try {
      const answer = await fetch(box.dataset.job, { headers: { Accept: "application/json" } });
      if (!answer.ok || answer.redirected) throw new Error(answer.statusText);
      const job = await answer.json();
      if (job.over) return window.location.reload();
      text.textContent = job.standing;
      if (job.percent === null) bar.removeAttribute("value");
      else bar.value = job.percent;
      pause = SOONEST;
    } catch {
      pause = Math.min(2 * pause, LATEST);
    }
    window.setTimeout(look, pause);
  }

  window.setTimeout(look, pause);
}

document.querySelectorAll("[data-job]").forEach(follow);
