/** Where Blazor's client says how its circuit is: classes of one element, see Client/src/js/reconnect.js. */
const id = 'components-reconnect-modal';

/** Whether the panel, drawn by .NET, cannot answer. A server's silence of a moment already counts: a hang-up must not wait. */
export function circuitLost(page: Document): boolean {
  const notice = page.getElementById(id);
  return notice !== null && ['show', 'failed', 'rejected'].some((state) => notice.classList.contains(`components-reconnect-${state}`));
}

/** The last opened modal dialog: the only part of the page that can be pressed. */
export function topDialog(page: Document): Element | null {
  return [...page.querySelectorAll('dialog:modal')].at(-1) ?? null;
}

/** Calls back when the page's shape changed: a dialog opens by an attribute, one that Blazor removes takes the bar along, the panel comes and goes. */
export function watchPage(page: Document, changed: () => void): () => void {
  const isElement = (node: Node): boolean => node instanceof Element;
  const watcher = new MutationObserver((records) => {
    if (records.some((record) => record.type === 'attributes' || [...record.addedNodes, ...record.removedNodes].some(isElement))) changed();
  });
  watcher.observe(page.body, { attributes: true, attributeFilter: ['open'], childList: true, subtree: true });
  const notice = page.getElementById(id);
  if (notice) watcher.observe(notice, { attributes: true, attributeFilter: ['class'] });
  return () => { watcher.disconnect(); };
}
