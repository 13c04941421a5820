import type { Clock, Random } from './ports';

export const delay = (clock: Clock, ms: number): Promise<void> =>
  new Promise((resolve) => {
    clock.after(ms, resolve);
  });

export const between = (random: Random, fromMs: number, toMs: number): number =>
  fromMs + Math.floor(random() * (toMs - fromMs));

/** Random 1 to 2^attempt seconds, at most 12. */
export const backoff = (random: Random, attempt: number): number =>
  Math.min(12, 1 + Math.floor(random() * 2 ** Math.min(attempt, 8))) * 1000;
