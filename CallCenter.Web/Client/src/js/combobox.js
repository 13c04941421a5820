// While the list of a combobox is open these keys are the list's, not the form's or the dialog's: Blazor hears them all the same.
document.addEventListener('keydown', (event) => {
  if (['Enter', 'ArrowDown', 'ArrowUp', 'Escape'].includes(event.key) && event.target.matches?.('[role="combobox"][aria-expanded="true"]')) {
    event.preventDefault();
  }
}, true);
