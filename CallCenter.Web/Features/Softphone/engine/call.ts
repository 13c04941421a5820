import type { CallSnapshot, CallState, EndCause, EndedBy, EndedCall, TransferSnapshot } from '../contract';
import { isEstablished, mayMove } from './callStates';
import { endingOf } from './causes';
import { assertedCaller, callerOf, usefulHeaders, type Caller } from './identity';
import { MediaWatch } from './mediaWatch';
import { Offers, type OfferKind, type OfferOutcome } from './offers';
import type { Ports } from './ports';
import { noQuality } from './quality';
import { hasCandidate, withCodecs } from './sdp';
import { callIdOf, surviveErrors, terminate } from './sip/guards';
import type { ReferEvent, SipHeaders, SipRequest, SipSession } from './sip/library';

export interface CallHost {
  readonly ports: Ports;
  readonly mediaTimeoutMs: number;
  readonly codecs: readonly string[];
  /** Whether SIP can reach anybody right now. */
  lineUp(): boolean;
  changed(): void;
  ended(call: Call): void;
  /** Hang this session up once the flow is back. */
  partLater(session: SipSession): void;
  referred(call: Call, event: ReferEvent): void;
  replaced(call: Call, event: ReferEvent): void;
}

/** One call and its JsSIP session. A call whose INVITE is delivered anew after a lost flow keeps its identity and changes the session. */
export class Call {
  transfer: TransferSnapshot | null = null;
  auto = false;
  headers: Readonly<Record<string, string>> = {};
  caller: Caller;
  /** The user pressed answer. */
  answerWanted = false;
  /** A transfer is taking this call away: its hang-up means that. */
  transferring = false;
  /** The flow broke while it rang; the PBX may deliver it again. */
  stranded = false;

  #state: CallState;
  #session: SipSession | null = null;
  #offers: Offers | null = null;
  #watch: MediaWatch | null = null;
  #stream: MediaStream | null = null;
  #sipCallId: string | null = null;
  #confirmed = false;
  #muted = false;
  #mediaUp = false;
  #answeredAt: number | null = null;
  #end: { readonly at: number; readonly by: EndedBy; readonly cause: EndCause; readonly sipCode: number | null } | null = null;
  readonly #startedAt: number;

  constructor(readonly id: string, readonly direction: 'in' | 'out', number: string, private readonly host: CallHost) {
    this.caller = { number, name: null };
    this.#state = direction === 'in' ? 'ringing' : 'dialing';
    this.#startedAt = host.ports.clock.now();
  }

  get state(): CallState {
    return this.#state;
  }

  get session(): SipSession | null {
    return this.#session;
  }

  get ended(): boolean {
    return this.#state === 'ended';
  }

  get localHold(): boolean {
    return this.#session?.isOnHold().local ?? false;
  }

  get remoteHold(): boolean {
    return this.#session?.isOnHold().remote ?? false;
  }

  /** Both sides have acknowledged the answer. */
  get confirmed(): boolean {
    return this.#confirmed && !this.ended;
  }

  get muted(): boolean {
    return this.#muted;
  }

