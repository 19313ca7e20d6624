// Keeps each answer as it is given. The mark "Saved" comes from the server after the answer is durable, never before.
// A connection that drops: answers wait in this browser, are sent again with growing delay, and the mark says so.
"use strict";
(() => {
  const form = document.getElementById("answer");
  const mark = document.getElementById("saved");
  let sequence = Number(form.dataset.sequence);
  let waiting = null; // the newest answer that is not acknowledged yet
  let sending = false;
  let delay = 1000;
  let timer = 0;

  const say = (text) => { mark.textContent = text; };

  async function send() {
    if (sending || !waiting) return;
    sending = true;
    const body = waiting;
    try {
      const answer = await fetch(form.dataset.save, { method: "POST", body, headers: { "X-Requested-With": "fetch" } });
      if (!answer.ok && answer.status !== 409) throw new Error(String(answer.status));
      const told = await answer.json();
      if (waiting === body) waiting = null;
      delay = 1000;
      if (told.sequence) sequence = Math.max(sequence, told.sequence);
      if (!waiting) say(answer.status === 409 ? told.error : "Saved " + told.saved);
    } catch (error) {
      say("Not saved yet: no connection. Your answer waits here and is sent again.");
      delay = Math.min(delay * 2, 30000);
    }
    sending = false;
    if (waiting) timer = window.setTimeout(send, delay);
  }

  function keep() {
    sequence += 1;
    const body = new FormData(form);
    body.set("sequence", String(sequence));
    waiting = new URLSearchParams(body);
    say("Saving");
    window.clearTimeout(timer);
    timer = window.setTimeout(send, 250);
  }

  form.addEventListener("change", keep);
  form.addEventListener("input", (event) => { if (event.target.type === "text") keep(); });
  window.addEventListener("online", send);
  window.addEventListener("beforeunload", (event) => { if (waiting) event.preventDefault(); });
  form.addEventListener("submit", () => { waiting = null; window.clearTimeout(timer); });

  // Letters choose; shown only because this script runs.
  const controls = [...form.querySelectorAll(".choice input")];
  if (controls.length) {
    form.querySelectorAll("kbd").forEach((key) => { key.hidden = false; });
    document.getElementById("keys").hidden = false;
    document.addEventListener("keydown", (event) => {
      if (event.ctrlKey || event.metaKey || event.altKey || event.target.type === "text") return;
      const control = controls[event.key.toUpperCase().charCodeAt(0) - 65];
      if (event.key.length === 1 && control) { control.focus(); control.click(); }
    });
  }
})();
