import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it } from 'node:test';
import { audioSdp } from './support/fakePeer';
import { Rig } from './support/rig';

describe('outgoing call', () => {
  let rig: Rig;
  beforeEach(async () => {
    rig = new Rig();
    await rig.registered();
  });
  afterEach(() => { rig.restore(); });

  it('goes from dialing over ringing and connecting to active, and ends', async () => {
    const result = rig.start('dial', { number: '2002', headers: { 'X-Campaign': 'spring', 'Subject': 'no' } });
    await rig.state('dialing');
    const invite = await rig.pbx.expect('INVITE');
    rig.pbx.reply(invite, 100);
    rig.pbx.reply(invite, 180, { tag: 'far' });
    await rig.state('ringingOut');
    rig.pbx.reply(invite, 200, { tag: 'far', body: audioSdp() });
    await rig.state('connecting');
    await rig.pbx.expect('ACK');
    await rig.state('active');

    assert.deepEqual(result.value, { ok: true, callId: 'call1' });
    assert.equal(rig.only.sipCallId, invite.header('call-id'));
    assert.equal(invite.header('x-campaign'), 'spring');
    assert.equal(invite.header('subject'), '');
    await rig.run('hangUp', { callId: 'call1' });
    await rig.pbx.expect('BYE');
    assert.equal(rig.calls.length, 0);
    assert.equal(rig.ended[0]?.cause, 'hangUp');
    assert.equal(rig.ended[0]?.endedBy, 'local');
    assert.ok(rig.streams[0]?.track.stopped);
  });

  it('shows early media of a 183 with a description', async () => {
    rig.start('dial', { number: '2002' });
    const invite = await rig.pbx.expect('INVITE');
    rig.pbx.reply(invite, 183, { tag: 'far', body: audioSdp() });
    await rig.state('earlyMedia');

    rig.pbx.reply(invite, 200, { tag: 'far', body: audioSdp() });
    await rig.state('active');
  });

  it('authenticates the INVITE when the PBX asks', async () => {
    rig.pbx.challengesInvite = true;

    rig.start('dial', { number: '2002' });
    await rig.pbx.expect('INVITE');
    const second = await rig.pbx.expect('INVITE');

    assert.match(second.header('proxy-authorization'), /username="1001"/);
  });

  for (const [status, cause] of [[486, 'busy'], [600, 'busy'], [603, 'rejected'], [404, 'notFound'], [480, 'unavailable'], [488, 'incompatible'], [503, 'serverError'], [500, 'serverError'], [402, 'failed']] as const) {
    it(`ends as ${cause} when it is answered ${String(status)}`, async () => {
      rig.start('dial', { number: '2002' });
      rig.pbx.reply(await rig.pbx.expect('INVITE'), status);
      await rig.clock.until('ended', () => rig.ended[0]);

      assert.equal(rig.ended[0]?.cause, cause);
      assert.equal(rig.ended[0]?.sipCode, status);
      assert.equal(rig.ended[0]?.endedBy, 'remote');
    });
  }

  it('is cancelled while it rings', async () => {
    rig.start('dial', { number: '2002' });
    const invite = await rig.pbx.expect('INVITE');
    rig.pbx.reply(invite, 180, { tag: 'far' });
    await rig.state('ringingOut');

    await rig.run('hangUp', { callId: 'call1' });
    const cancel = await rig.pbx.expect('CANCEL');
    rig.pbx.reply(cancel, 200);
    rig.pbx.reply(invite, 487, { tag: 'far' });
    await rig.clock.advance(1_000);

    assert.equal(rig.ended[0]?.cause, 'cancelled');
    assert.equal(rig.ended.length, 1);
  });

  it('is cancelled before the first answer: CANCEL waits for it', async () => {
    rig.start('dial', { number: '2002' });
    const invite = await rig.pbx.expect('INVITE');
    await rig.run('hangUp', { callId: 'call1' });
    assert.equal(rig.pbx.count('CANCEL'), 0);

    rig.pbx.reply(invite, 100);
    rig.pbx.reply(invite, 180, { tag: 'far' });

    await rig.pbx.expect('CANCEL');
  });

  it('acknowledges and hangs up an answer that crosses its CANCEL', async () => {
    rig.start('dial', { number: '2002' });
    const invite = await rig.pbx.expect('INVITE');
    rig.pbx.reply(invite, 180, { tag: 'far' });
    await rig.state('ringingOut');
    await rig.run('hangUp', { callId: 'call1' });
    await rig.pbx.expect('CANCEL');

    rig.pbx.reply(invite, 200, { tag: 'far', body: audioSdp() });

    await rig.pbx.expect('ACK');
    await rig.pbx.expect('BYE');
  });

  it('hung up while the microphone is asked for sends nothing and gives the microphone back', async () => {
    rig.microphone = 'waits';
    const result = rig.start('dial', { number: '2002' });
    await rig.state('dialing');
    await rig.run('hangUp', { callId: 'call1' });

    rig.microphoneReady();
    await rig.clock.advance(5_000);

    assert.equal(result.value?.ok, false);
    assert.equal(rig.pbx.count('INVITE'), 0);
    assert.ok(rig.streams[0]?.track.stopped);
  });

  for (const [how, error, cause] of [['denied', 'microphone.denied', 'microphoneDenied'], ['missing', 'microphone.missing', 'microphoneMissing']] as const) {
    it(`says that the microphone is ${how}`, async () => {
      rig.microphone = how;

      const result = await rig.run('dial', { number: '2002' });

      assert.deepEqual(result, { ok: false, error });
      assert.equal(rig.ended[0]?.cause, cause);
      assert.equal(rig.pbx.count('INVITE'), 0);
    });
  }

  it('does not wait for the end of ICE gathering', async () => {
    rig.behaviour.gathering = 'slow';
    rig.start('dial', { number: '2002' });

    await rig.pbx.expect('INVITE', 1_600);
  });

  it('says "no network" when there is no interface, instead of dialling for ever', async () => {
    rig.behaviour.gathering = 'never';
    rig.start('dial', { number: '2002' });
    await rig.clock.until('ended', () => rig.ended[0], 2_100);

    assert.equal(rig.ended[0]?.cause, 'noNetwork');
    await rig.clock.advance(10_000);
    assert.equal(rig.pbx.count('INVITE'), 0);
  });

  it('ends when the far side hangs up', async () => {
    const { dialog } = await rig.talking();

    const bye = rig.pbx.request('BYE', dialog);

    await rig.pbx.expectStatus(200, 'BYE');
    assert.equal(rig.ended[0]?.endedBy, 'remote');
    assert.equal(rig.ended[0]?.sipCallId, bye.header('call-id'));
    assert.ok((rig.ended[0]?.answeredAt ?? 0) > 0);
  });

  it('refuses what is no number, a fourth call, and dialling without a line', async () => {
    rig.pbx.answersOffers = true;
    assert.deepEqual(await rig.run('dial', { number: 'sip:a@b' }), { ok: false, error: 'call.badNumber' });
    await rig.talking('2001');
    await rig.talking('2002');
    await rig.talking('2003');
    assert.deepEqual(await rig.run('dial', { number: '2004' }), { ok: false, error: 'call.tooMany' });
    rig.pbx.drop();
    assert.deepEqual(await rig.run('dial', { number: '2004' }), { ok: false, error: 'line.down' });
  });

  it('takes the name that the PBX asserts in an update of the call', async () => {
    const { dialog } = await rig.talking();

    rig.pbx.request('UPDATE', dialog, { headers: ['P-Asserted-Identity: "Omar \\"O\\" Nasser" <sip:3003@pbx.test>'] });
    await rig.pbx.expectStatus(200, 'UPDATE');

    assert.equal(rig.only.number, '3003');
    assert.equal(rig.only.name, 'Omar "O" Nasser');
  });

  it('a 200 without a description ends the call and hangs the far side up', async () => {
    rig.start('dial', { number: '2002' });
    rig.pbx.reply(await rig.pbx.expect('INVITE'), 200, { tag: 'far' });

    await rig.pbx.expect('BYE');
    await rig.clock.until('ended', () => rig.ended[0]);
  });
});

