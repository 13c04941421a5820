import { backoff, between } from '../delay';
import type { Clock, Random, Timer } from '../ports';

const watchdogMs = 10_000;
const longestMs = 60_000;

export interface RegistrationActions {
  register(): void;
  /** A registrar that does not answer, or whose 200 JsSIP cannot read: begin anew on a new flow. */
  abandonFlow(): void;
  /** Fetches a new session; false when there is none to be had. */
  renewCredentials(): Promise<boolean>;
  refused(): void;
  waiting(retryAt: number, sipCode: number | null): void;
}

/** What JsSIP leaves to us: trying again after a refusal or silence, and stopping when the credentials are wrong. */
export class Registration {
  #timer: Timer | null = null;
  #failures = 0;
  #refusals = 0;

  constructor(private readonly clock: Clock, private readonly random: Random, private readonly actions: RegistrationActions) {}

  attempting(): void {
    this.#set(watchdogMs, () => { this.actions.abandonFlow(); });
  }

  succeeded(): void {
    this.stop();
    this.#failures = 0;
    this.#refusals = 0;
  }

  async failed(sipCode: number | null): Promise<void> {
    this.stop();
    if (sipCode === 401 || sipCode === 403 || sipCode === 407) {
      this.#refusals += 1;
      if (this.#refusals === 1 && (await this.actions.renewCredentials())) {
        this.#again();
        return;
      }
      this.actions.refused();
      return;
    }
    this.#failures += 1;
    const wait = this.#failures === 1
      ? between(this.random, 2_000, 5_000)
      : Math.min(longestMs, backoff(this.random, this.#failures) * this.#failures);
    this.actions.waiting(this.clock.now() + wait, sipCode);
    this.#set(wait, () => { this.#again(); });
  }

  stop(): void {
    this.#timer?.cancel();
    this.#timer = null;
  }

  #again(): void {
    this.attempting();
    this.actions.register();
  }

  #set(ms: number, run: () => void): void {
    this.stop();
    this.#timer = this.clock.after(ms, run);
  }
}
