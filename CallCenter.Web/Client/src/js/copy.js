// Anything with data-copy="text" copies that text when clicked and says so, to eyes and to screen readers.

document.addEventListener('click', async (event) => {
  const source = event.target.closest?.('[data-copy]');
  if (!source) {
    return;
  }
  await write(source.dataset.copy, source);
  const done = source.dataset.copyDone ?? '';
  source.dataset.copied = done;
  const live = document.getElementById('announcer');
  if (live) {
    live.textContent = done;
  }
  setTimeout(() => {
    delete source.dataset.copied;
    if (live) {
      live.textContent = '';
    }
  }, 1500);
});

/** The clipboard needs a secure context; an intranet portal on plain http has none, so it falls back to a selection. */
async function write(text, near) {
  if (navigator.clipboard) {
    return navigator.clipboard.writeText(text);
  }
  const area = document.createElement('textarea');
  area.value = text;
  area.className = 'visually-hidden';
  // Inside an open modal dialog only its own descendants can be selected.
  (near.closest('dialog') ?? document.body).append(area);
  area.select();
  document.execCommand('copy');
  area.remove();
  near.focus();
}
