import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { CallSnapshot, CommandResult, PhoneSnapshot } from '../../CallCenter.Web/Features/Softphone/contract';
import { keyAct, perform, type Act } from '../../CallCenter.Web/Features/Softphone/portal/acts';
import { barOf } from '../../CallCenter.Web/Features/Softphone/portal/bar';
import { countCandidates } from '../../CallCenter.Web/Features/Softphone/portal/doctor';
import { inside, moved, readPlace } from '../../CallCenter.Web/Features/Softphone/portal/place';
import { clockText, type PortalTexts } from '../../CallCenter.Web/Features/Softphone/portal/texts';

const call = (values: Partial<CallSnapshot>): CallSnapshot => ({
  id: 'a', sipCallId: null, direction: 'in', state: 'active', number: '1002', name: null, headers: {}, localHold: false, remoteHold: false, muted: false,
  media: 'connected', offerInFlight: false, auto: false, transfer: null, quality: { mos: null, lossPct: null, jitterMs: null, rttMs: null },
  startedAt: 1, answeredAt: 2, endedAt: null, endedBy: null, sipCode: null, cause: null, ...values,
});

const texts: PortalTexts = {
  incomingCall: 'Incoming call', bar: 'Calls', answer: 'Answer', reject: 'Reject', hangUp: 'Hang up', hold: 'Hold', resume: 'Resume', mute: 'Mute', unmute: 'Unmute',
  withheld: 'Withheld', onHold: 'On hold', signOut: 'End it?', noKey: { noRinging: 'Nobody calls', noCall: 'No call', notNow: 'Not now', noPortal: 'No portal' },
  states: { dialing: 'Dialling', ringingOut: 'Rings', earlyMedia: 'Announcement', ringing: 'Ringing', answering: 'Answering', connecting: 'Connecting', active: 'In a call', ended: 'Over' },
};

const snapshotOf = (...calls: CallSnapshot[]): PhoneSnapshot => ({ calls }) as unknown as PhoneSnapshot;

const ringing = call({ id: 'r', state: 'ringing', answeredAt: null });
const held = call({ id: 'h', localHold: true });
const talking = call({ id: 't' });
const dialing = call({ id: 'd', state: 'dialing', direction: 'out', answeredAt: null });

test('keys mean the call that a person means', () => {
  const meant = (key: string, ...calls: CallSnapshot[]): string | null => {
    const found = keyAct(key, calls);
    return found && ('why' in found ? found.why : `${found.act} ${found.call.id}`);
  };

  assert.equal(meant('F2', held, ringing), 'answer r');
  assert.equal(meant('F2', talking), 'noRinging');
  assert.equal(meant('F4', held, talking, ringing), 'hangUp t');
  assert.equal(meant('F4', held, ringing), 'hangUp h');
  assert.equal(meant('F4', ringing), 'hangUp r');
  assert.equal(meant('F4', dialing), 'hangUp d');
  assert.equal(meant('F8', held, talking), 'mute t');
  assert.equal(meant('F8', dialing), 'notNow');
  assert.equal(meant('F9', held), 'hold h');
  assert.equal(meant('F9', call({ id: 'o', offerInFlight: true })), 'hold o');
  assert.equal(meant('F9', dialing), 'notNow');
  assert.equal(meant('toString', talking), null);
  assert.deepEqual(['F2', 'F4', 'F8', 'F9', 'x'].map((key) => meant(key)), ['noRinging', 'noCall', 'noCall', 'noCall', null]);
  assert.deepEqual(['F8', 'F9'].map((key) => meant(key, ringing)), ['noCall', 'noCall']);
});

test('acts become the commands that fit the call', async () => {
  const sent = async (act: Act, on: CallSnapshot): Promise<string> => {
    let text = '';
    await perform(act, on, (name, args): Promise<CommandResult> => {
      text = `${name} ${JSON.stringify(args)}`;
      return Promise.resolve({ ok: true });
    });
    return text;
  };

  assert.equal(await sent('hangUp', talking), 'hangUp {"callId":"t"}');
  assert.equal(await sent('hangUp', ringing), 'reject {"callId":"r"}');
  assert.equal(await sent('busy', ringing), 'reject {"callId":"r","busy":true}');
  assert.equal(await sent('hold', talking), 'hold {"callId":"t"}');
  assert.equal(await sent('hold', held), 'resume {"callId":"h"}');
  assert.equal(await sent('mute', call({ muted: true })), 'mute {"callId":"a","on":false}');
});

test('the bar ends every call, whatever its state', () => {
  const rows = barOf(snapshotOf(ringing, dialing, held, call({ state: 'connecting' })), texts);

  assert.deepEqual(rows.map((row) => row.buttons.at(-1)?.act), ['reject', 'hangUp', 'hangUp', 'hangUp']);
  assert.deepEqual(rows[0]?.buttons.map((button) => button.label), ['Answer', 'Reject']);
  assert.equal(rows[2]?.state, 'On hold');
  assert.deepEqual(rows[2].buttons.map((button) => [button.label, button.pressed]), [['Mute', false], ['Resume', true], ['Hang up', null]]);
});

test('the bar names who it is, or says that the number is withheld', () => {
  const [named, numbered, withheld] = barOf(snapshotOf(call({ name: 'نورة' }), call({}), call({ number: '' })), texts);

  assert.deepEqual([named?.who, numbered?.who, withheld?.who], ['نورة', '1002', 'Withheld']);
});

test('a timer reads as a clock in the reader\'s digits', () => {
  assert.equal(clockText(0, '0'), '0:00');
  assert.equal(clockText(187.9, '0'), '3:07');
  assert.equal(clockText(3765, '0'), '1:02:45');
  assert.equal(clockText(187, '٠'), '٣:٠٧');
  assert.equal(clockText(-4, '0'), '0:00');
});

test('the panel stays inside the window and is dragged along the reading direction', () => {
  const [panel, view] = [{ width: 348, height: 600 }, { width: 1440, height: 900 }];

  assert.deepEqual(inside({ end: -50, bottom: 20 }, panel, view), { end: 8, bottom: 20 });
  assert.deepEqual(inside({ end: 5000, bottom: 5000 }, panel, view), { end: 1084, bottom: 292 });
  assert.deepEqual(inside({ end: 100, bottom: 100 }, panel, { width: 320, height: 400 }), { end: 8, bottom: 8 });
  assert.deepEqual(moved({ end: 16, bottom: 16 }, -100, -40, false), { end: 116, bottom: 56 });
  assert.deepEqual(moved({ end: 16, bottom: 16 }, 100, -40, true), { end: 116, bottom: 56 });
});

test('a remembered place that is none is forgotten', () => {
  assert.deepEqual(readPlace('{"end":10,"bottom":20}'), { end: 10, bottom: 20 });
  for (const text of [null, '', '{', '7', '{"end":"10","bottom":2}']) assert.equal(readPlace(text), null);
});

test('candidates are counted by kind, and what the servers should have found is told', () => {
  const report = countCandidates(['host', 'host', 'srflx'], [{ urls: ['stun:a.example', 'turns:b.example'] }], 120);

  assert.deepEqual(report, { host: 2, srflx: 1, relay: 0, ms: 120, stun: true, turn: true, error: null });
});
