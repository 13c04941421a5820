import type { DotNetPhone, PhoneSnapshot } from '../contract';
import type { Clock } from '../engine/ports';

const patienceMs = 5_000;
const retryMs = 1_000;

/**
 * Brings snapshots to .NET: one in flight, the newest next. While a circuit is down `invokeMethodAsync` may fail or stay
 * pending for ever, so each is raced with a timeout and the newest is sent again.
 */
export class Mirror {
  readonly #attached = new Map<string, Attachment>();

  constructor(private readonly clock: Clock, private readonly newest: () => PhoneSnapshot) {}

  attach(key: string, phone: DotNetPhone): void {
    this.#attached.get(key)?.stop();
    const attachment = new Attachment(phone, this.clock, this.newest);
    this.#attached.set(key, attachment);
    attachment.changed();
  }

  /** By key: a late disposal of an old circuit does not remove the new one. */
  detach(key: string): void {
    this.#attached.get(key)?.stop();
    this.#attached.delete(key);
  }

  changed(): void {
    for (const attachment of this.#attached.values()) attachment.changed();
  }
}

class Attachment {
  #sending = false;
  #dirty = false;
  #stopped = false;

  constructor(private readonly phone: DotNetPhone, private readonly clock: Clock, private readonly newest: () => PhoneSnapshot) {}

  stop(): void {
    this.#stopped = true;
  }

  changed(): void {
    this.#dirty = true;
    if (!this.#sending) void this.#send();
  }

  async #send(): Promise<void> {
    this.#sending = true;
    while (this.#dirty && !this.#stopped) {
      this.#dirty = false;
      if (await this.#deliver()) continue;
      this.#dirty = true;
      await this.#pause(retryMs);
    }
    this.#sending = false;
  }

  async #deliver(): Promise<boolean> {
    try {
      const sent = this.phone.invokeMethodAsync('OnPhone', this.newest()).then(() => true, () => false);
      return await Promise.race([sent, this.#pause(patienceMs).then(() => false)]);
    } catch {
      return false;
    }
  }

  #pause(ms: number): Promise<void> {
    return new Promise((resolve) => {
      this.clock.after(ms, resolve);
    });
  }
}
