import type { ErrorCode } from '../contract';
import { between, delay } from './delay';
import { gathered } from './gathering';
import type { Clock, Log, Random } from './ports';
import { closingAnswer, offerDirection, withCodecs, withDirection } from './sdp';
import { markLocalHold, sendReinvite } from './sip/guards';
import type { OfferEvent, SipResponse, SipSession } from './sip/library';

/** hold and resume change the direction; refresh says the present one again; restart also renews ICE. */
export type OfferKind = 'hold' | 'resume' | 'refresh' | 'restart';

export type OfferOutcome = { readonly ok: true } | { readonly ok: false; readonly error: ErrorCode; readonly sipCode: number | null };

export interface OfferCall {
  readonly session: SipSession;
  /** Codecs in the order of preference; empty for the browser's own. */
  readonly codecs: readonly string[];
  /** We made the Call-ID, so RFC 3261 14.1 gives us the longer delay after glare. */
  readonly ownsCallId: boolean;
  isEnded(): boolean;
  changed(): void;
  /** The far side no longer knows the call. */
  gone(sipCode: number): void;
}

type Attempt = OfferOutcome | { readonly again: number; readonly error: ErrorCode; readonly sipCode: number | null };

const attempts = 4;
const busyWaitMs = 250;
const busyWaits = 130;

/**
 * The one queue of a call for everything that needs an offer. A refused or crossing offer is undone without a rollback and
 * tried again by RFC 3261's delays; it never ends the call.
 */
export class Offers {
  #tail: Promise<unknown> = Promise.resolve();
  #inFlight = false;
  /** What the far side agreed to last; the session's own flag is what the user wants. */
  #held = false;
  readonly #waiting = new Map<OfferKind, Promise<OfferOutcome>>();

  constructor(
    private readonly call: OfferCall,
    private readonly clock: Clock,
    private readonly random: Random,
    private readonly log: Log,
  ) {
    const refuseCrossing = (event: OfferEvent) => {
      // JsSIP goes on to process an offer it just answered 491; rejecting stops that, and its second reply is dropped.
      if (this.#inFlight && event.request.body) event.reject({ status_code: 491 });
    };
    call.session.on('reinvite', refuseCrossing);
    call.session.on('update', refuseCrossing);
    call.session.on('sdp', (event) => { this.#keepHoldInAnswer(event.originator, event.type); });
  }

  get inFlight(): boolean {
    return this.#inFlight;
  }

  enqueue(kind: OfferKind): Promise<OfferOutcome> {
    const same = this.#waiting.get(kind);
    if (same) return same;
    // Silent at once, whatever is still under way before it.
    if (kind === 'hold') this.#mark(true);
    const run = this.#tail.then(async () => {
      this.#waiting.delete(kind);
      return await this.#run(kind);
    });
    this.#waiting.set(kind, run);
    this.#tail = run.catch(() => undefined);
    return run;
  }

  async #run(kind: OfferKind): Promise<OfferOutcome> {
    const { session } = this.call;
    const wanted = kind === 'hold' ? true : kind === 'resume' ? false : session.isOnHold().local;
    if ((kind === 'hold' || kind === 'resume') && wanted === this.#held) {
      this.#settle();
      return { ok: true };
    }
    let last: Attempt = { ok: false, error: 'offer.busy', sipCode: null };
    for (let attempt = 1; attempt <= attempts && !this.call.isEnded(); attempt++) {
      if (!(await this.#ready(kind))) break;
      last = await this.#attempt(kind, wanted);
      if ('ok' in last) break;
      if (attempt < attempts) await delay(this.clock, last.again);
    }
    if (this.call.isEnded()) return { ok: false, error: 'call.wrongState', sipCode: null };
    const outcome: OfferOutcome = 'ok' in last ? last : { ok: false, error: last.error, sipCode: last.sipCode };
    if (outcome.ok) this.#held = wanted;
    else this.log('offer.failed', { kind, error: outcome.error, sipCode: outcome.sipCode });
    this.#settle();
    return outcome;
  }

  /** The microphone as agreed, unless a hold waits for its turn. */
  #settle(): void {
    this.#mark(this.#held || this.#waiting.has('hold'));
  }

  #mark(held: boolean): void {
    markLocalHold(this.call.session, held);
    this.call.changed();
  }

