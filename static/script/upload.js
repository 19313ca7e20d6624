// Sends a file as soon as it is chosen and shows how far it is. Without script the button below the field sends it.
"use strict";
(() => {
  const field = document.getElementById("upload");
  if (!field) return;
  const form = field.form;
  const sending = document.getElementById("sending");
  const bar = sending.querySelector("progress");
  const mark = document.getElementById("saved");

  function say(text, state) {
    if (!mark) return;
    mark.className = "saved " + state;
    mark.textContent = text;
  }

  field.addEventListener("change", () => {
    if (!field.files.length) return;
    const fields = new FormData(form);
    fields.set("go", "stay");
    const request = new XMLHttpRequest();
    request.open("POST", form.action || window.location.href);
    request.upload.addEventListener("progress", (event) => {
      if (event.lengthComputable) bar.value = (100 * event.loaded) / event.total;
    });
    request.addEventListener("load", () => {
      if (request.status === 413) {
        sending.hidden = true;
        field.value = "";
        say("Not sent: the file is too large.", "late");
      } else window.location.reload();
    });
    request.addEventListener("error", () => {
      sending.hidden = true;
      say("Not sent: no connection. Choose the file again, or use the button.", "late");
    });
    sending.hidden = false;
    bar.value = 0;
    say("Sending", "busy");
    request.send(fields);
  });
})();
