import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it } from 'node:test';
import type { Dialog } from './support/fakePbx';
import { audioSdp } from './support/fakePeer';
import { Rig } from './support/rig';

describe('transfer', () => {
  let rig: Rig;
  beforeEach(async () => {
    rig = new Rig();
    await rig.registered();
  });
  afterEach(() => { rig.restore(); });

  const notify = (dialog: Dialog, status: string) =>
    rig.pbx.request('NOTIFY', dialog, { body: `SIP/2.0 ${status}\r\n`, headers: ['Event: refer', 'Subscription-State: active', 'Content-Type: message/sipfrag'] });

  it('blind: shows each step and ends the call when the other answered', async () => {
    const { id, dialog } = await rig.talking();
    const result = rig.start('transfer', { callId: id, number: '3003' });
    const refer = await rig.pbx.expect('REFER');
    assert.match(refer.header('refer-to'), /<sip:3003@pbx\.test>/);
    assert.match(refer.header('referred-by'), /1001@pbx\.test/);
    assert.equal(rig.only.transfer?.state, 'requested');
    rig.pbx.reply(refer, 202);
    await rig.clock.until('trying', () => rig.only.transfer?.state === 'trying');
    notify(dialog, '100 Trying');
    await rig.pbx.expectStatus(200, 'NOTIFY');
    notify(dialog, '180 Ringing');
    await rig.clock.until('ringing', () => rig.only.transfer?.state === 'ringing');
    assert.equal(rig.only.transfer?.sipCode, 180);
    notify(dialog, '200 OK');
    await rig.pbx.expect('BYE');

    assert.equal(rig.ended[0]?.cause, 'transferred');
    assert.deepEqual(await rig.clock.until('result', () => result.value), { ok: true });
  });

  it('refused outright: the call stays and the reason is shown', async () => {
    const { id } = await rig.talking();
    const result = rig.start('transfer', { callId: id, number: '3003' });

    rig.pbx.reply(await rig.pbx.expect('REFER'), 603);
    await rig.clock.until('result', () => result.value);

    assert.deepEqual(result.value, { ok: false, error: 'transfer.refused', sipCode: 603 });
    assert.equal(rig.only.state, 'active');
    assert.equal(rig.only.transfer?.state, 'failed');
  });

  it('the target is busy: the call stays', async () => {
    const { id, dialog } = await rig.talking();
    const result = rig.start('transfer', { callId: id, number: '3003' });
    rig.pbx.reply(await rig.pbx.expect('REFER'), 202);
    await rig.clock.advance(50);

    notify(dialog, '486 Busy Here');
    await rig.clock.until('result', () => result.value);

    assert.deepEqual(result.value, { ok: false, error: 'transfer.refused', sipCode: 486 });
    assert.equal(rig.only.state, 'active');
  });

  it('no word for 40 s: failed, and the call stays', async () => {
    const { id } = await rig.talking();
    const result = rig.start('transfer', { callId: id, number: '3003' });
    rig.pbx.reply(await rig.pbx.expect('REFER'), 202);

    await rig.clock.until('result', () => result.value);

    assert.deepEqual(result.value, { ok: false, error: 'transfer.timeout' });
    assert.equal(rig.only.state, 'active');
  });

  it('a PBX that hangs up instead of notifying has taken the call', async () => {
    const { id, dialog } = await rig.talking();
    const result = rig.start('transfer', { callId: id, number: '3003' });
    rig.pbx.reply(await rig.pbx.expect('REFER'), 202);
    await rig.clock.advance(50);

    rig.pbx.request('BYE', dialog);
    await rig.clock.until('result', () => result.value);

    assert.deepEqual(result.value, { ok: true });
  });

  it('a garbled NOTIFY changes nothing', async () => {
    const { id, dialog } = await rig.talking();
    rig.start('transfer', { callId: id, number: '3003' });
    rig.pbx.reply(await rig.pbx.expect('REFER'), 202);
    await rig.clock.advance(50);

    rig.pbx.request('NOTIFY', dialog, { body: 'nonsense', headers: ['Event: refer', 'Content-Type: message/sipfrag'] });
    rig.pbx.request('NOTIFY', dialog, { body: '', headers: ['Event: presence'] });
    await rig.clock.advance(500);

    assert.equal(rig.only.transfer?.state, 'trying');
    assert.equal(rig.only.state, 'active');
  });

  it('attended: names the other dialog, and both calls end', async () => {
    rig.pbx.answersOffers = true;
    const first = await rig.talking('2001');
    const second = await rig.talking('3003');
    await rig.clock.until('first held', () => rig.calls[0]?.localHold);
    const result = rig.start('transferTo', { callId: first.id, otherCallId: second.id });
    const refer = await rig.pbx.expect('REFER');
    assert.equal(refer.header('call-id'), first.invite.header('call-id'));
    const target = decodeURIComponent(refer.header('refer-to'));
    assert.ok(target.includes(`Replaces=${second.invite.header('call-id')};to-tag=far3003;from-tag=${second.invite.tag('from')}`), target);
    rig.pbx.reply(refer, 202);
    await rig.clock.advance(50);
    notify(first.dialog, '200 OK');
    rig.pbx.request('BYE', second.dialog);
    await rig.clock.until('both ended', () => rig.calls.length === 0);

    assert.deepEqual(result.value, { ok: true });
    assert.equal(rig.ended.find((call) => call.id === first.id)?.cause, 'transferred');
    assert.equal(rig.ended.find((call) => call.id === second.id)?.cause, 'transferred');
  });

  it('attended: the consultation is hung up when the PBX leaves it to us', async () => {
    rig.pbx.answersOffers = true;
    const first = await rig.talking('2001');
    const second = await rig.talking('3003');
    rig.start('transferTo', { callId: first.id, otherCallId: second.id });
    rig.pbx.reply(await rig.pbx.expect('REFER'), 202);
    await rig.clock.advance(50);

    notify(first.dialog, '200 OK');
    await rig.clock.advance(5_100);

    assert.equal(rig.calls.length, 0);
  });

  it('parks at the PBX’s number', async () => {
    const { id } = await rig.talking();
    rig.start('park', { callId: id });

    assert.match((await rig.pbx.expect('REFER')).header('refer-to'), /<sip:700@/);
    assert.equal(rig.only.transfer?.kind, 'park');
  });

  it('three-way: both far sides and we go to the conference room', async () => {
    rig.pbx.answersOffers = true;
    const first = await rig.talking('2001');
    const second = await rig.talking('3003');
    const result = rig.start('threeWay', { callId: first.id, otherCallId: second.id });
    for (const dialog of [second.dialog, first.dialog]) {
      const refer = await rig.pbx.expect('REFER');
      assert.match(refer.header('refer-to'), /<sip:6300@/);
      rig.pbx.reply(refer, 202);
      await rig.clock.advance(50);
      notify(dialog, '200 OK');
    }
    const invite = await rig.pbx.expectNewCall();

    assert.match(invite.uri, /^sip:6300@/);
    assert.equal((await rig.clock.until('result', () => result.value)).ok, true);
  });

  it('says when the PBX offers neither', async () => {
    rig.restore();
    rig = new Rig({ parkNumber: null, conferenceNumber: null });
    await rig.registered();
    const { id } = await rig.talking();

    assert.deepEqual(await rig.run('park', { callId: id }), { ok: false, error: 'transfer.notConfigured' });
    assert.deepEqual(await rig.run('threeWay', { callId: id, otherCallId: id }), { ok: false, error: 'transfer.notConfigured' });
  });

  it('being transferred: the new call is made and its progress reported', async () => {
    const { dialog } = await rig.talking();

    rig.pbx.request('REFER', dialog, { headers: ['Refer-To: <sip:3003@pbx.test>', 'Referred-By: <sip:2002@pbx.test>'] });
    await rig.pbx.expectStatus(202, 'REFER');
    const invite = await rig.pbx.expectNewCall();
    assert.match(invite.uri, /^sip:3003@/);
    rig.pbx.reply(invite, 200, { tag: 'three', body: audioSdp() });

    await rig.clock.until('reported', () => rig.pbx.received.some((message) => message.method === 'NOTIFY' && message.body.includes('200')));
    rig.pbx.request('BYE', dialog);
    await rig.clock.until('one left', () => rig.calls.length === 1);
    assert.equal(rig.only.number, '3003');
  });

  it('an INVITE with Replaces takes the place of the call without ringing', async () => {
    const { id, invite } = await rig.talking();

    const replacing = rig.pbx.invite({ number: '3003', headers: [`Replaces: ${invite.header('call-id')};to-tag=${invite.tag('from')};from-tag=far2002`] });
    const ok = await rig.pbx.expectStatus(200, 'INVITE');
    rig.pbx.ack(replacing, rig.pbx.answeredDialog(replacing, ok));
    await rig.pbx.expect('BYE');
    await rig.clock.until('replaced', () => rig.calls.length === 1 && rig.calls[0]?.state === 'active');

    assert.equal(rig.ended[0]?.id, id);
    assert.equal(rig.only.number, '3003');
  });
});
