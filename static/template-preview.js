// The preview of a memo template follows what is typed, by pressing its own button.
"use strict";

const PAUSE = 600; // milliseconds after the last key

document.addEventListener("DOMContentLoaded", () => {
  const button = document.querySelector("[data-preview]");
  if (!button) return;
  let waiting;
  button.form.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(() => button.form.requestSubmit(button), PAUSE);
  });
});
