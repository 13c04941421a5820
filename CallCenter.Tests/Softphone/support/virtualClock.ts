import type { Clock, Timer } from '../../../CallCenter.Web/Features/Softphone/engine/ports';

interface Entry {
  readonly id: number;
  at: number;
  readonly every: number | null;
  readonly run: () => void;
}

const realImmediate = globalThis.setImmediate;

/** Lets every promise that can settle without time settle. */
export async function settle(): Promise<void> {
  for (let i = 0; i < 6; i++) await new Promise<void>((resolve) => { realImmediate(resolve); });
}

/** Time that moves only by hand, for the engine and, once installed, for JsSIP's own timers too. */
export class VirtualClock implements Clock {
  #now = 1_800_000_000_000;
  #nextId = 1;
  readonly #entries = new Map<number, Entry>();

  now(): number {
    return this.#now;
  }

  after(ms: number, run: () => void): Timer {
    const id = this.#add(ms, null, run);
    return { cancel: () => { this.#entries.delete(id); } };
  }

  async advance(ms: number): Promise<void> {
    const target = this.#now + ms;
    await settle();
    for (;;) {
      const due = [...this.#entries.values()].filter((entry) => entry.at <= target).sort((a, b) => a.at - b.at || a.id - b.id)[0];
      if (!due) break;
      this.#now = Math.max(this.#now, due.at);
      if (due.every === null) this.#entries.delete(due.id);
      else due.at += due.every;
      due.run();
      await settle();
    }
    this.#now = target;
    await settle();
  }

  /** The machine slept: time passed and no timer ran meanwhile; the overdue ones run late, on the next advance. */
  sleep(ms: number): void {
    this.#now += ms;
  }

  /** Moves time in small steps until the condition holds. */
  async until<T>(what: string, find: () => T | null | undefined | false, limitMs = 60_000): Promise<T> {
    for (let waited = 0; ; waited += 10) {
      await settle();
      const found = find();
      if (found !== null && found !== undefined && found !== false) return found;
      if (waited >= limitMs) throw new Error(`Not seen within ${String(limitMs)} virtual ms: ${what}`);
      await this.advance(10);
    }
  }

  /** Puts this clock under the global timers, which JsSIP uses. */
  install(): () => void {
    const saved = { setTimeout, clearTimeout, setInterval, clearInterval, dateNow: Date.now };
    const globals = globalThis as unknown as Record<string, unknown>;
    globals['setTimeout'] = (run: () => void, ms?: number) => this.#add(ms ?? 0, null, run);
    globals['setInterval'] = (run: () => void, ms?: number) => this.#add(ms ?? 0, ms ?? 1, run);
    const clear = (id: unknown) => { if (typeof id === 'number') this.#entries.delete(id); };
    globals['clearTimeout'] = clear;
    globals['clearInterval'] = clear;
    Date.now = () => this.#now;
    return () => {
      Object.assign(globals, { setTimeout: saved.setTimeout, clearTimeout: saved.clearTimeout, setInterval: saved.setInterval, clearInterval: saved.clearInterval });
      Date.now = saved.dateNow;
    };
  }

  #add(ms: number, every: number | null, run: () => void): number {
    const id = this.#nextId++;
    this.#entries.set(id, { id, at: this.#now + Math.max(0, ms), every, run });
    return id;
  }
}
