// Lists by keyboard: arrows move between the rows' main buttons, x selects the row.

document.addEventListener('keydown', (event) => {
  const at = event.target.closest?.('.row-open');
  if (at && event.key === 'x' && !event.ctrlKey && !event.metaKey && !event.altKey) {
    at.closest('tr').querySelector('[data-select]')?.click();
    return;
  }
  if (!at || (event.key !== 'ArrowDown' && event.key !== 'ArrowUp')) {
    return;
  }
  const rows = [...at.closest('table').querySelectorAll('.row-open')];
  const next = rows[rows.indexOf(at) + (event.key === 'ArrowDown' ? 1 : -1)];
  if (next) {
    event.preventDefault();
    next.focus();
  }
});
