import type { CallState, Ringtone } from '../contract';
import type { NoKey } from './acts';

/** Words of what this script draws itself; .NET gives them at the start, in the reader's language. */
export interface PortalTexts {
  readonly incomingCall: string;
  readonly bar: string;
  readonly answer: string;
  readonly reject: string;
  readonly hangUp: string;
  readonly hold: string;
  readonly resume: string;
  readonly mute: string;
  readonly unmute: string;
  readonly withheld: string;
  readonly onHold: string;
  readonly signOut: string;
  /** Why a key does nothing now. */
  readonly noKey: Readonly<Record<NoKey, string>>;
  readonly states: Readonly<Record<CallState, string>>;
}

/** What `open` takes, beside the engine's address. */
export interface PortalConfig {
  readonly user: string;
  readonly sessionUrl: string;
  readonly ringtone: Ringtone;
  /** Address of the sprite of icons. */
  readonly icons: string;
  /** The digit zero that the reader wants: 0 or ٠. */
  readonly zero: string;
  readonly texts: PortalTexts;
}

const two = (value: number): string => String(value).padStart(2, '0');

/** `3:07`, `1:02:45`, in the reader's digits. */
export function clockText(seconds: number, zero: string): string {
  const whole = Math.max(0, Math.floor(seconds));
  const [hours, minutes, rest] = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60, whole % 60];
  const plain = hours > 0 ? `${String(hours)}:${two(minutes)}:${two(rest)}` : `${String(minutes)}:${two(rest)}`;
  const from = zero.codePointAt(0) ?? 48;
  return from === 48 ? plain : plain.replace(/\d/g, (digit) => String.fromCodePoint(from + Number(digit)));
}
