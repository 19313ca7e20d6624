// Keeps each answer as it is given. The mark "Saved" comes from the server after the answer is durable, never before.
// A connection that drops: the answer waits, in this page and in this browser, is sent again with growing delay, and
// the mark says so. The page never goes on while its answer is not saved.
"use strict";
(() => {
  const form = document.getElementById("answer");
  const mark = document.getElementById("saved");
  const check = mark.querySelector("svg");
  const place = "answer " + form.dataset.save;
  const OWN = new Set(["csrf_token", "page", "page_sequence", "go", "upload"]);
  const NO_CONNECTION = "Not saved yet: no connection. Your answer waits here and is sent again.";

  let count = 0; // how many answers this page has sent or wants to send
  let base = Number(form.dataset.sequence); // the answer that the server has, as far as this page knows
  let waiting = null; // the newest answer that is not acknowledged yet
  let newest = ""; // the same as text, to tell whether anything changed
  let sending = false;
  let delay = 1000;
  let timer = 0;
  let leaving = null; // the button that was pressed while an answer was waiting

  function say(text, state) {
    mark.className = "saved " + state;
    mark.replaceChildren(...(state === "done" && check ? [check, " " + text] : [text]));
  }

  // A copy in this browser until the server has the answer, for a page that is closed or a machine that stops.
  function copy(fields) {
    try {
      if (fields) localStorage.setItem(place, JSON.stringify({ page: form.dataset.page, base, fields }));
      else localStorage.removeItem(place);
    } catch { /* no room, or not allowed: the page itself still keeps the answer */ }
  }

  function fields() {
    return [...new FormData(form)].filter(([name]) => !OWN.has(name));
  }

  function keep(soon) {
    const now = JSON.stringify(fields());
    if (now !== newest) {
      newest = now;
      count += 1;
      waiting = { number: count, fields: fields() };
      copy(waiting.fields);
      say("Saving", "busy");
    }
    if (!waiting) return;
    window.clearTimeout(timer);
    timer = window.setTimeout(send, soon);
  }

  async function send() {
    window.clearTimeout(timer);
    if (sending || !waiting) return;
    sending = true;
    const sent = waiting;
    const body = new URLSearchParams([
      ...sent.fields, ["csrf_token", form.elements.csrf_token.value],
      ["page", form.dataset.page], ["page_sequence", String(sent.number)],
    ]);
    try {
      const answer = await fetch(form.dataset.save, { method: "POST", body, redirect: "manual", signal: AbortSignal.timeout(15000) });
      await understand(answer, sent);
      if (answer.ok) delay = 1000;
    } catch {
      later(NO_CONNECTION);
    }
    sending = false;
    if (waiting && waiting !== sent) send();
  }

  async function understand(answer, sent) {
    if (answer.ok) {
      const told = await answer.json();
      base = told.sequence;
      if (waiting === sent) settle("Saved " + told.saved, "done");
      else copy(waiting.fields);
    } else if (answer.status === 409) {
      settle((await answer.json()).error, "over");
    } else if (answer.type === "opaqueredirect" || answer.status === 400) {
      later("Not saved yet: you are signed out. Sign in in another window, then load this page again; your answer waits.");
    } else if (answer.status === 403 || answer.status === 404) {
      settle("This quiz can no longer be changed.", "over");
    } else {
      later("Not saved yet: the server could not take it. Your answer waits here and is sent again.");
    }
  }

  function settle(text, state) {
    waiting = null;
    copy(null);
    say(text, state);
    if (leaving) form.requestSubmit(leaving);
  }

  function late(text) {
    say(text + (leaving ? " This page goes on once it is saved." : ""), "late");
  }

  function later(text) {
    late(text);
    delay = Math.min(delay * 2, 30000);
    timer = window.setTimeout(send, delay);
  }

  // What an earlier page could not send any more comes back, unless another answer was given since.
  function bringBack() {
    let kept = null;
    try { kept = JSON.parse(localStorage.getItem(place)); } catch { /* nothing that can be read */ }
    if (!kept) return;
    const isNewest = kept.base === base || kept.page === form.dataset.by;
    if (!isNewest || JSON.stringify(kept.fields) === newest) { copy(null); return; }
    for (const control of form.elements) {
      if (!control.name || control.type === "hidden" || control.type === "submit") continue;
      const values = kept.fields.filter(([name]) => name === control.name).map(([, value]) => value);
      if (control.type === "radio" || control.type === "checkbox") control.checked = values.includes(control.value);
      else control.value = values[0] ?? "";
    }
    keep(0);
  }

  newest = JSON.stringify(fields());
  form.addEventListener("change", () => keep(0));
  form.addEventListener("input", (event) => { if (["text", "textarea"].includes(event.target.type)) keep(400); });
  window.addEventListener("online", () => (waiting ? send() : leaving && form.requestSubmit(leaving)));
  window.addEventListener("offline", () => { if (!waiting) say("No connection. You can go on answering here.", "late"); });
  window.addEventListener("beforeunload", (event) => { if (waiting) event.preventDefault(); });

  form.addEventListener("submit", (event) => {
    if (waiting || !navigator.onLine) {
      event.preventDefault();
      leaving = event.submitter;
      if (navigator.onLine) send();
      else late(NO_CONNECTION);
      return;
    }
    // The form repeats the last answer: named as it was, it is known, and nothing that comes late can follow it.
    const upload = form.elements.upload;
    if (upload && upload.files.length) return; // with a file it is a new answer
    if (count) for (const [name, value] of [["page", form.dataset.page], ["page_sequence", String(count)]]) {
      const input = document.createElement("input");
      Object.assign(input, { type: "hidden", name, value });
      form.append(input);
    }
  });

  // Letters choose; shown only because this script runs.
  const controls = [...form.querySelectorAll(".choice input")];
  if (controls.length) {
    form.querySelectorAll("kbd").forEach((key) => { key.hidden = false; });
    document.getElementById("keys").hidden = false;
    document.addEventListener("keydown", (event) => {
      if (event.ctrlKey || event.metaKey || event.altKey || event.key.length !== 1) return;
      const control = controls[event.key.toUpperCase().charCodeAt(0) - 65];
      if (control) { control.focus(); control.click(); }
    });
  }

  // A click in a picture chooses the place from the list, which is what counts.
  const areas = [...form.querySelectorAll("[data-area]")];
  function draw() {
    const chosen = form.querySelector("input[name=answer]:checked");
    for (const area of areas) area.classList.toggle("on", chosen !== null && chosen.value === area.dataset.area);
  }
  for (const area of areas) {
    area.addEventListener("click", () => form.querySelector(`input[value="${area.dataset.area}"]`).click());
  }
  if (areas.length) {
    form.querySelector(".spots").classList.add("live");
    form.addEventListener("change", draw);
  }
  bringBack();
  draw();
})();