describe('incoming call', () => {
  let rig: Rig;
  beforeEach(async () => {
    rig = new Rig();
    await rig.registered();
  });
  afterEach(() => { rig.restore(); });

  it('rings with caller and useful headers, is answered and becomes active', async () => {
    const invite = rig.pbx.invite({ number: '+96170000001', name: 'Ana', headers: ['X-Queue: sales', 'Authorization: secret'] });
    await rig.pbx.expectStatus(180, 'INVITE');
    assert.equal(rig.only.state, 'ringing');
    assert.equal(rig.only.number, '+96170000001');
    assert.equal(rig.only.name, 'Ana');
    assert.deepEqual(rig.only.headers, { 'x-queue': 'sales' });

    await rig.run('answer', { callId: 'call1' });
    const ok = await rig.pbx.expectStatus(200, 'INVITE');
    assert.match(ok.body, /a=candidate:/);
    assert.notEqual(rig.only.state, 'active');
    rig.pbx.ack(invite, rig.pbx.answeredDialog(invite, ok));
    await rig.state('active');
  });

  it('is answered without a description in the INVITE: the offer is ours, the answer comes with the ACK', async () => {
    const invite = rig.pbx.invite({ sdp: '' });
    await rig.state('ringing');
    await rig.run('answer', { callId: 'call1' });
    const ok = await rig.pbx.expectStatus(200, 'INVITE');
    assert.match(ok.body, /a=setup:actpass/);

    rig.pbx.request('ACK', rig.pbx.answeredDialog(invite, ok), { cseq: invite.cseq, body: audioSdp() });

    await rig.state('active');
  });

  it('is rejected with 603, or 486 as busy', async () => {
    rig.pbx.invite();
    await rig.state('ringing');
    await rig.run('reject', { callId: 'call1' });
    await rig.pbx.expectStatus(603, 'INVITE');
    rig.pbx.invite();
    await rig.state('ringing');
    await rig.run('reject', { callId: 'call2', busy: true });
    await rig.pbx.expectStatus(486, 'INVITE');

    assert.deepEqual(rig.ended.map((call) => [call.cause, call.endedBy]), [['rejected', 'local'], ['rejected', 'local']]);
  });

  it('is cancelled by the caller', async () => {
    const invite = rig.pbx.invite();
    await rig.state('ringing');

    rig.pbx.cancel(invite);

    await rig.pbx.expectStatus(487, 'INVITE');
    assert.equal(rig.ended[0]?.cause, 'cancelled');
    assert.equal(rig.ended[0]?.endedBy, 'remote');
  });

  it('knows that a colleague answered', async () => {
    const invite = rig.pbx.invite();
    await rig.state('ringing');

    rig.pbx.cancel(invite, 'SIP;cause=200;text="Call completed elsewhere"');

    await rig.clock.until('ended', () => rig.ended[0]);
    assert.equal(rig.ended[0]?.cause, 'answeredElsewhere');
  });

  it('cancelled while the microphone is asked for ends, and the microphone is given back', async () => {
    const invite = rig.pbx.invite();
    await rig.state('ringing');
    rig.microphone = 'waits';
    await rig.run('answer', { callId: 'call1' });
    rig.pbx.cancel(invite);
    await rig.pbx.expectStatus(487, 'INVITE');

    rig.microphoneReady();
    await rig.clock.advance(3_000);

    assert.equal(rig.ended.length, 1);
    assert.ok(rig.streams[0]?.track.stopped);
    assert.ok(!rig.pbx.received.some((message) => message.status === 200 && message.cseqMethod === 'INVITE'));
  });

  it('survives a CANCEL that crosses the answer', async () => {
    const invite = rig.pbx.invite();
    await rig.state('ringing');
    await rig.run('answer', { callId: 'call1' });
    const ok = await rig.pbx.expectStatus(200, 'INVITE');

    rig.pbx.cancel(invite);
    rig.pbx.ack(invite, rig.pbx.answeredDialog(invite, ok));

    await rig.state('active');
  });

  it('answers 480 and says why when the microphone is denied', async () => {
    rig.pbx.invite();
    await rig.state('ringing');
    rig.microphone = 'denied';

    await rig.run('answer', { callId: 'call1' });

    await rig.pbx.expectStatus(480, 'INVITE');
    assert.equal(rig.ended[0]?.cause, 'microphoneDenied');
  });

  it('is answered 486 under "do not disturb", and is in the records', async () => {
    await rig.run('dnd', { on: true });

    rig.pbx.invite();

    await rig.pbx.expectStatus(486, 'INVITE');
    assert.equal(rig.ended[0]?.cause, 'dnd');
  });

  it('ends when nobody acknowledges the answer', async () => {
    rig.pbx.invite();
    await rig.state('ringing');
    await rig.run('answer', { callId: 'call1' });
    await rig.pbx.expectStatus(200, 'INVITE');

    await rig.pbx.expect('BYE');

    assert.equal(rig.ended[0]?.cause, 'timeout');
  });

  it('waits beside a call, and answering it holds the first', async () => {
    const first = await rig.talking('2001');
    rig.pbx.invite({ number: '2002' });
    await rig.state('ringing', 1);

    await rig.run('answer', { callId: 'call2' });
    const hold = await rig.pbx.expect('INVITE');
    rig.pbx.reply(hold, 200, { tag: 'far2001', body: audioSdp({ direction: 'recvonly' }) });
    await rig.clock.until('held', () => rig.calls[0]?.localHold);

    assert.equal(hold.header('call-id'), first.invite.header('call-id'));
    assert.match(hold.body, /a=sendonly/);
    assert.equal(first.peer.microphoneOpen, false);
    assert.equal(rig.peer().microphoneOpen, true);
  });

  it('silences the first call when its far side refuses to be held', async () => {
    const first = await rig.talking('2001');
    rig.pbx.invite({ number: '2002' });
    await rig.state('ringing', 1);
    await rig.run('answer', { callId: 'call2' });

    rig.pbx.reply(await rig.pbx.expect('INVITE'), 488, { tag: 'far2001' });
    await rig.clock.until('muted', () => rig.calls[0]?.muted);

    assert.equal(rig.silenced.get(first.id), true);
    assert.equal(first.peer.microphoneOpen, false);
  });

  it('a fourth call is answered 486', async () => {
    rig.pbx.answersOffers = true;
    await rig.talking('2001');
    await rig.talking('2002');
    await rig.talking('2003');

    rig.pbx.invite();

    await rig.pbx.expectStatus(486, 'INVITE');
    assert.equal(rig.ended[0]?.cause, 'tooManyCalls');
  });
});

