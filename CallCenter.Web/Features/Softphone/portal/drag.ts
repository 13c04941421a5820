import { inside, moved, readPlace, type Place } from './place';

const key = 'callcenter.phone.place';
const dockKey = 'callcenter.phone.docked';
const home: Place = { end: 16, bottom: 16 };

/** Moves the panel by its handle (`data-phone-move`), with the pointer or the arrow keys; the place is remembered in this browser. */
export class Dragging {
  #place: Place | null = readPlace(localStorage.getItem(key));

  constructor(private readonly page: Document) {
    page.documentElement.toggleAttribute('data-phone-docked', localStorage.getItem(dockKey) !== null);
    page.addEventListener('click', (event) => {
      if (event.target instanceof Element && event.target.closest('[data-phone-dock]')) this.#dock();
    });
    page.addEventListener('pointerdown', (event) => { this.#begin(event); });
    page.addEventListener('keydown', (event) => { this.#key(event); });
    page.addEventListener('dblclick', (event) => { if (this.#handle(event.target)) this.#put(null, true); });
    window.addEventListener('resize', () => { this.apply(); });
  }

  /** After the panel was drawn anew. */
  apply(): void {
    this.#put(this.#place, false);
  }

  /** A column of its own at the inline end, beside the page instead of over it. */
  #dock(): void {
    if (this.page.documentElement.toggleAttribute('data-phone-docked')) localStorage.setItem(dockKey, 'yes');
    else localStorage.removeItem(dockKey);
  }

  #handle(target: EventTarget | null): Element | null {
    return target instanceof Element && !target.closest('button, a, input, select') ? target.closest('[data-phone-move]') : null;
  }

  #panel(): HTMLElement | null {
    return this.page.querySelector<HTMLElement>('[data-phone-panel]');
  }

  #begin(start: PointerEvent): void {
    const handle = this.#handle(start.target);
    if (!handle || start.button !== 0 || !matchMedia('(min-width: 640px)').matches) return;
    const from = this.#place ?? home;
    const rightToLeft = this.page.documentElement.dir === 'rtl';
    const move = (event: Event): void => {
      if (event instanceof PointerEvent) this.#put(moved(from, event.clientX - start.clientX, event.clientY - start.clientY, rightToLeft), false);
    };
    const end = (): void => {
      this.page.removeEventListener('pointermove', move);
      this.page.removeEventListener('pointerup', end);
      this.page.removeEventListener('pointercancel', end);
      this.#put(this.#place, true);
    };
    this.page.addEventListener('pointermove', move);
    this.page.addEventListener('pointerup', end);
    this.page.addEventListener('pointercancel', end);
    start.preventDefault();
  }

  #key(event: KeyboardEvent): void {
    const step = { ArrowLeft: [-24, 0], ArrowRight: [24, 0], ArrowUp: [0, -24], ArrowDown: [0, 24] }[event.key];
    if (!step || !(event.target instanceof Element) || !event.target.matches('[data-phone-mover]')) return;
    event.preventDefault();
    this.#put(moved(this.#place ?? home, step[0] ?? 0, step[1] ?? 0, this.page.documentElement.dir === 'rtl'), true);
  }

  #put(place: Place | null, remember: boolean): void {
    const panel = this.#panel();
    if (panel && place) {
      const box = panel.getBoundingClientRect();
      this.#place = inside(place, box, { width: window.innerWidth, height: window.innerHeight });
      panel.style.setProperty('--phone-end', `${String(this.#place.end)}px`);
      panel.style.setProperty('--phone-bottom', `${String(this.#place.bottom)}px`);
    } else if (!place) {
      this.#place = null;
      panel?.style.removeProperty('--phone-end');
      panel?.style.removeProperty('--phone-bottom');
    }
    if (!remember) return;
    if (this.#place) localStorage.setItem(key, JSON.stringify(this.#place));
    else localStorage.removeItem(key);
  }
}