  /** JsSIP may be answering the far side's offer, or still be waiting for the ACK. */
  async #ready(kind: OfferKind): Promise<boolean> {
    for (let i = 0; i < busyWaits && !this.call.isEnded(); i++) {
      const state = this.call.session.connection?.signalingState;
      if (this.call.session.isReadyToReOffer() && (state === 'stable' || (state === 'have-local-offer' && kind === 'restart'))) return true;
      await delay(this.clock, busyWaitMs);
    }
    return false;
  }

  async #attempt(kind: OfferKind, wanted: boolean): Promise<Attempt> {
    const peer = this.call.session.connection;
    if (!peer) return { ok: false, error: 'call.wrongState', sipCode: null };
    this.#setInFlight(true);
    try {
      await peer.setLocalDescription(await peer.createOffer(kind === 'restart' ? { iceRestart: true } : undefined));
      await gathered(peer);
      if (this.call.isEnded()) return { ok: false, error: 'call.wrongState', sipCode: null };
      const local = withCodecs(peer.localDescription?.sdp ?? '', this.call.codecs);
      const sdp = withDirection(local, offerDirection(wanted, this.call.session.isOnHold().remote));
      const answer = await sendReinvite(this.call.session, sdp);
      if (answer.kind !== 'answer') {
        await this.#undo(peer, kind);
        return { ok: false, error: answer.kind === 'timeout' ? 'offer.timeout' : 'line.down', sipCode: null };
      }
      return await this.#conclude(peer, kind, answer.response);
    } catch (error) {
      this.log('offer.error', { kind, error: error instanceof Error ? error.name : 'unknown' });
      await this.#undo(peer, kind);
      return { ok: false, error: 'offer.refused', sipCode: null };
    } finally {
      this.#setInFlight(false);
    }
  }

  async #conclude(peer: RTCPeerConnection, kind: OfferKind, response: SipResponse): Promise<Attempt> {
    const sipCode = response.status_code;
    if (sipCode < 300 && response.body) {
      await peer.setRemoteDescription({ type: 'answer', sdp: response.body });
      return { ok: true };
    }
    await this.#undo(peer, kind);
    if (sipCode === 481) {
      this.call.gone(sipCode);
      return { ok: false, error: 'offer.refused', sipCode };
    }
    if (sipCode === 491) {
      const again = this.call.ownsCallId ? between(this.random, 2_100, 4_000) : between(this.random, 0, 2_000);
      return { again, error: 'offer.crossed', sipCode };
    }
    if (sipCode === 408 || sipCode >= 500 && sipCode < 600) {
      const asked = Number(response.getHeader('retry-after'));
      return { again: asked > 0 && asked <= 10 ? asked * 1000 : between(this.random, 1_000, 4_000), error: 'offer.refused', sipCode };
    }
    return { ok: false, error: 'offer.refused', sipCode };
  }

  async #undo(peer: RTCPeerConnection, kind: OfferKind): Promise<void> {
    // An offer with new ICE credentials cannot be closed with the old ones: the next restart or the far side's offer replaces it.
    if (kind === 'restart' || peer.signalingState !== 'have-local-offer') return;
    const remote = peer.currentRemoteDescription?.sdp;
    const local = peer.currentLocalDescription?.sdp;
    if (!remote || !local) return;
    try {
      await peer.setRemoteDescription({ type: 'answer', sdp: closingAnswer(remote, local) });
    } catch (error) {
      this.log('offer.undoFailed', { error: error instanceof Error ? error.name : 'unknown' });
    }
  }

  /** Answering the far side's offer must not end our hold: JsSIP does not look at it, the transceiver's direction does. */
  #keepHoldInAnswer(originator: string, type: string): void {
    const audio = this.call.session.connection?.getTransceivers()[0];
    if (!audio || audio.direction === 'stopped') return;
    if (originator === 'remote' && type === 'offer') audio.direction = this.call.session.isOnHold().local ? 'sendonly' : 'sendrecv';
    else if (originator === 'local' && type === 'answer') audio.direction = 'sendrecv';
  }

  #setInFlight(on: boolean): void {
    this.#inFlight = on;
    this.call.changed();
  }
}
