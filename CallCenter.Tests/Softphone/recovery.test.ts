import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it } from 'node:test';
import { audioSdp } from './support/fakePeer';
import { Rig } from './support/rig';

describe('a flow lost in a call', () => {
  let rig: Rig;
  beforeEach(async () => {
    rig = new Rig();
    await rig.registered();
  });
  afterEach(() => { rig.restore(); });

  it('leaves the call up and refreshes it after the new registration', async () => {
    const { invite } = await rig.talking();

    rig.pbx.drop();
    assert.equal(rig.only.state, 'active');
    await rig.line('registered');
    const refresh = await rig.pbx.expect('INVITE');

    assert.equal(refresh.header('call-id'), invite.header('call-id'));
    assert.match(refresh.body, /a=sendrecv/);
    rig.pbx.reply(refresh, 200, { tag: 'far2002', body: audioSdp() });
    await rig.pbx.expect('ACK');
    assert.equal(rig.only.state, 'active');
  });

  it('refreshes a held call as held', async () => {
    const { id } = await rig.talking();
    const holding = rig.start('hold', { callId: id });
    rig.pbx.reply(await rig.pbx.expect('INVITE'), 200, { tag: 'far2002', body: audioSdp({ direction: 'recvonly' }) });
    await rig.clock.until('held', () => holding.value?.ok);

    rig.pbx.drop();
    await rig.line('registered');

    assert.match((await rig.pbx.expect('INVITE')).body, /a=sendonly/);
    assert.equal(rig.only.localHold, true);
  });

  it('a hold pressed during the refresh is silent at once and follows it', async () => {
    const { id, peer } = await rig.talking();
    rig.pbx.drop();
    await rig.line('registered');
    const refresh = await rig.pbx.expect('INVITE');

    const holding = rig.start('hold', { callId: id });
    assert.equal(peer.microphoneOpen, false);
    assert.equal(rig.only.localHold, true);
    rig.pbx.reply(refresh, 200, { tag: 'far2002', body: audioSdp() });
    const hold = await rig.pbx.expect('INVITE');

    assert.match(hold.body, /a=sendonly/);
    assert.equal(peer.microphoneOpen, false);
    rig.pbx.reply(hold, 488, { tag: 'far2002' });
    await rig.clock.until('outcome', () => holding.value);
    assert.equal(rig.only.localHold, false);
    assert.equal(peer.microphoneOpen, true);
  });

  it('tries a refused refresh three times and keeps the call', async () => {
    await rig.talking();
    rig.pbx.drop();
    await rig.line('registered');
    for (let i = 0; i < 3; i++) rig.pbx.reply(await rig.pbx.expect('INVITE'), 403, { tag: 'far2002' });
    await rig.clock.advance(10_000);

    assert.equal(rig.only.state, 'active');
    assert.ok(!rig.pbx.received.some((message) => message.method === 'INVITE'), 'no fourth');
  });

  it('ends a call that the PBX forgot (481)', async () => {
    await rig.talking();
    rig.pbx.drop();
    await rig.line('registered');

    rig.pbx.reply(await rig.pbx.expect('INVITE'), 481, { tag: 'far2002' });
    await rig.clock.until('ended', () => rig.ended[0]);

    assert.equal(rig.ended[0]?.cause, 'gone');
    assert.equal(rig.ended[0]?.endedBy, 'remote');
  });

  it('while an offer is out neither ends the call nor leaves it held half', async () => {
    const { id, peer } = await rig.talking();
    const holding = rig.start('hold', { callId: id });
    await rig.pbx.expect('INVITE');

    rig.pbx.drop();
    await rig.clock.until('outcome', () => holding.value);

    assert.deepEqual(holding.value, { ok: false, error: 'line.down' });
    assert.equal(rig.only.state, 'active');
    assert.equal(peer.signalingState, 'stable');
    await rig.line('registered');
    rig.pbx.reply(await rig.pbx.expect('INVITE'), 200, { tag: 'far2002', body: audioSdp() });
    await rig.pbx.expect('ACK');
  });

  it('before the answer ends an outgoing call with a clear cause', async () => {
    rig.start('dial', { number: '2002' });
    const invite = await rig.pbx.expect('INVITE');
    rig.pbx.reply(invite, 180, { tag: 'far' });
    await rig.state('ringingOut');

    rig.pbx.drop();
    await rig.clock.until('ended', () => rig.ended[0]);

    assert.equal(rig.ended[0]?.cause, 'signallingLost');
    assert.equal(rig.ended[0]?.endedBy, 'system');
  });

  it('right after INVITE, with no answer yet, ends the call too', async () => {
    rig.start('dial', { number: '2002' });
    await rig.pbx.expect('INVITE');

    rig.pbx.drop();
    await rig.clock.until('ended', () => rig.ended[0]);

    assert.equal(rig.ended[0]?.cause, 'signallingLost');
  });

  it('while the microphone is asked for: dialling fails when it comes', async () => {
    rig.microphone = 'waits';
    const result = rig.start('dial', { number: '2002' });
    await rig.state('dialing');
    rig.pbx.drop();
    rig.microphoneReady();
    await rig.clock.until('refused', () => result.value);

    assert.deepEqual(result.value, { ok: false, error: 'line.down' });
    assert.equal(rig.ended[0]?.cause, 'signallingLost');
  });

  it('while it rings: it rings on, and is the same call when the PBX delivers it again', async () => {
    rig.pbx.invite({ number: '2002' });
    await rig.state('ringing');
    rig.pbx.drop();
    await rig.line('registered');
    assert.equal(rig.only.state, 'ringing');

    const again = rig.pbx.invite({ number: '2002' });
    await rig.clock.advance(100);
    assert.equal(rig.only.id, 'call1');
    await rig.run('answer', { callId: 'call1' });
    const ok = await rig.pbx.expectStatus(200, 'INVITE');
    rig.pbx.ack(again, rig.pbx.answeredDialog(again, ok));
    await rig.state('active');
  });

  it('answered while the flow is down: it is answered when delivered again', async () => {
    rig.pbx.invite({ number: '2002' });
    await rig.state('ringing');
    rig.pbx.drop();
    await rig.run('answer', { callId: 'call1' });
    assert.equal(rig.only.state, 'answering');
    await rig.line('registered');

    rig.pbx.invite({ number: '2002' });

    await rig.pbx.expectStatus(200, 'INVITE');
    assert.equal(rig.only.id, 'call1');
  });

  it('answered just before the flow broke, without ACK: waits to be delivered again', async () => {
    rig.pbx.invite({ number: '2002' });
    await rig.state('ringing');
    await rig.run('answer', { callId: 'call1' });
    await rig.pbx.expectStatus(200, 'INVITE');
    rig.pbx.drop();
    assert.equal(rig.only.state, 'answering');
    await rig.line('registered');

    const again = rig.pbx.invite({ number: '2002' });
    const ok = await rig.pbx.expectStatus(200, 'INVITE');
    rig.pbx.ack(again, rig.pbx.answeredDialog(again, ok));

    await rig.state('active');
    assert.equal(rig.only.id, 'call1');
  });

  it('not delivered again within 10 s: missed', async () => {
    rig.pbx.invite({ number: '2002' });
    await rig.state('ringing');
    rig.pbx.drop();

    await rig.clock.advance(10_100);

    assert.equal(rig.ended[0]?.cause, 'signallingLost');
    assert.equal(rig.calls.length, 0);
  });

  it('hang-up meanwhile: over at once for the user, and BYE follows when the flow is back', async () => {
    const { id, invite, peer } = await rig.talking();
    rig.pbx.drop();

    await rig.run('hangUp', { callId: id });
    assert.equal(rig.calls.length, 0);
    assert.equal(rig.ended[0]?.cause, 'hangUp');
    assert.equal(peer.signalingState, 'closed');

    const bye = await rig.pbx.expect('BYE');
    assert.equal(bye.header('call-id'), invite.header('call-id'));
  });

  it('dialling while the line is down is refused with a clear error', async () => {
    rig.pbx.refusesSockets = true;
    rig.pbx.drop();

    assert.deepEqual(await rig.run('dial', { number: '2002' }), { ok: false, error: 'line.down' });
  });
});

