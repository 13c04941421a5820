import type { CallSnapshot, CommandName, Commands, CommandResult } from '../contract';

/** What buttons (`data-phone-act`) and keys do to a call, without a word with .NET: they work while the circuit is lost. */
export type Act = 'answer' | 'reject' | 'busy' | 'hangUp' | 'hold' | 'mute';

export type Run = <N extends CommandName>(name: N, args: Commands[N]) => Promise<CommandResult>;

const acts: readonly string[] = ['answer', 'reject', 'busy', 'hangUp', 'hold', 'mute'];

export const isAct = (value: string | undefined): value is Act => value !== undefined && acts.includes(value);

/** Whether the call can be told to do so now. */
export function possible(act: Act, call: CallSnapshot): boolean {
  switch (act) {
    case 'answer': case 'reject': case 'busy': return call.state === 'ringing';
    case 'hangUp': return true;
    // An offer under way may be the phone's own refresh: the engine does one after the other, and no press is lost.
    case 'hold': return call.state === 'active';
    case 'mute': return call.state === 'active' || call.state === 'connecting';
  }
}

export function perform(act: Act, call: CallSnapshot, run: Run): Promise<CommandResult> {
  const callId = call.id;
  switch (act) {
    case 'answer': return run('answer', { callId });
    case 'reject': return run('reject', { callId });
    case 'busy': return run('reject', { callId, busy: true });
    // A ringing call is not ours yet: hanging it up says no to the caller.
    case 'hangUp': return call.state === 'ringing' ? run('reject', { callId }) : run('hangUp', { callId });
    case 'hold': return call.localHold ? run('resume', { callId }) : run('hold', { callId });
    case 'mute': return run('mute', { callId, on: !call.muted });
  }
}

/** Keys that work everywhere, while typing too. The shortcut help lists them; no letter, because letters are text. */
const keys: Readonly<Record<string, Act>> = { F2: 'answer', F4: 'hangUp', F8: 'mute', F9: 'hold' };

/** Why a key does nothing: nobody calls, there is no call, the call is not that far or being changed, the panel waits for the portal. */
export type NoKey = 'noRinging' | 'noCall' | 'notNow' | 'noPortal';

export type Meant = { readonly act: Act; readonly call: CallSnapshot } | { readonly why: NoKey };

/** The call that a key means: the one that rings for answering, else the one that is talked on, else the last. Null when it is no key of ours. */
export function keyAct(key: string, calls: readonly CallSnapshot[]): Meant | null {
  const act = Object.hasOwn(keys, key) ? keys[key] : undefined;
  if (!act) return null;
  const talking = calls.find((call) => call.state === 'active' && !call.localHold);
  const ringing = calls.find((call) => call.state === 'ringing');
  const going = calls.filter((call) => call.state !== 'ringing').at(-1);
  const call = act === 'answer' ? ringing : talking ?? going ?? (act === 'hangUp' ? ringing : undefined);
  if (!call) return { why: act === 'answer' ? 'noRinging' : 'noCall' };
  return possible(act, call) ? { act, call } : { why: 'notNow' };
}
