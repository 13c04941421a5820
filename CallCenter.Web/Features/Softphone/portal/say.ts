const shownMs = 5_000;

/** A sentence at the edge of the page, seen and read out politely, that goes away by itself. Drawn by script: it needs no circuit. */
export class Say {
  readonly #element: HTMLElement;
  #timer: ReturnType<typeof setTimeout> | null = null;

  constructor(page: Document) {
    this.#element = page.createElement('div');
    this.#element.className = 'phone-say';
    this.#element.setAttribute('role', 'status');
    page.body.append(this.#element);
  }

  /** `home` is the part of the page that can be read: a modal dialog, else the body. */
  say(text: string, home: Element): void {
    if (this.#element.parentElement !== home) home.append(this.#element);
    if (this.#timer !== null) clearTimeout(this.#timer);
    // The same sentence again is news too: readers hear only of what changed.
    this.#element.textContent = '';
    requestAnimationFrame(() => { this.#element.textContent = text; });
    this.#timer = setTimeout(() => { this.#element.textContent = ''; }, shownMs);
  }
}