describe('media', () => {
  let rig: Rig;
  beforeEach(async () => {
    rig = new Rig();
    await rig.registered();
  });
  afterEach(() => { rig.restore(); });

  it('the caller restarts ICE 2 s after it broke, and again after 5 s', async () => {
    const { peer } = await rig.talking();
    peer.behaviour.ice = 'never';
    peer.ice('disconnected');
    assert.equal(rig.only.media, 'disconnected');
    await rig.clock.advance(1_900);
    assert.equal(peer.restarts, 0);
    await rig.clock.advance(200);
    assert.equal(peer.restarts, 1);
    rig.pbx.reply(await rig.pbx.expect('INVITE'), 200, { tag: 'far2002', body: audioSdp() });
    await rig.clock.advance(5_100);
    assert.equal(peer.restarts, 2);

    rig.pbx.reply(await rig.pbx.expect('INVITE'), 200, { tag: 'far2002', body: audioSdp() });
    await rig.clock.advance(100);
    peer.ice('connected');
    assert.equal(rig.only.media, 'connected');
    assert.equal(rig.only.state, 'active');
  });

  it('the callee waits 6 s for the caller to do it', async () => {
    const { peer } = await rig.answered();
    peer.behaviour.ice = 'never';
    peer.ice('disconnected');
    await rig.clock.advance(5_900);
    assert.equal(peer.restarts, 0);

    await rig.clock.advance(200);

    assert.equal(peer.restarts, 1);
  });

  it('ICE "failed" does not end the call', async () => {
    const { peer } = await rig.talking();
    peer.behaviour.ice = 'never';

    peer.ice('failed');
    await rig.clock.advance(1_000);

    assert.equal(rig.only.state, 'active');
    assert.equal(peer.restarts, 1);
  });

  it('silence is shown after 5 s, restarted after 30 s and ends the call after 60 s', async () => {
    rig.pbx.answersOffers = true;
    const { peer } = await rig.talking();
    await rig.clock.advance(10_000);
    assert.equal(rig.only.media, 'connected');
    peer.audio(0);
    await rig.clock.advance(8_000);
    assert.equal(rig.only.media, 'silent');
    await rig.clock.advance(26_000);
    assert.equal(peer.restarts, 1);

    await rig.clock.advance(30_000);

    assert.equal(rig.ended[0]?.cause, 'mediaLost');
    assert.equal(rig.ended[0]?.endedBy, 'system');
    await rig.pbx.expect('BYE');
  });

  it('a held call may be silent as long as it likes', async () => {
    rig.pbx.answersOffers = true;
    const { id, peer } = await rig.talking();
    await rig.run('hold', { callId: id });
    peer.audio(0);

    await rig.clock.advance(180_000);

    assert.equal(rig.only.state, 'active');
    assert.equal(rig.only.quality.mos, null);
  });

  it('is "connecting" until ICE is connected, and given up when it never is', async () => {
    rig.behaviour.ice = 'never';
    rig.start('dial', { number: '2002' });
    const invite = await rig.pbx.expect('INVITE');
    rig.pbx.reply(invite, 200, { tag: 'far', body: audioSdp() });
    await rig.pbx.expect('ACK');
    await rig.clock.advance(30_000);
    assert.equal(rig.only.state, 'connecting');

    await rig.clock.advance(35_000);

    assert.equal(rig.ended[0]?.cause, 'mediaLost');
  });

  it('measures the quality and records it', async () => {
    const { id, dialog } = await rig.talking();
    await rig.clock.advance(10_000);
    const quality = rig.only.quality;
    assert.ok((quality.mos ?? 0) > 4.2, String(quality.mos));
    assert.equal(quality.lossPct, 0);
    assert.equal(quality.rttMs, 30);
    assert.equal(quality.jitterMs, 4);

    rig.pbx.request('BYE', dialog);
    await rig.clock.until('ended', () => rig.ended[0]);

    assert.equal(rig.ended[0]?.id, id);
    assert.ok((rig.ended[0]?.quality?.samples ?? 0) >= 3);
    assert.equal(rig.ended[0]?.quality?.mosAvg, quality.mos);
  });
});
