import type { PhoneSnapshot } from '../contract';
import type { Clock, Timer } from '../engine/ports';

const figuresEveryMs = 4_000;
const levelEveryMs = 150;

/** Publishes what matters at once and mere figures seldom: quality and round trip change all the time, and each push costs a circuit. */
export class Pace {
  #last = '';
  #figures: Timer | null = null;
  #wait = 0;
  #queued = false;

  constructor(private readonly clock: Clock, private readonly present: () => PhoneSnapshot, private readonly publish: () => void) {}

  changed(): void {
    if (this.#queued) return;
    this.#queued = true;
    // Together with whatever else this turn changes.
    queueMicrotask(() => {
      this.#queued = false;
      this.#judge();
    });
  }

  #judge(): void {
    const now = this.present();
    const weighty = JSON.stringify([now.leader, now.dnd, { ...now.line, rttMs: 0 }, now.calls.map((call) => ({ ...call, quality: 0 })),
      { ...now.devices, level: now.devices.level === null ? null : 0 }, now.ended.map((record) => record.id)]);
    if (weighty !== this.#last) {
      this.#last = weighty;
      this.#figures?.cancel();
      this.#figures = null;
      this.publish();
      return;
    }
    const wait = now.devices.level === null ? figuresEveryMs : levelEveryMs;
    if (this.#figures && wait >= this.#wait) return;
    this.#figures?.cancel();
    this.#wait = wait;
    this.#figures = this.clock.after(wait, () => { this.#figures = null; this.publish(); });
  }
}
