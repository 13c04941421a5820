import type { CommandResult, ErrorCode, TransferSnapshot } from '../contract';
import { done, refused } from '../contract';
import type { Call } from './call';
import type { Clock, Timer } from './ports';
import type { ReferProgress, SipUri } from './sip/library';

/** No word about the new call for this long: the transferred party may be anywhere, and ours is still here. */
const patienceMs = 40_000;
/** The PBX ends the consultation of an attended transfer itself; if it does not, we do. */
const consultationMs = 5_000;

/**
 * Sends REFER and follows it: 202, then NOTIFY with a sipfrag for each step of the new call. The call is hung up when the
 * far side says 2xx, or when it hangs up itself; a refused transfer keeps the call as it was.
 */
export function transfer(
  call: Call, kind: TransferSnapshot['kind'], target: string | SipUri, label: string, other: Call | null, clock: Clock, changed: () => void,
): Promise<CommandResult> {
  const session = call.session;
  if (!session?.isEstablished()) return Promise.resolve(refused('call.wrongState'));
  const set = (state: TransferSnapshot['state'], sipCode: number | null, error: ErrorCode | null = null) => {
    call.transfer = { kind, target: label, state, sipCode, error };
    changed();
  };
  set('requested', null);
  if (other) other.transferring = true;
  return new Promise((resolve) => {
    const subscriber = session.refer(target, other?.session ? { replaces: other.session } : {});
    if (!subscriber) {
      set('failed', null, 'call.wrongState');
      resolve(refused('call.wrongState'));
      return;
    }
    let timer: Timer = clock.after(patienceMs, () => { fail('transfer.timeout', null); });
    let over = false;
    const code = (event: ReferProgress) => event.status_line?.status_code ?? event.response?.status_code ?? null;
    const fail = (error: ErrorCode, sipCode: number | null) => {
      if (over) return;
      over = true;
      timer.cancel();
      if (other) other.transferring = false;
      set('failed', sipCode, error);
      resolve(sipCode === null ? refused(error) : refused(error, sipCode));
    };
    const step = (state: 'trying' | 'ringing', sipCode: number | null) => {
      if (over) return;
      timer.cancel();
      timer = clock.after(patienceMs, () => { fail('transfer.timeout', null); });
      set(state, sipCode);
    };
    subscriber.on('requestSucceeded', (event) => { step('trying', code(event)); });
    subscriber.on('requestFailed', (event) => { fail('transfer.refused', code(event)); });
    subscriber.on('trying', (event) => { step('trying', code(event)); });
    subscriber.on('progress', (event) => { step('ringing', code(event)); });
    subscriber.on('failed', (event) => { fail('transfer.refused', code(event)); });
    const finish = (sipCode: number | null) => {
      if (over) return;
      over = true;
      timer.cancel();
      set('done', sipCode);
      call.hangUp('local', 'transferred');
      if (other) clock.after(consultationMs, () => { other.hangUp('local', 'transferred'); });
      resolve(done);
    };
    subscriber.on('accepted', (event) => { finish(code(event)); });
    // A PBX may hang up instead of notifying: accepted by its 202, the call is in its hands.
    session.on('ended', (event) => {
      if (event.originator !== 'remote') fail('call.wrongState', null);
      else finish(call.transfer?.sipCode ?? null);
    });
  });
}
