// Native modal dialogs: the browser traps the focus, gives it back and makes the rest inert. Blazor owns whether they are
// open; Escape and clicks outside press the dialog's own [data-close], so that the owner hears of it.

/** @param {HTMLDialogElement} dialog */
export function show(dialog) {
  if (!dialog.open) {
    dialog.showModal();
  }
  const first = dialog.querySelector('[data-autofocus]') ?? dialog.querySelector('input:not([type=hidden]), select, textarea');
  (first ?? dialog.querySelector('h2'))?.focus();
}

/** @param {HTMLDialogElement} dialog */
export function hide(dialog) {
  if (dialog?.open) {
    dialog.close();
  }
}

function contains(element, { clientX: x, clientY: y }) {
  const box = element.getBoundingClientRect();
  return x >= box.left && x <= box.right && y >= box.top && y <= box.bottom;
}

function dismiss(dialog) {
  if (dialog.hasAttribute('data-own')) {
    hide(dialog);
  } else {
    dialog.querySelector('[data-close]')?.click();
  }
}

document.addEventListener('cancel', (event) => {
  if (event.target instanceof HTMLDialogElement) {
    event.preventDefault();
    dismiss(event.target);
  }
}, true);

// Chromium closes on a second Escape whatever the page says; tell the owner.
document.addEventListener('close', (event) => {
  if (event.target instanceof HTMLDialogElement && event.target.hasAttribute('data-open')) {
    dismiss(event.target);
  }
}, true);

document.addEventListener('click', (event) => {
  const target = event.target;
  const own = target.closest?.('dialog[data-own] [data-close]');
  if (own) {
    hide(own.closest('dialog'));
    return;
  }
  if (!(target instanceof HTMLDialogElement) || !target.open || target.hasAttribute('data-stay')) {
    return;
  }
  if (contains(target, event)) {
    return;
  }
  if (target.classList.contains('drawer')) {
    // The list beside a drawer stays at hand: a click on another row shows that one. Inert rows cannot be hit, only measured.
    const row = [...document.querySelectorAll('tr.can-open')].find((candidate) => contains(candidate, event));
    if (row) {
      row.click();
      return;
    }
  }
  dismiss(target);
});
