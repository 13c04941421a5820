import type { Call } from './call';
import { between, delay } from './delay';
import type { Phone } from './phone';
import { terminate } from './sip/guards';
import type { SipSession } from './sip/library';

const ringOnMs = 10_000;
const spreadMs = 500;
const refreshTries = 3;

/**
 * Calls across a lost flow. Established ones keep their audio and are refreshed by a re-INVITE after the new registration:
 * without it the far side's hang-up would never arrive. A ringing one rings on for 10 s, for the PBX to deliver it again.
 */
export class Recovery {
  readonly #toPart = new Set<SipSession>();

  constructor(private readonly phone: Phone) {}

  flowLost(): void {
    for (const call of this.phone.calls) {
      if (call.direction !== 'in' || call.confirmed) continue;
      call.stranded = true;
      call.move('answering');
      if (!call.answerWanted) call.move('ringing');
      const session = call.session;
      this.phone.ports.clock.after(ringOnMs, () => {
        if (!call.stranded || call.session !== session) return;
        call.stranded = false;
        call.hangUp('system', 'signallingLost');
      });
    }
  }

  registeredAgain(): void {
    for (const session of this.#toPart) terminate(session);
    this.#toPart.clear();
    for (const call of this.phone.calls) {
      if (call.confirmed) void this.#refresh(call);
    }
  }

  partLater(session: SipSession): void {
    this.#toPart.add(session);
  }

  async #refresh(call: Call): Promise<void> {
    const { clock, random } = this.phone.ports;
    await delay(clock, between(random, 0, spreadMs));
    for (let attempt = 1; attempt <= refreshTries && !call.ended && this.phone.lineUp(); attempt++) {
      const outcome = await call.refresh();
      if (outcome.ok || attempt === refreshTries) return;
      await delay(clock, between(random, 1_000, 4_000));
    }
  }
}
