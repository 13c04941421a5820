/**
 * The contract between the softphone (this folder) and the portal (.NET). docs/softphone.md describes it in words.
 * .NET receives whole snapshots, never deltas, and sends commands; everything here survives JSON.
 * Names and error codes are permanent: resources translate them.
 */

/** Answer of `GET /phone/session`. Held in memory only: never in storage, markup or logs. */
export interface PhoneSession {
  readonly account: SipAccount;
  /** WSS addresses; the heaviest first, the next one after a failed attempt. */
  readonly servers: readonly WeightedServer[];
  readonly iceServers: readonly IceServer[];
  /** Unix milliseconds when secrets in it (TURN's, or a short-lived `ha1`) end; a new session is fetched two minutes before. Null: never. */
  readonly expiresAt: number | null;
  readonly policy: PhonePolicy;
}

export interface SipAccount {
  /** For example `sip:1001@pbx.example.test`. */
  readonly uri: string;
  readonly authUser: string;
  /** Realm that `ha1` was made for: MD5(user:realm:password). A challenge for another realm is refused. */
  readonly realm: string;
  readonly ha1: string;
  readonly displayName: string;
}

export interface WeightedServer {
  readonly url: string;
  readonly weight: number;
}

export interface IceServer {
  readonly urls: string | string[];
  readonly username?: string;
  readonly credential?: string;
}

export interface PhonePolicy {
  readonly registerSeconds: number;
  readonly dtmf: DtmfMode;
  /** Calls at once, held ones included; one more is answered 486. */
  readonly maxCalls: number;
  /** `announced`: only calls the portal announced by the command `announce`. `always`: an administrator allowed the headers. */
  readonly autoAnswer: 'never' | 'announced' | 'always';
  /** Number that parks a call blind-transferred to it, for example 700 on a UCM; null: no parking. */
  readonly parkNumber: string | null;
  /** Conference room of the PBX for three-way calls; null: the PBX offers none. */
  readonly conferenceNumber: string | null;
  /** A call whose audio stops coming for this long is ended; the PBX's own rtp_timeout should match. 0: never. */
  readonly mediaTimeoutSeconds: number;
  /** Codecs in the order of preference, such as `['opus', 'pcmu']`; those that are not named come last. Absent: the browser's own order. */
  readonly codecs?: readonly string[];
}

export type DtmfMode = 'rfc2833' | 'info';

/** `standby` is of a tab that is not the phone. See engine/line.ts for the diagram. */
export type LineState = 'standby' | 'idle' | 'connecting' | 'registering' | 'registered' | 'reconnecting' | 'authFailed';

/** See engine/callStates.ts for the diagram. */
export type CallState =
  | 'dialing' | 'ringingOut' | 'earlyMedia' | 'ringing' | 'answering' | 'connecting' | 'active' | 'ended';

export type MediaState = 'new' | 'checking' | 'connected' | 'disconnected' | 'silent' | 'failed';

export type EndCause =
  | 'hangUp' | 'cancelled' | 'answeredElsewhere' | 'busy' | 'rejected' | 'noAnswer' | 'notFound' | 'unavailable'
  | 'incompatible' | 'credentials' | 'serverError' | 'failed' | 'signallingLost' | 'mediaLost' | 'timeout' | 'gone'
  | 'microphoneDenied' | 'microphoneMissing' | 'noNetwork' | 'transferred' | 'dnd' | 'tooManyCalls';

export type ErrorCode =
  | 'phone.stopped' | 'phone.noLeader' | 'phone.leaderBusy' | 'phone.timeout' | 'phone.unknownCommand' | 'phone.internal'
  | 'line.down' | 'line.credentials' | 'line.session'
  | 'call.unknown' | 'call.wrongState' | 'call.tooMany' | 'call.badNumber' | 'call.badTones'
  | 'offer.refused' | 'offer.crossed' | 'offer.timeout' | 'offer.busy'
  | 'transfer.refused' | 'transfer.timeout' | 'transfer.notConfigured'
  | 'microphone.denied' | 'microphone.missing' | 'microphone.failed' | 'device.unknown';

export interface LineSnapshot {
  readonly state: LineState;
  /** Why the line is not registered: an error code, or null. */
  readonly cause: ErrorCode | null;
  readonly sipCode: number | null;
  /** Round trip of the last keepalive. */
  readonly rttMs: number | null;
  /** Unix milliseconds of the next attempt. */
  readonly retryAt: number | null;
  /** Other devices and browsers that the PBX rings for this extension, as far as it tells; 0 while not registered. */
  readonly others: number;
}

export interface Quality {
  /** 1 to 4.5; null while held or before the first figures. */
  readonly mos: number | null;
  readonly lossPct: number | null;
  readonly jitterMs: number | null;
  readonly rttMs: number | null;
}

export interface TransferSnapshot {
  readonly kind: 'blind' | 'attended' | 'park' | 'conference';
  readonly target: string;
  readonly state: 'requested' | 'trying' | 'ringing' | 'done' | 'failed';
  /** Last status the other side reported (from REFER's answer or NOTIFY's sipfrag). */
  readonly sipCode: number | null;
  readonly error: ErrorCode | null;
}

