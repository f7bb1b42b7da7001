/* The memo's editor: tells assistive technology that the toolbar holds buttons, and asks before
   unsaved text is left, here and in every form with data-asks-before-leaving. A page that comes
   with such text says data-unsaved. The page works without it. */

const EDITED = "form:has(.editor), form[data-asks-before-leaving]";
let unsaved = document.querySelector(".error-summary, form[data-unsaved]") !== null;

function nameButtons() {
  for (const button of document.querySelectorAll(".editor-button")) {
    button.setAttribute("role", "button");
    button.title = button.getAttribute("aria-label");
  }
}

document.addEventListener("input", (event) => {
  unsaved ||= event.target.closest(EDITED) !== null;
});
document.addEventListener("submit", () => {
  unsaved = false;
});
document.addEventListener("htmx:afterSwap", nameButtons);
window.addEventListener("beforeunload", (event) => {
  if (unsaved) event.preventDefault();
});
nameButtons();
