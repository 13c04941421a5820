import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it } from 'node:test';
import { audioSdp } from './support/fakePeer';
import { Browser } from './support/browser';
import { answered, ringing } from './support/hostCalls';

let browser: Browser;
beforeEach(() => { browser = new Browser(); });
afterEach(() => { browser.rig.restore(); });

describe('tabs', () => {
  it('one tab registers, the other mirrors it', async () => {
    const first = await browser.leader();
    const second = await browser.open();
    await browser.rig.clock.until('mirrored', () => second.snapshot.line.state === 'registered');

    assert.equal(second.snapshot.leader, false);
    assert.equal(first.snapshot.leader, true);
    assert.equal(browser.rig.pbx.registered, 1);
  });

  it('the second dials and hangs up through the first', async () => {
    const first = await browser.leader();
    const second = await browser.open();
    const dialing = second.start('dial', { number: '2002' });
    const invite = await browser.rig.pbx.expectNewCall();
    browser.rig.pbx.reply(invite, 200, { tag: 'far', body: audioSdp() });
    await browser.rig.clock.until('active in both', () => second.snapshot.calls[0]?.state === 'active' && first.snapshot.calls[0]?.state === 'active');
    assert.equal(dialing.value?.ok, true);

    await second.run('hangUp', { callId: second.snapshot.calls[0]?.id ?? '' });

    await browser.rig.pbx.expect('BYE');
    await browser.rig.clock.until('mirrored', () => second.snapshot.calls.length === 0);
    assert.equal(first.guarded, false);
  });

  it('only the leader rings', async () => {
    const first = await browser.leader();
    const second = await browser.open();
    await ringing(browser, first);

    assert.equal(first.playing, 'ring');
    assert.deepEqual(second.tones, []);
  });

  it('when the leader is closed, its calls end, it unregisters, and the next registers', async () => {
    const first = await browser.leader();
    const second = await browser.open();
    await answered(browser, first);
    browser.rig.pbx.mark();

    first.leave();
    browser.tabs.delete(first);

    await browser.rig.pbx.expect('BYE');
    assert.ok(browser.rig.pbx.received.some((message) => message.method === 'REGISTER' && message.header('expires') === '0'));
    await browser.registered(second);
    assert.equal(second.snapshot.ended.length, 1, 'the record of the call outlives its tab');
  });

  it('when the leader crashes, the next registers', async () => {
    const first = await browser.leader();
    const second = await browser.open();

    first.crash();

    await browser.registered(second);
  });

  it('"use this tab" moves the phone to that tab, not to another that waits', async () => {
    const first = await browser.leader();
    const second = await browser.open();
    const third = await browser.open();

    assert.deepEqual(await third.run('takeOver', {}), { ok: true });

    await browser.registered(third);
    assert.equal(first.snapshot.leader, false);
    assert.equal(second.snapshot.leader, false);
    await browser.rig.clock.advance(5_000);
    assert.equal(third.snapshot.leader, true);
    third.leave();
    await browser.rig.clock.until('another leads', () => first.snapshot.leader || second.snapshot.leader);
  });

  it('the phone does not move while its tab is in a call', async () => {
    const first = await browser.leader();
    const second = await browser.open();
    await answered(browser, first);

    assert.deepEqual(await second.run('takeOver', {}), { ok: false, error: 'phone.leaderBusy' });

    assert.equal(first.snapshot.leader, true);
  });

  it('a follower without a leader is told so', async () => {
    const first = await browser.leader();
    const second = await browser.open();
    first.receive = null;

    assert.deepEqual(await second.run('dial', { number: '2002' }), { ok: false, error: 'phone.noLeader' });
  });

  it('a page that comes back from the browser’s cache starts again', async () => {
    const tab = await browser.leader();
    tab.leave();
    assert.deepEqual(await tab.run('dial', { number: '2002' }), { ok: false, error: 'phone.stopped' });

    tab.comeBack();

    await browser.registered(tab);
  });

  it('keeps one instance id for the browser', async () => {
    const tab = await browser.leader();
    const contact = browser.rig.pbx.received.find((message) => message.method === 'REGISTER')?.header('contact') ?? '';

    assert.match(contact, /\+sip\.instance="<urn:uuid:00000000-0000-4000-8000-/);
    assert.ok(contact.includes(browser.store.get('callcenter.phone.instance') ?? 'none'));
    assert.equal(tab.snapshot.leader, true);
  });
});

describe('commands', () => {
  it('are carried out once per id, however often they come', async () => {
    const tab = await browser.leader();
    const first = tab.start('dial', { number: '2002' }, 'same');
    const second = tab.start('dial', { number: '2002' }, 'same');
    await browser.rig.pbx.expectNewCall();
    await browser.rig.clock.until('both', () => first.value && second.value);
    const late = await tab.run('dial', { number: '2002' }, 'same');

    assert.equal(tab.snapshot.calls.length, 1);
    assert.deepEqual(first.value, second.value);
    assert.deepEqual(late, first.value);
  });

  it('unknown ones and ones for unknown calls are refused by name', async () => {
    const tab = await browser.leader();

    assert.deepEqual(await tab.run('explode' as 'retry', {}), { ok: false, error: 'phone.unknownCommand' });
    assert.deepEqual(await tab.run('toString' as 'retry', {}), { ok: false, error: 'phone.unknownCommand' });
    assert.deepEqual(await tab.run('hangUp', { callId: 'none' }), { ok: false, error: 'call.unknown' });
  });

  it('garbage on the channel is ignored', async () => {
    const tab = await browser.leader();
    for (const garbage of [null, 1, 'x', {}, { kind: 'state' }, { kind: 'nonsense', tab: 'x' }, { kind: 'result', tab: 'x', id: 'none', result: { ok: true } }]) tab.receive?.(garbage);
    await browser.rig.clock.advance(100);

    assert.equal(tab.snapshot.line.state, 'registered');
  });
});
