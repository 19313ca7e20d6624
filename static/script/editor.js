// Shows what is being written as learners will see it, and keeps it a moment after typing stops. Without this script the
// buttons do both. The word "Saved" comes from the server, never before the draft is durable.
"use strict";
(() => {
  const form = document.getElementById("editor");
  const shown = document.getElementById("shown");
  const mark = document.getElementById("saved");
  const SHOW_AFTER = 350;
  const SAVE_AFTER = 2000;
  let showing = 0;
  let saving = 0;
  let busy = false;
  let kept = text();
  let blocked = !("saves" in form.dataset);

  function text() {
    const fields = new FormData(form);
    fields.delete("base");
    return new URLSearchParams(fields).toString();
  }

  function say(words, state) {
    mark.className = "saved " + state;
    mark.textContent = words;
  }

  async function show() {
    try {
      const answer = await fetch(form.dataset.preview, { method: "POST", body: new URLSearchParams(new FormData(form)), redirect: "error" });
      if (answer.ok) shown.innerHTML = await answer.text();
    } catch { /* no connection: what is shown stays as it was */ }
  }

  async function save() {
    window.clearTimeout(saving);
    if (busy || blocked || text() === kept) return;
    busy = true;
    const sent = text();
    say("Saving", "busy");
    try {
      const answer = await fetch(form.action, {
        method: "POST", body: new URLSearchParams(new FormData(form)), headers: { Accept: "application/json" }, redirect: "manual",
      });
      if (answer.ok) {
        const told = await answer.json();
        form.elements.base.value = told.number;
        kept = sent;
        say("Saved " + told.saved, "done");
      } else if (answer.status === 409) {
        blocked = true;
        say((await answer.json()).error, "late");
      } else {
        say("Not saved yet: you may be signed out. What you typed is still here.", "late");
      }
    } catch {
      say("Not saved yet: no connection. It is tried again.", "late");
    }
    busy = false;
    if (!blocked && text() !== kept) saving = window.setTimeout(save, SAVE_AFTER);
  }

  form.addEventListener("input", () => {
    window.clearTimeout(showing);
    window.clearTimeout(saving);
    showing = window.setTimeout(show, SHOW_AFTER);
    if (!blocked) {
      saving = window.setTimeout(save, SAVE_AFTER);
      say("", "");
    }
  });
  form.addEventListener("submit", () => { kept = text(); window.clearTimeout(saving); blocked = true; });
  window.addEventListener("online", save);
  window.addEventListener("beforeunload", (event) => { if (text() !== kept) event.preventDefault(); });
})();
