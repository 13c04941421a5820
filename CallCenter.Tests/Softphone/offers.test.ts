import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it } from 'node:test';
import { audioSdp, FakePeer } from './support/fakePeer';
import { Rig } from './support/rig';

describe('offers', () => {
  let rig: Rig;
  beforeEach(async () => {
    rig = new Rig();
    FakePeer.rollbacks = 0;
    await rig.registered();
  });
  afterEach(() => {
    rig.restore();
    assert.equal(FakePeer.rollbacks, 0, 'a rollback stops the media in Chromium');
  });

  it('hold and resume', async () => {
    const { id, peer } = await rig.talking();
    const holding = rig.start('hold', { callId: id });
    const hold = await rig.pbx.expect('INVITE');
    assert.match(hold.body, /a=sendonly/);
    assert.equal(peer.microphoneOpen, false, 'silent before the far side agrees');
    assert.equal(rig.only.offerInFlight, true);
    rig.pbx.reply(hold, 200, { tag: 'far2002', body: audioSdp({ direction: 'recvonly' }) });
    await rig.pbx.expect('ACK');
    await rig.clock.until('held', () => holding.value?.ok);
    assert.equal(rig.only.localHold, true);
    assert.equal(rig.only.offerInFlight, false);

    const resuming = rig.start('resume', { callId: id });
    const resume = await rig.pbx.expect('INVITE');
    assert.match(resume.body, /a=sendrecv/);
    rig.pbx.reply(resume, 200, { tag: 'far2002', body: audioSdp() });
    await rig.clock.until('resumed', () => resuming.value?.ok);

    assert.equal(rig.only.localHold, false);
    assert.equal(peer.microphoneOpen, true);
  });

  it('a refused hold keeps the call, restores the microphone and needs no rollback', async () => {
    const { id, peer } = await rig.talking();
    const holding = rig.start('hold', { callId: id });
    rig.pbx.reply(await rig.pbx.expect('INVITE'), 488, { tag: 'far2002' });
    await rig.clock.until('outcome', () => holding.value);

    assert.deepEqual(holding.value, { ok: false, error: 'offer.refused', sipCode: 488 });
    assert.equal(rig.only.state, 'active');
    assert.equal(rig.only.localHold, false);
    assert.equal(peer.microphoneOpen, true);
    assert.equal(peer.signalingState, 'stable');
  });

  it('a refused hold on the answering side is closed with the caller’s description and our role’s opposite', async () => {
    const { id, peer } = await rig.answered();
    const applied = peer.answersApplied;
    const holding = rig.start('hold', { callId: id });
    rig.pbx.reply(await rig.pbx.expect('INVITE'), 403, { tag: 'x' });
    await rig.clock.until('outcome', () => holding.value);

    assert.equal(peer.answersApplied, applied + 1);
    assert.match(peer.currentRemoteDescription?.sdp ?? '', /a=setup:passive/);
    assert.equal(rig.only.state, 'active');
  });

  it('tries again by the delays of RFC 3261 after glare: 2.1 to 4 s for the caller', async () => {
    const { id } = await rig.talking();
    const holding = rig.start('hold', { callId: id });
    rig.pbx.reply(await rig.pbx.expect('INVITE'), 491, { tag: 'far2002' });
    const since = rig.clock.now();
    const second = await rig.pbx.expect('INVITE');
    const waited = rig.clock.now() - since;
    rig.pbx.reply(second, 200, { tag: 'far2002', body: audioSdp({ direction: 'recvonly' }) });
    await rig.clock.until('held', () => holding.value?.ok);

    assert.ok(waited >= 2_100 && waited <= 4_100, String(waited));
    assert.equal(rig.only.localHold, true);
  });

  it('and 0 to 2 s for the callee', async () => {
    const { id } = await rig.answered();
    rig.start('hold', { callId: id });
    rig.pbx.reply(await rig.pbx.expect('INVITE'), 491, { tag: 'x' });
    const since = rig.clock.now();

    await rig.pbx.expect('INVITE');

    assert.ok(rig.clock.now() - since <= 2_100);
  });

  it('gives up after four crossings, and the call goes on', async () => {
    const { id } = await rig.talking();
    const holding = rig.start('hold', { callId: id });
    for (let i = 0; i < 4; i++) rig.pbx.reply(await rig.pbx.expect('INVITE'), 491, { tag: 'far2002' });
    await rig.clock.until('outcome', () => holding.value);

    assert.deepEqual(holding.value, { ok: false, error: 'offer.crossed', sipCode: 491 });
    assert.equal(rig.only.state, 'active');
    assert.equal(rig.only.localHold, false);
  });

  it('both sides hold at once: theirs is answered 491 and accepted when it comes again', async () => {
    const { id, dialog } = await rig.talking();
    const holding = rig.start('hold', { callId: id });
    const ours = await rig.pbx.expect('INVITE');
    rig.pbx.request('INVITE', dialog, { body: audioSdp({ setup: 'actpass', direction: 'sendonly' }) });
    await rig.pbx.expectStatus(491, 'INVITE');
    rig.pbx.reply(ours, 491, { tag: 'far2002' });
    await rig.clock.advance(500);
    rig.pbx.request('INVITE', dialog, { body: audioSdp({ setup: 'actpass', direction: 'sendonly' }) });
    const ok = await rig.pbx.expectStatus(200, 'INVITE');
    rig.pbx.request('ACK', dialog, { cseq: ok.cseq });
    const again = await rig.pbx.expect('INVITE');
    assert.match(again.body, /a=inactive/);
    rig.pbx.reply(again, 200, { tag: 'far2002', body: audioSdp({ direction: 'inactive' }) });
    await rig.clock.until('held', () => holding.value?.ok);

    assert.equal(rig.only.localHold, true);
    assert.equal(rig.only.remoteHold, true);
    assert.equal(rig.only.state, 'active');
  });

  it('an offer that arrives while ours is still being made is refused too', async () => {
    const { id, dialog, peer } = await rig.talking();
    peer.behaviour.gathering = 'slow';
    void rig.phone.call(id)?.offer('restart');
    await rig.clock.advance(200);

    rig.pbx.request('INVITE', dialog, { body: audioSdp({ setup: 'actpass' }) });

    await rig.pbx.expectStatus(491, 'INVITE');
    assert.equal(rig.only.state, 'active');
    rig.pbx.reply(await rig.pbx.expect('INVITE'), 200, { tag: 'far2002', body: audioSdp() });
    await rig.clock.until('applied', () => peer.signalingState === 'stable');
  });

  it('our offer waits until theirs, which came first, is answered', async () => {
    const { id, dialog } = await rig.talking();
    rig.start('hold', { callId: id });

    rig.pbx.request('INVITE', dialog, { body: audioSdp({ setup: 'actpass' }) });

    const ok = await rig.pbx.expectStatus(200, 'INVITE');
    rig.pbx.request('ACK', dialog, { cseq: ok.cseq });
    assert.match((await rig.pbx.expect('INVITE')).body, /a=sendonly/);
  });

  it('the far side’s hold is seen, and its offer does not end ours', async () => {
    const { id, dialog } = await rig.talking();
    const holding = rig.start('hold', { callId: id });
    rig.pbx.reply(await rig.pbx.expect('INVITE'), 200, { tag: 'far2002', body: audioSdp({ direction: 'recvonly' }) });
    await rig.clock.until('held', () => holding.value?.ok);

    rig.pbx.request('INVITE', dialog, { body: audioSdp({ setup: 'actpass', direction: 'sendrecv' }) });
    const answer = await rig.pbx.expectStatus(200, 'INVITE');

    assert.match(answer.body, /a=sendonly/);
    assert.equal(rig.only.localHold, true);
  });

  it('a 500 with Retry-After is tried again when it says', async () => {
    const { id } = await rig.talking();
    rig.start('hold', { callId: id });
    rig.pbx.reply(await rig.pbx.expect('INVITE'), 500, { tag: 'far2002', headers: ['Retry-After: 7'] });
    const since = rig.clock.now();

    await rig.pbx.expect('INVITE');

    assert.ok(rig.clock.now() - since >= 6_990);
  });

  it('481 ends the call: the far side no longer knows it', async () => {
    const { id } = await rig.talking();
    rig.start('hold', { callId: id });

    rig.pbx.reply(await rig.pbx.expect('INVITE'), 481, { tag: 'far2002' });
    await rig.clock.until('ended', () => rig.ended[0]);

    assert.equal(rig.ended[0]?.cause, 'gone');
  });

  it('an unanswered offer fails after 32 s and the call goes on', async () => {
    const { id } = await rig.talking();
    const holding = rig.start('hold', { callId: id });
    await rig.pbx.expect('INVITE');
    await rig.clock.until('outcome', () => holding.value);

    assert.deepEqual(holding.value, { ok: false, error: 'offer.timeout' });
    assert.equal(rig.only.state, 'active');
  });

  it('hold, hold again and resume queue up, one offer at a time', async () => {
    const { id } = await rig.talking();
    const first = rig.start('hold', { callId: id });
    const second = rig.start('hold', { callId: id });
    const third = rig.start('resume', { callId: id });
    rig.pbx.reply(await rig.pbx.expect('INVITE'), 200, { tag: 'far2002', body: audioSdp({ direction: 'recvonly' }) });
    rig.pbx.reply(await rig.pbx.expect('INVITE'), 200, { tag: 'far2002', body: audioSdp() });
    await rig.clock.until('all', () => first.value?.ok && second.value?.ok && third.value?.ok);

    assert.equal(rig.only.localHold, false);
    await rig.clock.advance(5_000);
    assert.equal(rig.pbx.count('INVITE'), 0, 'all were taken: no third offer');
  });

  it('a retransmitted 200 is acknowledged again', async () => {
    const { id } = await rig.talking();
    rig.start('hold', { callId: id });
    const hold = await rig.pbx.expect('INVITE');
    rig.pbx.reply(hold, 200, { tag: 'far2002', body: audioSdp({ direction: 'recvonly' }) });
    await rig.pbx.expect('ACK');

    rig.pbx.reply(hold, 200, { tag: 'far2002', body: audioSdp({ direction: 'recvonly' }) });

    await rig.pbx.expect('ACK');
    assert.equal(rig.only.localHold, true);
  });

  it('a bad answer to an offer is undone', async () => {
    const { id, peer } = await rig.talking();
    const holding = rig.start('hold', { callId: id });
    rig.pbx.reply(await rig.pbx.expect('INVITE'), 200, { tag: 'far2002', body: 'v=0\r\n' });
    await rig.clock.until('outcome', () => holding.value);

    assert.equal(holding.value?.ok, false);
    assert.equal(peer.signalingState, 'stable');
    assert.equal(rig.only.state, 'active');
  });

  it('mute closes the microphone, and resuming a muted call leaves it closed', async () => {
    const { id, peer } = await rig.talking();
    await rig.run('mute', { callId: id, on: true });
    assert.equal(peer.microphoneOpen, false);
    const holding = rig.start('hold', { callId: id });
    rig.pbx.reply(await rig.pbx.expect('INVITE'), 200, { tag: 'far2002', body: audioSdp({ direction: 'recvonly' }) });
    await rig.clock.until('held', () => holding.value?.ok);
    const resuming = rig.start('resume', { callId: id });
    rig.pbx.reply(await rig.pbx.expect('INVITE'), 200, { tag: 'far2002', body: audioSdp() });
    await rig.clock.until('resumed', () => resuming.value?.ok);

    assert.equal(peer.microphoneOpen, false);
    await rig.run('mute', { callId: id, on: false });
    assert.equal(peer.microphoneOpen, true);
  });

  it('sends DTMF in the audio, or as INFO by setting', async () => {
    const { id, peer } = await rig.talking();
    assert.deepEqual(await rig.run('dtmf', { callId: id, tones: '12#' }), { ok: true });
    assert.deepEqual(peer.sent, ['12#']);
    assert.deepEqual(await rig.run('dtmf', { callId: id, tones: '1;2' }), { ok: false, error: 'call.badTones' });
    assert.equal(rig.pbx.count('INFO'), 0);

    rig.session = { ...rig.session, policy: { ...rig.session.policy, dtmf: 'info' } };
    rig.phone.stop();
    await rig.clock.advance(3_000);
    await rig.registered();
    const second = await rig.talking();
    await rig.run('dtmf', { callId: second.id, tones: '5' });
    const info = await rig.pbx.expect('INFO');

    assert.match(info.body, /Signal=5/);
    rig.pbx.reply(info, 200);
  });
});
