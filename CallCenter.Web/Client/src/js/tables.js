// Lists by keyboard: arrows move between the rows' main buttons.

document.addEventListener('keydown', (event) => {
  if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') {
    return;
  }
  const at = event.target.closest?.('.row-open');
  if (!at) {
    return;
  }
  const rows = [...at.closest('table').querySelectorAll('.row-open')];
  const next = rows[rows.indexOf(at) + (event.key === 'ArrowDown' ? 1 : -1)];
  if (next) {
    event.preventDefault();
    next.focus();
  }
});