describe('auto-answer', () => {
  let rig: Rig;
  afterEach(() => { rig.restore(); });
  const start = async (autoAnswer: 'never' | 'announced' | 'always') => {
    rig = new Rig({ autoAnswer });
    await rig.registered();
  };

  it('answers a call that the portal announced, once', async () => {
    await start('announced');
    await rig.run('announce', { token: 'one', number: '2002' });

    rig.pbx.invite({ headers: ['X-CallCenter-Token: one'] });
    await rig.pbx.expectStatus(200, 'INVITE');
    assert.equal(rig.calls[0]?.auto, true);
    rig.pbx.invite({ headers: ['X-CallCenter-Token: one'] });
    await rig.clock.advance(5_000);

    assert.equal(rig.calls[1]?.state, 'ringing');
  });

  it('does not obey a header without announcement, a wrong caller, or a late call', async () => {
    await start('announced');
    rig.pbx.invite({ headers: ['Call-Info: <sip:x>;answer-after=0'] });
    await rig.run('announce', { token: 'two', number: '9999' });
    rig.pbx.invite({ headers: ['X-CallCenter-Token: two'] });
    await rig.run('announce', { token: 'three', number: null });
    await rig.clock.advance(15_001);
    rig.pbx.invite({ headers: ['X-CallCenter-Token: three'] });
    await rig.clock.advance(2_000);

    assert.deepEqual(rig.calls.map((call) => call.state), ['ringing', 'ringing', 'ringing']);
  });

  for (const header of ['Call-Info: <sip:x>;answer-after=0', 'Alert-Info: <http://x>;info=alert-autoanswer', 'Answer-Mode: Auto', 'P-Auto-Answer: normal']) {
    it(`obeys "${header}" when an administrator allows it`, async () => {
      await start('always');

      rig.pbx.invite({ headers: [header] });

      await rig.pbx.expectStatus(200, 'INVITE');
    });
  }

  it('never answers under "never", whatever was announced', async () => {
    await start('never');
    await rig.run('announce', { token: 'one', number: null });

    rig.pbx.invite({ headers: ['X-CallCenter-Token: one', 'Answer-Mode: Auto'] });
    await rig.clock.advance(2_000);

    assert.equal(rig.only.state, 'ringing');
  });
});
