const longMs = 600;

/** A key held down (`data-phone-long`) presses the hidden button beside it instead of itself: a long 0 is a plus. */
export class LongPress {
  #timer: ReturnType<typeof setTimeout> | null = null;
  #swallow = false;

  constructor(page: Document) {
    page.addEventListener('pointerdown', (event) => {
      const key = event.target instanceof Element ? event.target.closest('[data-phone-long]') : null;
      this.#swallow = false;
      if (!key) return;
      this.#timer = setTimeout(() => {
        key.parentElement?.querySelector<HTMLElement>('[data-phone-plus]')?.click();
        this.#swallow = true;
      }, longMs);
    });
    for (const end of ['pointerup', 'pointercancel'] as const) page.addEventListener(end, () => { this.#stop(); });
    // Before Blazor hears of it.
    page.addEventListener('click', (event) => {
      if (!this.#swallow || !(event.target instanceof Element) || !event.target.closest('[data-phone-long]')) return;
      this.#swallow = false;
      event.preventDefault();
      event.stopImmediatePropagation();
    }, true);
  }

  #stop(): void {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
  }
}
