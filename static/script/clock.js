// Counts down to the moment at which the server says that time is up, and finishes then. The server decides: whatever
// this page believes, an answer that comes more than a minute late is not taken.
"use strict";
(() => {
  const clock = document.getElementById("clock");
  const form = document.getElementById("time-up");
  if (!clock) return;
  const words = clock.querySelector("span");
  const ends = performance.now() + Number(clock.dataset.seconds) * 1000;
  const spoken = [300, 60]; // said aloud once each
  let timer = 0;

  function left() {
    return Math.max(0, Math.round((ends - performance.now()) / 1000));
  }

  function speak(seconds) {
    const note = document.createElement("p");
    note.className = "off";
    note.setAttribute("role", "status");
    document.body.append(note);
    note.textContent = seconds >= 120 ? Math.round(seconds / 60) + " minutes left." : "One minute left.";
  }

  function tick() {
    const seconds = left();
    words.textContent = "Time left: " + Math.floor(seconds / 60) + ":" + String(seconds % 60).padStart(2, "0");
    if (spoken.length && seconds <= spoken[0] && seconds > 0) {
      while (spoken.length && seconds <= spoken[0]) spoken.shift();
      speak(seconds);
    }
    if (seconds === 0) {
      window.clearInterval(timer);
      end();
    }
  }

  // What is under way gets a moment; without a connection the page waits, and the answer with it.
  function end() {
    words.textContent = "Time is up";
    const busy = document.querySelector("#saved.busy, #saved.late");
    if (!form) return;
    if (busy || !navigator.onLine) window.setTimeout(end, 1000);
    else form.requestSubmit();
  }

  while (spoken.length && left() <= spoken[0]) spoken.shift();
  tick();
  timer = window.setInterval(tick, 1000);
})();
