import type { Call } from './call';
import { capture, release } from './capture';
import { assertedCaller, callerOf, usefulHeaders } from './identity';
import type { IncomingCall } from './line';
import type { Phone } from './phone';
import { terminate } from './sip/guards';
import type { ReferEvent, SipSession } from './sip/library';

/** Calls that come in: new ones, ones delivered again after the flow broke, and ones that a transfer brings. */
export class Incoming {
  readonly #ours = new WeakSet<SipSession>();

  constructor(private readonly phone: Phone) {}

  receive({ session, request }: IncomingCall): void {
    if (this.#ours.has(session)) return;
    const caller = assertedCaller(request) ?? callerOf(session.remote_identity);
    const stranded = this.phone.calls.find((call) => call.stranded && call.caller.number === caller.number);
    if (stranded) {
      this.#deliveredAgain(stranded, { session, request });
      return;
    }
    const full = this.phone.full;
    const call = this.phone.add('in', caller.number);
    call.adopt(session, request);
    if (this.phone.dnd) {
      call.hangUp('system', 'dnd', 486);
    } else if (full) {
      call.hangUp('system', 'tooManyCalls', 486);
    } else if (this.phone.autoAnswer.decides(this.phone.policy.autoAnswer, caller.number, usefulHeaders(request))) {
      call.auto = true;
      // JsSIP replies 180 after this event, and cannot answer before that.
      queueMicrotask(() => void this.answer(call));
    }
  }

  async answer(call: Call): Promise<void> {
    call.answerWanted = true;
    call.move('answering');
    this.phone.holdOthers(call);
    const captured = await capture(this.phone.ports.microphone);
    const session = call.session;
    if (!captured.stream) {
      call.hangUp('system', captured.cause, 480);
      return;
    }
    // Cancelled meanwhile, or waiting to be delivered again.
    if (call.ended || call.stranded || !session || session.isEnded()) {
      release(captured.stream);
      return;
    }
    try {
      session.answer({ mediaStream: captured.stream, pcConfig: this.phone.peerConfig });
    } catch {
      release(captured.stream);
      call.hangUp('system', 'failed');
      return;
    }
    if (session.connection) call.watch(session.connection, captured.stream);
  }

  /** The far side transfers us: JsSIP reports the new call's progress to it. */
  async referred(call: Call, event: ReferEvent): Promise<void> {
    const target = /(?:sips?):([^@;>?]+)/i.exec(event.request.getHeader('refer-to') ?? '')?.[1];
    const captured = target === undefined || this.phone.full ? null : await capture(this.phone.ports.microphone);
    if (!captured?.stream || call.ended || target === undefined) {
      event.reject();
      return;
    }
    const stream = captured.stream;
    const next = this.phone.add('out', target);
    event.accept((session) => {
      next.adopt(session);
      if (session.connection) next.watch(session.connection, stream);
    }, { mediaStream: stream, pcConfig: this.phone.peerConfig });
  }

  /** An attended transfer ends at us: the new call takes the place of one that we had answered, so it is answered too. */
  replaced(call: Call, event: ReferEvent): void {
    if (call.ended) {
      event.reject();
      return;
    }
    event.accept((session) => {
      this.#ours.add(session);
      const next = this.phone.add('in', call.caller.number);
      next.adopt(session, event.request);
      queueMicrotask(() => void this.answer(next));
    });
  }

  #deliveredAgain(call: Call, { session, request }: IncomingCall): void {
    const old = call.session;
    call.adopt(session, request);
    if (old) terminate(old);
    if (call.answerWanted) queueMicrotask(() => void this.answer(call));
  }
}
