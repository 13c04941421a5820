import JsSIP from 'jssip';
import RTCSession from 'jssip/lib/RTCSession';
import type { PeerConnections } from '../ports';

/* The part of JsSIP 3.13.8 that is used, typed. Members with an underscore are internals: the version is pinned, and guards.ts says why each is touched. */

export interface SipHeaders {
  getHeader(name: string): string | undefined;
  getHeaders(name: string): string[];
  readonly headers: Readonly<Record<string, unknown>>;
  readonly body: string | null;
  readonly call_id: string;
}

export interface SipResponse extends SipHeaders {
  readonly status_code: number;
  readonly reason_phrase: string;
}

export interface SipRequest extends SipHeaders {
  readonly method: string;
  cseq: number;
}

export interface SipUri {
  readonly user: string;
  readonly host: string;
  toString(): string;
}

export interface SipIdentity {
  readonly uri: SipUri;
  readonly display_name: string | null | undefined;
}

export type Originator = 'local' | 'remote' | 'system';

export interface EndEvent {
  readonly originator: Originator;
  readonly message: (Partial<SipResponse> & SipHeaders) | null;
  readonly cause: string;
}

export interface OfferEvent {
  readonly request: SipRequest;
  reject(options: { status_code: number }): void;
}

export interface ReferEvent {
  readonly request: SipRequest;
  accept(initCallback: (session: SipSession) => void, options?: CallOptions): void;
  reject(): void;
}

export interface SessionEvents {
  sending: { readonly request: SipRequest };
  progress: { readonly originator: Originator; readonly response: SipResponse | null };
  accepted: { readonly originator: Originator; readonly response: SipResponse | null };
  confirmed: { readonly originator: Originator };
  ended: EndEvent;
  failed: EndEvent;
  hold: { readonly originator: Originator };
  unhold: { readonly originator: Originator };
  /** JsSIP sends what stands in `sdp` after the listeners. */
  sdp: { readonly originator: Originator; readonly type: string; sdp: string };
  reinvite: OfferEvent;
  update: OfferEvent;
  refer: ReferEvent;
  replaces: ReferEvent;
}

export interface ReferProgress {
  readonly status_line?: { readonly status_code: number };
  readonly response?: SipResponse | null;
}

export interface ReferSubscriber {
  on(event: 'requestSucceeded' | 'requestFailed' | 'trying' | 'progress' | 'accepted' | 'failed', listener: (event: ReferProgress) => void): void;
}

export interface CallOptions {
  mediaStream?: MediaStream;
  pcConfig?: RTCConfiguration;
  extraHeaders?: string[];
}

export interface TerminateOptions {
  cause?: string;
  status_code?: number;
  reason_phrase?: string;
}

export interface SipDialog {
  uac_pending_reply: boolean;
  _local_seqnum: number;
  _outgoing_ack_seqnum: number | null;
  _createRequest(method: string, extraHeaders: string[], body: string): SipRequest;
}

export interface SipSession {
  readonly id: string;
  readonly connection: RTCPeerConnection | null;
  readonly contact: string;
  readonly remote_identity: SipIdentity;
  on<E extends keyof SessionEvents>(event: E, listener: (event: SessionEvents[E]) => void): void;
  answer(options: CallOptions): void;
  terminate(options?: TerminateOptions): void;
  isEstablished(): boolean;
  isEnded(): boolean;
  isOnHold(): { readonly local: boolean; readonly remote: boolean };
  isReadyToReOffer(): boolean;
  mute(): void;
  unmute(): void;
  sendDTMF(tones: string, options: { transportType: 'RFC2833' | 'INFO' }): void;
  refer(target: string | SipUri, options: { replaces?: SipSession }): ReferSubscriber | false;
  sendRequest(method: string): void;
  onTransportError(): void;
  onRequestTimeout(): void;
  onDialogError(): void;
  readonly _ua: UserAgent;
  readonly _request: SipRequest;
  readonly _dialog: SipDialog | undefined;
  readonly _sessionTimers: { readonly running: boolean; readonly currentExpires: number | null; readonly refresher: boolean };
  _localHold: boolean;
  _is_canceled: boolean;
  _setLocalMediaStatus(): void;
  _handleSessionTimersInIncomingResponse(response: SipResponse): void;
}

export interface UserAgentEvents {
  connected: unknown;
  disconnected: unknown;
  registered: { readonly response: SipResponse };
  registrationFailed: { readonly response: SipResponse | null; readonly cause: string };
  newRTCSession: { readonly originator: Originator; readonly session: SipSession; readonly request: SipRequest };
}

export interface UserAgent {
  on<E extends keyof UserAgentEvents>(event: E, listener: (event: UserAgentEvents[E]) => void): void;
  start(): void;
  stop(): void;
  register(): void;
  unregister(): void;
  isConnected(): boolean;
  isRegistered(): boolean;
  set(parameter: 'ha1' | 'realm' | 'authorization_user' | 'display_name', value: string): boolean;
  call(target: SipUri, options: CallOptions): SipSession;
  normalizeTarget(target: string): SipUri | undefined;
  sendOptions(target: string, body: null, options: { eventHandlers: { succeeded(): void; failed(event: { response: SipResponse | null }): void } }): void;
  readonly transport: { connect(): void };
  readonly contact: { readonly uri: SipUri };
}

export interface UserAgentSettings {
  readonly sockets: object;
  readonly uri: string;
  readonly authorization_user: string;
  readonly realm: string;
  readonly ha1: string;
  readonly display_name: string;
  readonly instance_id: string;
  readonly register_expires: number;
}

const peersOf = new WeakMap<object, PeerConnections>();

interface SessionInternals {
  readonly _ua: object;
  _connection: RTCPeerConnection;
  emit(event: 'peerconnection', value: { readonly peerconnection: RTCPeerConnection }): void;
}

let patched = false;

/** JsSIP makes its peer connections itself and ends the call when ICE fails; ours are injected, and mediaWatch.ts decides. */
function patchPeerConnections(): void {
  if (patched) return;
  patched = true;
  Object.assign(RTCSession.prototype, {
    _createRTCConnection(this: SessionInternals, config: RTCConfiguration) {
      const peers = peersOf.get(this._ua);
      if (!peers) throw new Error('A session of an unknown user agent');
      this._connection = peers.create(config);
      this.emit('peerconnection', { peerconnection: this._connection });
    },
  });
}

const oneDaySeconds = 86_400;

export function createUserAgent(settings: UserAgentSettings, peers: PeerConnections): UserAgent {
  patchPeerConnections();
  JsSIP.debug.disable();
  const ua = new JsSIP.UA({
    ...settings,
    session_timers: true,
    no_answer_timeout: 180,
    user_agent: 'CallCenter',
    // line.ts reconnects; JsSIP's own attempts are put off for a day.
    connection_recovery_min_interval: oneDaySeconds,
    connection_recovery_max_interval: oneDaySeconds,
  }) as UserAgent;
  peersOf.set(ua, peers);
  return ua;
}
