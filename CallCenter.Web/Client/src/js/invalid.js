// After a form was sent and found wrong, the first wrong field gets the focus. The answer comes over the circuit, so the form
// is watched for a while.
document.addEventListener('submit', (event) => {
  const form = event.target;
  if (!(form instanceof HTMLFormElement) || !form.hasAttribute('data-focus-invalid')) {
    return;
  }
  const watcher = new MutationObserver(() => {
    const wrong = form.querySelector('[aria-invalid="true"]');
    if (wrong) {
      stop();
      wrong.focus();
    }
  });
  const stop = () => {
    watcher.disconnect();
    clearTimeout(timer);
  };
  const timer = setTimeout(stop, 5000);
  watcher.observe(form, { subtree: true, childList: true, attributes: true, attributeFilter: ['aria-invalid'] });

  // What was wrong before and still is changes nothing in the page.
  const still = form.querySelector('[aria-invalid="true"]');
  if (still) {
    still.focus();
  }
}, true);
