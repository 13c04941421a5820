import type { PhonePolicy } from '../contract';
import type { Clock } from './ports';

const windowMs = 15_000;
/** Carries the one-time token of a call that the portal caused. */
export const tokenHeader = 'x-callcenter-token';

/**
 * A header that makes a phone answer by itself is a way to open somebody's microphone. It is obeyed only when the portal
 * announced the call a moment ago (one-time token, expected caller, 15 s), or when an administrator allowed it.
 */
export class AutoAnswer {
  readonly #announced = new Map<string, { readonly number: string | null; readonly until: number }>();

  constructor(private readonly clock: Clock) {}

  announce(token: string, number: string | null): void {
    this.#announced.set(token, { number, until: this.clock.now() + windowMs });
  }

  decides(policy: PhonePolicy['autoAnswer'], number: string, headers: Readonly<Record<string, string>>): boolean {
    if (policy === 'never') return false;
    const token = headers[tokenHeader];
    const expected = token === undefined ? undefined : this.#announced.get(token);
    if (token !== undefined && expected) {
      this.#announced.delete(token);
      return expected.until >= this.clock.now() && (expected.number === null || expected.number === number);
    }
    return policy === 'always' && asksForAnswer(headers);
  }
}

function asksForAnswer(headers: Readonly<Record<string, string>>): boolean {
  return /answer-after\s*=\s*0\b/i.test(headers['call-info'] ?? '')
    || /auto-?answer|answer-after\s*=\s*0\b/i.test(headers['alert-info'] ?? '')
    || /^\s*auto\b/i.test(headers['answer-mode'] ?? '')
    || /^\s*(normal|yes|true)\b/i.test(headers['p-auto-answer'] ?? '');
}
