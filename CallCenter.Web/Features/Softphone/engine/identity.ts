import type { SipHeaders, SipIdentity } from './sip/library';

export interface Caller {
  readonly number: string;
  readonly name: string | null;
}

const useful = /^(x-|p-asserted-identity$|diversion$|alert-info$|call-info$|answer-mode$|p-auto-answer$|history-info$)/i;

/** The headers the portal may use, by lower-case name. */
export function usefulHeaders(message: SipHeaders): Record<string, string> {
  const found: Record<string, string> = {};
  for (const name of Object.keys(message.headers)) {
    const value = useful.test(name) ? message.getHeader(name) : undefined;
    if (value !== undefined) found[name.toLowerCase()] = value.slice(0, 512);
  }
  return found;
}

const clean = (name: string | null | undefined): string | null => {
  const trimmed = (name ?? '').trim().slice(0, 128);
  return trimmed === '' ? null : trimmed;
};

export function callerOf(identity: SipIdentity): Caller {
  return { number: decode(identity.uri.user), name: clean(identity.display_name) };
}

/** `"Ana" <sip:1001@pbx>`: whom the PBX vouches for; after a transfer the only place the new name is told. */
export function assertedCaller(message: SipHeaders): Caller | null {
  const header = message.getHeader('p-asserted-identity');
  const match = /^\s*(?:"((?:[^"\\]|\\.)*)"|([^<"]*?))\s*<(?:sips?|tel):([^@;>]+)/i.exec(header ?? '');
  const number = match?.[3];
  if (!match || number === undefined) return null;
  return { number: decode(number), name: clean((match[1] ?? match[2] ?? '').replace(/\\(.)/g, '$1')) };
}

function decode(user: string): string {
  try {
    return decodeURIComponent(user);
  } catch {
    return user;
  }
}
