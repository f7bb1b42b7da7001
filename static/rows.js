/* After a row is added to a form, the cursor stands in the row's first field. Without this script
   the page comes back at the button that added the row. */

document.addEventListener("htmx:afterSettle", (event) => {
  const button = event.detail.requestConfig?.elt;
  if (!button?.matches(".add-row")) return;
  const prefix = CSS.escape(button.value);
  const total = document.querySelector(`[name="${prefix}-TOTAL_FORMS"]`)?.value;
  document.querySelector(`[name^="${prefix}-${total - 1}-"]:not([type="hidden"], [type="checkbox"])`)?.focus();
});