export interface CallSnapshot {
  readonly id: string;
  readonly sipCallId: string | null;
  readonly direction: 'in' | 'out';
  readonly state: CallState;
  readonly number: string;
  readonly name: string | null;
  /** Headers of the incoming INVITE that the portal may use: X-*, Diversion, P-Asserted-Identity, Alert-Info, Call-Info. */
  readonly headers: Readonly<Record<string, string>>;
  readonly localHold: boolean;
  readonly remoteHold: boolean;
  readonly muted: boolean;
  readonly media: MediaState;
  readonly offerInFlight: boolean;
  /** Answered by itself, see policy.autoAnswer. */
  readonly auto: boolean;
  readonly transfer: TransferSnapshot | null;
  readonly quality: Quality;
  /** Unix milliseconds. */
  readonly startedAt: number;
  readonly answeredAt: number | null;
  readonly endedAt: number | null;
  readonly endedBy: EndedBy | null;
  readonly sipCode: number | null;
  readonly cause: EndCause | null;
}

export type EndedBy = 'local' | 'remote' | 'system';

/** One finished call. Kept and repeated in every snapshot until .NET acknowledges its id; store it once by `id`. */
export interface EndedCall {
  readonly id: string;
  readonly sipCallId: string | null;
  readonly direction: 'in' | 'out';
  readonly number: string;
  readonly name: string | null;
  readonly startedAt: number;
  readonly answeredAt: number | null;
  readonly endedAt: number;
  readonly endedBy: EndedBy;
  readonly sipCode: number | null;
  readonly cause: EndCause;
  readonly quality: QualitySummary | null;
}

export interface QualitySummary {
  readonly mosAvg: number;
  readonly mosMin: number;
  readonly lossPctAvg: number;
  readonly jitterMsAvg: number;
  readonly rttMsAvg: number | null;
  readonly samples: number;
}

export type Permission = 'granted' | 'denied' | 'prompt' | 'unknown';

export interface Device {
  readonly id: string;
  readonly label: string;
}

export interface DevicesSnapshot {
  readonly permission: Permission;
  readonly notifications: Permission;
  /** False until a click let the page make sounds: the ringer is silent. */
  readonly audible: boolean;
  readonly microphones: readonly Device[];
  readonly speakers: readonly Device[];
  /** Chosen ids; null is the system's default. */
  readonly microphone: string | null;
  readonly speaker: string | null;
  readonly ringer: string | null;
  /** 0 to 1 while the microphone test runs, else null. */
  readonly level: number | null;
}

export interface PhoneSnapshot {
  /** Of this page load. A new one begins with revision 1 again. */
  readonly epoch: string;
  /** Grows within an epoch. .NET drops a snapshot whose revision is not greater than the last of its epoch. */
  readonly rev: number;
  readonly tab: string;
  readonly leader: boolean;
  readonly dnd: boolean;
  readonly line: LineSnapshot;
  readonly calls: readonly CallSnapshot[];
  readonly devices: DevicesSnapshot;
  readonly ended: readonly EndedCall[];
  /** The call that ended last while a tab of this browser was open, acknowledged or not: every tab can say why it ended. */
  readonly lastEnd: EndedCall | null;
}

export interface Commands {
  dial: { readonly number: string; readonly headers?: Readonly<Record<string, string>> };
  answer: CallRef;
  /** 486 when busy (default 603): a queue then rings the next agent. */
  reject: CallRef & { readonly busy?: boolean };
  hangUp: CallRef;
  hold: CallRef;
  resume: CallRef;
  mute: CallRef & { readonly on: boolean };
  dtmf: CallRef & { readonly tones: string };
  /** Blind transfer. */
  transfer: CallRef & { readonly number: string };
  /** Attended transfer: callId's far side is joined with otherCallId's. */
  transferTo: CallRef & { readonly otherCallId: string };
  /** Both far sides and we meet in the PBX's conference room. */
  threeWay: CallRef & { readonly otherCallId: string };
  park: CallRef;
  dnd: { readonly on: boolean };
  /** The portal is about to cause an incoming call: the INVITE that carries the token is answered by itself. */
  announce: { readonly token: string; readonly number: string | null };
  devices: { readonly microphone?: string | null; readonly speaker?: string | null; readonly ringer?: string | null };
  /** Asks for the microphone and unlocks sound; must come from a click in this very tab. */
  prepare: Record<string, never>;
  microphoneTest: { readonly on: boolean };
  speakerTest: { readonly device: 'speaker' | 'ringer' };
  /** .NET has stored these ended calls. */
  acknowledge: { readonly ids: readonly string[] };
  /** Be the phone from now on; refused while the present one is in a call. */
  takeOver: Record<string, never>;
  /** Try the line again now: after new credentials, or because the user presses "try again". */
  retry: Record<string, never>;
}

export interface CallRef {
  readonly callId: string;
}

export type CommandName = keyof Commands;

export type CommandResult =
  | { readonly ok: true; readonly callId?: string }
  | { readonly ok: false; readonly error: ErrorCode; readonly sipCode?: number };

/** What `start` takes; .NET gives it once per page. */
export interface HostConfig {
  /** How incoming calls sound; the tenant's choice. */
  readonly ringtone: Ringtone;
  /** Names the lock, the channel and the stored records: tenant and user, for example `demo/42`. */
  readonly user: string;
  /** Address of the session endpoint, for example `phone/session`. */
  readonly sessionUrl: string;
  readonly texts: HostTexts;
}

/** `silent`: incoming calls are seen, not heard. */
export type Ringtone = 'classic' | 'soft' | 'silent';

/** Words that the page shows without .NET: in the tab's title and in notifications. */
export interface HostTexts {
  readonly incomingCall: string;
}

/** The part of Blazor's DotNetObjectReference that is used. */
export interface DotNetPhone {
  invokeMethodAsync(method: 'OnPhone', snapshot: PhoneSnapshot): Promise<unknown>;
}

export const done: CommandResult = { ok: true };
export const refused = (error: ErrorCode, sipCode?: number): CommandResult =>
  sipCode === undefined ? { ok: false, error } : { ok: false, error, sipCode };
