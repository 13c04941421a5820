import type { Clock, Timer } from '../ports';

const everyMs = 20_000;
const patienceMs = 5_000;
const wakeCheckMs = 5_000;
const wakeGapMs = 30_000;

export interface KeepaliveFlow {
  /** Sends OPTIONS; `answered` is called for any SIP answer to it. */
  ping(answered: () => void): void;
  dead(reason: string): void;
  rtt(ms: number): void;
}

/**
 * Notices a frozen server, which no closed socket announces: OPTIONS every 20 s with 5 s of patience, and at once after the
 * machine slept. WebSocket pings are invisible to a page, so they cannot serve.
 */
export class Keepalive {
  #next: Timer | null = null;
  #patience: Timer | null = null;
  #wake: Timer | null = null;
  #running = false;
  #lastTick = 0;

  constructor(private readonly clock: Clock, private readonly flow: KeepaliveFlow) {}

  start(): void {
    this.stop();
    this.#running = true;
    this.#lastTick = this.clock.now();
    this.#schedule();
    this.#watchForSleep();
  }

  stop(): void {
    this.#running = false;
    this.#next?.cancel();
    this.#patience?.cancel();
    this.#wake?.cancel();
    this.#patience = null;
  }

  /** Anything that arrived proves the flow alive. */
  alive(): void {
    this.#patience?.cancel();
    this.#patience = null;
  }

  now(): void {
    if (!this.#running || this.#patience) return;
    this.#next?.cancel();
    const sentAt = this.clock.now();
    this.#patience = this.clock.after(patienceMs, () => {
      this.#patience = null;
      this.flow.dead('no answer to keepalive');
    });
    this.flow.ping(() => {
      this.alive();
      this.flow.rtt(this.clock.now() - sentAt);
    });
    this.#schedule();
  }

  #schedule(): void {
    this.#next = this.clock.after(everyMs, () => { this.now(); });
  }

  #watchForSleep(): void {
    this.#wake = this.clock.after(wakeCheckMs, () => {
      const gap = this.clock.now() - this.#lastTick;
      this.#lastTick = this.clock.now();
      if (gap > wakeGapMs) this.now();
      this.#watchForSleep();
    });
  }
}
