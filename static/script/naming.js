// Finds colleagues while one types their name. Without this the same form asks the server and shows the same buttons.
"use strict";
(() => {
  const PAUSE = 220; // milliseconds of no typing before the server is asked

  function button(one) {
    const item = document.createElement("li"), press = document.createElement("button");
    const name = document.createElement("strong"), place = document.createElement("span");
    press.className = "btn quiet";
    press.name = "named";
    press.value = one.id;
    name.textContent = one.name;
    place.textContent = one.place;
    place.className = "muted";
    press.append(name, " ", place);
    item.append(press);
    return item;
  }

  function follow(finder) {
    const field = finder.querySelector("input[name=q]"), list = finder.querySelector("[data-found]");
    const words = finder.querySelector("[data-words]"), shortest = Number(finder.dataset.shortest);
    let timer = 0, asked = 0;

    function show(found, text) {
      list.replaceChildren(...found.map(button));
      words.textContent = text;
    }

    async function find() {
      const text = field.value.trim(), mine = ++asked;
      if (text.replaceAll(" ", "").length < shortest) return show([], "");
      try {
        const answer = await fetch(finder.dataset.finder + "?q=" + encodeURIComponent(text), { headers: { Accept: "application/json" } });
        if (answer.redirected) return;
        const told = await answer.json();
        if (mine === asked) show(told.found, told.words);
      } catch { /* no connection: the button Find still works when it is back */ }
    }

    field.addEventListener("input", () => {
      window.clearTimeout(timer);
      timer = window.setTimeout(find, PAUSE);
    });
  }

  document.querySelectorAll("[data-finder]").forEach(follow);
})();