  /** Audio goes both ways, or would if it were connected. */
  get talking(): boolean {
    return isEstablished(this.#state) && !this.localHold;
  }

  adopt(session: SipSession, request?: SipRequest): void {
    this.#session = session;
    this.#confirmed = false;
    this.stranded = false;
    if (request) {
      this.#sipCallId = request.call_id;
      this.headers = usefulHeaders(request);
      this.caller = assertedCaller(request) ?? callerOf(session.remote_identity);
    }
    const { clock, random, log } = this.host.ports;
    this.#offers = new Offers({
      session,
      codecs: this.host.codecs,
      ownsCallId: this.direction === 'out',
      isEnded: () => this.ended,
      changed: () => { this.host.changed(); },
      gone: (sipCode) => { this.end('remote', 'gone', sipCode); },
    }, clock, random, log);
    surviveErrors(session, {
      lostBeforeAnswer: () => { this.end('system', 'signallingLost'); },
      doubtful: () => { void this.offer('refresh'); },
    });
    this.#listen(session);
  }

  /** The peer connection exists once JsSIP made it: at once for outgoing calls, on answering for incoming ones. */
  watch(peer: RTCPeerConnection, stream: MediaStream): void {
    this.#stream = stream;
    const { clock, audio } = this.host.ports;
    this.#watch?.stop();
    this.#watch = new MediaWatch({
      peer,
      outgoing: this.direction === 'out',
      held: () => this.localHold || this.remoteHold,
      confirmed: () => this.#confirmed,
      restart: () => { if (this.host.lineUp()) void this.offer('restart'); },
      mediaConnected: () => { this.#mediaUp = true; this.#activate(); },
      mediaLost: () => { this.hangUp('system', 'mediaLost'); },
      changed: () => { this.host.changed(); },
    }, clock, this.host.mediaTimeoutMs);
    peer.addEventListener('track', (event) => {
      const remote = event.streams[0];
      if (remote) audio.play(this.id, remote);
    });
  }

  move(state: CallState): void {
    if (!mayMove(this.#state, state)) return;
    this.#state = state;
    this.host.changed();
  }

  offer(kind: OfferKind): Promise<OfferOutcome> {
    if (!this.#offers || !this.#confirmed || this.ended) return Promise.resolve({ ok: false, error: 'call.wrongState', sipCode: null });
    return this.#offers.enqueue(kind);
  }

  /** After the flow was lost and is registered again: the far side learns our new contact, or we learn that it is gone. */
  refresh(): Promise<OfferOutcome> {
    return this.offer(this.#watch?.media === 'connected' || this.#watch?.media === 'silent' ? 'refresh' : 'restart');
  }

  mute(on: boolean): void {
    this.#muted = on;
    if (on) this.#session?.mute();
    else this.#session?.unmute();
    this.host.changed();
  }

  get usesMicrophone(): boolean {
    return this.#stream !== null && !this.ended;
  }

  /** Another microphone, without renegotiation; mute and hold go on applying. */
  async changeMicrophone(stream: MediaStream): Promise<void> {
    const old = this.#stream;
    const track = stream.getTracks()[0];
    const sender = this.#session?.connection?.getSenders().find((one) => one.track?.kind === 'audio' || one.track === null);
    if (!track || !sender || this.ended) {
      for (const one of stream.getTracks()) one.stop();
      return;
    }
    track.enabled = !this.#muted && !this.localHold;
    await sender.replaceTrack(track);
    this.#stream = stream;
    for (const one of old?.getTracks() ?? []) one.stop();
  }

  dtmf(tones: string, transportType: 'RFC2833' | 'INFO'): void {
    this.#session?.sendDTMF(tones, { transportType });
  }

  hangUp(by: EndedBy = 'local', cause?: EndCause, sipCode?: number): void {
    if (this.ended) return;
    const established = isEstablished(this.#state);
    const session = this.#session;
    this.end(by, cause ?? (established ? 'hangUp' : this.direction === 'out' ? 'cancelled' : 'rejected'), sipCode ?? null);
    if (session) this.#part(session, sipCode);
  }

  end(by: EndedBy, cause: EndCause, sipCode: number | null = null): void {
    if (this.ended) return;
    this.#end = { at: this.host.ports.clock.now(), by, cause: cause === 'hangUp' && this.transferring ? 'transferred' : cause, sipCode };
    this.#state = 'ended';
    this.#watch?.stop();
    this.host.ports.audio.stop(this.id);
    for (const track of this.#stream?.getTracks() ?? []) track.stop();
    this.host.ended(this);
  }

  snapshot(): CallSnapshot {
    return {
      id: this.id, sipCallId: this.#sipCallId, direction: this.direction, state: this.#state,
      number: this.caller.number, name: this.caller.name, headers: this.headers,
      localHold: this.localHold, remoteHold: this.remoteHold, muted: this.#muted,
      media: this.#watch?.media ?? 'new', offerInFlight: this.#offers?.inFlight ?? false, auto: this.auto, transfer: this.transfer,
      quality: this.#watch?.quality ?? noQuality,
      startedAt: this.#startedAt, answeredAt: this.#answeredAt, endedAt: this.#end?.at ?? null, endedBy: this.#end?.by ?? null,
      sipCode: this.#end?.sipCode ?? null, cause: this.#end?.cause ?? null,
    };
  }

  record(): EndedCall | null {
    if (!this.#end) return null;
    return {
      id: this.id, sipCallId: this.#sipCallId, direction: this.direction, number: this.caller.number, name: this.caller.name,
      startedAt: this.#startedAt, answeredAt: this.#answeredAt, endedAt: this.#end.at, endedBy: this.#end.by,
      sipCode: this.#end.sipCode, cause: this.#end.cause, quality: this.#watch?.log.summary() ?? null,
    };
  }

  #listen(session: SipSession): void {
    const current = () => session === this.#session && !this.ended;
    session.on('sending', (event) => { this.#sipCallId = event.request.call_id; });
    session.on('progress', (event) => {
      if (!current() || event.originator !== 'remote' || !event.response) return;
      this.#asserted(event.response);
      this.move(event.response.body ? 'earlyMedia' : 'ringingOut');
    });
    session.on('accepted', (event) => {
      if (!current()) return;
      if (event.response) this.#asserted(event.response);
      this.#answeredAt ??= this.host.ports.clock.now();
      this.move('connecting');
    });
    session.on('confirmed', () => {
      if (!current()) return;
      this.#confirmed = true;
      this.#sipCallId ??= callIdOf(session);
      this.#watch?.start();
      this.#activate();
    });
    const over = (event: Parameters<typeof endingOf>[0]) => {
      if (!current() || this.stranded) return;
      const ending = endingOf(event);
      this.end(ending.by, ending.cause, ending.sipCode);
    };
    session.on('ended', over);
    session.on('failed', over);
    session.on('sdp', (event) => {
      if (current() && event.originator === 'local') event.sdp = withCodecs(event.sdp, this.host.codecs);
      // No usable interface: nobody could ever be heard, so nothing is sent.
      if (current() && !this.#confirmed && event.originator === 'local' && !hasCandidate(event.sdp)) this.hangUp('system', 'noNetwork', 480);
    });
    session.on('refer', (event) => { this.host.referred(this, event); });
    session.on('replaces', (event) => { this.host.replaced(this, event); });
    const changed = () => { this.host.changed(); };
    session.on('hold', changed);
    session.on('unhold', changed);
    const renamed = (event: { readonly request: SipHeaders }) => { this.#asserted(event.request); };
    session.on('reinvite', renamed);
    session.on('update', renamed);
  }

  #asserted(message: SipHeaders): void {
    const caller = assertedCaller(message);
    if (!caller) return;
    this.caller = caller;
    this.host.changed();
  }

  #activate(): void {
    if (this.#confirmed && this.#mediaUp) this.move('active');
  }

  /** With the flow down BYE would go nowhere and the far side would stay in the call: it is sent when the flow is back. */
  #part(session: SipSession, sipCode?: number): void {
    const options = sipCode === undefined || session.isEstablished() ? undefined : { status_code: sipCode };
    if (this.host.lineUp() || !session.isEstablished()) {
      terminate(session, options);
      return;
    }
    session.mute();
    session.connection?.close();
    this.host.partLater(session);
  }
}
