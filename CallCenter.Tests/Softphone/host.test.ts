import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it } from 'node:test';
import { audioSdp } from './support/fakePeer';
import { Browser, FakeCircuit, type Tab } from './support/browser';

let browser: Browser;
beforeEach(() => { browser = new Browser(); });
afterEach(() => { browser.rig.restore(); });

const ringing = async (tab: Tab, number = '2002') => {
  const invite = browser.rig.pbx.invite({ number });
  await browser.rig.clock.until('ringing', () => tab.snapshot.calls.find((call) => call.state === 'ringing'));
  return invite;
};

const answered = async (tab: Tab) => {
  const invite = await ringing(tab);
  const call = tab.snapshot.calls[0];
  await tab.run('answer', { callId: call?.id ?? '' });
  const ok = await browser.rig.pbx.expectStatus(200, 'INVITE');
  browser.rig.pbx.ack(invite, browser.rig.pbx.answeredDialog(invite, ok));
  await browser.rig.clock.until('active', () => tab.snapshot.calls[0]?.state === 'active');
  return call?.id ?? '';
};

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
    await ringing(first);

    assert.equal(first.playing, 'ring');
    assert.deepEqual(second.tones, []);
  });

  it('when the leader is closed, its calls end, it unregisters, and the next registers', async () => {
    const first = await browser.leader();
    const second = await browser.open();
    await answered(first);
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
    await answered(first);

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

describe('mirror', () => {
  it('sends whole snapshots with growing revisions of one epoch', async () => {
    const tab = await browser.leader();
    const circuit = new FakeCircuit();
    tab.host.attach('a', circuit);
    await ringing(tab);
    await browser.rig.clock.until('seen', () => circuit.seen.some((one) => one.calls[0]?.state === 'ringing'));

    const revisions = circuit.seen.map((one) => one.rev);
    assert.deepEqual(revisions, [...new Set(revisions)].sort((a, b) => a - b));
    assert.equal(new Set(circuit.seen.map((one) => one.epoch)).size, 1);
  });

  it('has one in flight, and sends the newest next', async () => {
    const tab = await browser.leader();
    const circuit = new FakeCircuit();
    let go: () => void = () => undefined;
    circuit.slow = new Promise((resolve) => { go = resolve; });
    tab.host.attach('a', circuit);
    await tab.run('dnd', { on: true });
    await tab.run('dnd', { on: false });
    await tab.run('dnd', { on: true });
    assert.equal(circuit.calls, 1);
    circuit.slow = null;
    go();
    await browser.rig.clock.until('two', () => circuit.seen.length === 2);

    assert.equal(circuit.most, 1);
    assert.equal(circuit.last.dnd, true);
  });

  for (const mode of ['fails', 'hangs', 'throws'] as const) {
    it(`goes on after a circuit that ${mode}`, async () => {
      const tab = await browser.leader();
      const circuit = new FakeCircuit();
      circuit.mode = mode;
      tab.host.attach('a', circuit);
      await tab.run('dnd', { on: true });
      await browser.rig.clock.advance(12_000);
      assert.equal(circuit.seen.length, 0);
      circuit.mode = 'works';

      await browser.rig.clock.until('seen', () => circuit.seen.length > 0, 12_000);

      assert.equal(circuit.last.dnd, true);
    });
  }

  it('a late detach of the old circuit does not remove the new one', async () => {
    const tab = await browser.leader();
    const old = new FakeCircuit();
    const fresh = new FakeCircuit();
    tab.host.attach('old', old);
    tab.host.attach('new', fresh);
    await browser.rig.clock.advance(10);
    tab.host.detach('old');
    const before = old.calls;
    await tab.run('dnd', { on: true });
    await browser.rig.clock.advance(10);

    assert.equal(fresh.last.dnd, true);
    assert.equal(old.calls, before);
  });

  it('figures alone are pushed at most every four seconds', async () => {
    const tab = await browser.leader();
    await answered(tab);
    const circuit = new FakeCircuit();
    tab.host.attach('a', circuit);
    await browser.rig.clock.advance(3_000);
    const before = circuit.calls;

    await browser.rig.clock.advance(40_000);

    assert.ok(circuit.calls - before <= 11, String(circuit.calls - before));
    assert.ok(circuit.calls - before >= 8, String(circuit.calls - before));
    assert.ok((circuit.last.calls[0]?.quality.mos ?? 0) > 4);
  });
});

describe('ended calls', () => {
  it('stay in every snapshot, over a reload, until .NET acknowledges them', async () => {
    const tab = await browser.leader();
    const invite = await ringing(tab);
    browser.rig.pbx.cancel(invite);
    await browser.rig.clock.until('recorded', () => tab.snapshot.ended[0]);
    const id = tab.snapshot.ended[0]?.id ?? '';
    tab.leave();
    browser.tabs.delete(tab);
    const next = await browser.leader();
    assert.deepEqual(next.snapshot.ended.map((record) => record.id), [id]);

    await next.run('acknowledge', { ids: [id] });

    assert.deepEqual(next.snapshot.ended, []);
    assert.equal([...browser.store.values.keys()].some((key) => key.includes('ended')), false);
  });

  it('come twenty at a time, because a circuit takes no large messages', async () => {
    const records = Array.from({ length: 30 }, (_, at) => ({ id: String(at), endedAt: at, cause: 'hangUp' }));
    browser.store.set('callcenter.phone.ended.demo/1', JSON.stringify(records));
    const tab = await browser.leader();
    assert.equal(tab.snapshot.ended.length, 20);

    await tab.run('acknowledge', { ids: tab.snapshot.ended.map((record) => record.id) });

    assert.deepEqual(tab.snapshot.ended.map((record) => record.id), records.slice(20).map((record) => record.id));
  });

  it('are known to every tab, also when .NET acknowledges them at once', async () => {
    const first = await browser.leader();
    const second = await browser.open();
    const invite = await ringing(first);
    await browser.rig.clock.until('mirrored', () => second.snapshot.calls.length === 1);
    const id = second.snapshot.calls[0]?.id;
    browser.rig.pbx.cancel(invite);
    await browser.rig.clock.until('recorded', () => first.snapshot.ended[0]);

    await first.run('acknowledge', { ids: [id ?? ''] });

    await browser.rig.clock.until('over in the second', () => second.snapshot.calls.length === 0);
    assert.deepEqual(second.snapshot.ended, []);
    assert.deepEqual([second.snapshot.lastEnd?.id, second.snapshot.lastEnd?.cause], [id, 'cancelled']);
  });

  it('keeps no secret in storage', async () => {
    const tab = await browser.leader();
    const invite = await ringing(tab);
    browser.rig.pbx.cancel(invite);
    await browser.rig.clock.until('recorded', () => tab.snapshot.ended[0]);

    const stored = [...browser.store.values.values()].join('\n');
    assert.ok(!stored.includes(browser.rig.pbx.password));
    assert.ok(!JSON.stringify(tab.snapshot).includes(browser.rig.pbx.password));
  });

  it('damaged storage is nothing', async () => {
    browser.store.set('callcenter.phone.ended.demo/1', '{"x":');
    const tab = await browser.leader();
    assert.deepEqual(tab.snapshot.ended, []);
    browser.store.set('callcenter.phone.ended.demo/1', '[1,{"id":2},null]');
    assert.deepEqual(tab.snapshot.ended, []);
  });
});

describe('alerts', () => {
  it('ring on the chosen device, and stop on every way out', async () => {
    const tab = await browser.leader();
    await tab.run('devices', { ringer: 's1' });
    for (const leave of ['answer', 'reject', 'cancel', 'drop'] as const) {
      const invite = await ringing(tab, '2002');
      assert.equal(tab.playing, 'ring', leave);
      assert.equal(tab.toneDevices.at(-1), 's1');
      const id = tab.snapshot.calls[0]?.id ?? '';
      if (leave === 'answer') await tab.run('answer', { callId: id });
      if (leave === 'reject') await tab.run('reject', { callId: id });
      if (leave === 'cancel') browser.rig.pbx.cancel(invite);
      if (leave === 'drop') {
        browser.rig.pbx.drop();
        await browser.rig.clock.advance(10_100);
      }
      await browser.rig.clock.until('silent', () => tab.playing === null);
      if (leave === 'answer') {
        await tab.run('hangUp', { callId: id });
        await browser.rig.clock.until('over', () => tab.snapshot.calls.length === 0);
      }
    }
  });

  it('a second call beeps, an outgoing one rings back', async () => {
    const tab = await browser.leader();
    await answered(tab);
    await ringing(tab, '2003');
    assert.equal(tab.playing, 'waiting');
    await tab.run('reject', { callId: tab.snapshot.calls[1]?.id ?? '' });
    await tab.run('hangUp', { callId: tab.snapshot.calls[0]?.id ?? '' });
    tab.start('dial', { number: '2002' });
    browser.rig.pbx.reply(await browser.rig.pbx.expectNewCall(), 180, { tag: 'far' });

    await browser.rig.clock.until('ringback', () => tab.playing === 'ringback');
  });

  it('flash the title and put it back', async () => {
    const tab = await browser.leader();
    const invite = await ringing(tab);
    assert.match(tab.title.value, /Incoming call: Ana/);
    await browser.rig.clock.advance(1_000);
    assert.equal(tab.title.value, 'Calls');
    await browser.rig.clock.advance(1_000);
    assert.match(tab.title.value, /Incoming call/);

    browser.rig.pbx.cancel(invite);

    await browser.rig.clock.until('back', () => tab.title.value === 'Calls');
    await browser.rig.clock.advance(3_000);
    assert.equal(tab.title.value, 'Calls');
  });

  it('notify while the page is hidden, and take the notice back', async () => {
    const tab = await browser.leader();
    tab.hidden = true;
    const invite = await ringing(tab);
    assert.deepEqual([tab.notices[0]?.title, tab.notices[0]?.body], ['Incoming call', 'Ana 2002']);
    tab.notices[0]?.click();
    assert.equal(tab.focused, 1);

    browser.rig.pbx.cancel(invite);

    await browser.rig.clock.until('closed', () => tab.notices[0]?.closed);
    assert.equal(tab.notices.length, 1);
  });

  it('leaving the page asks only during a call', async () => {
    const tab = await browser.leader();
    assert.equal(tab.guarded, false);
    const id = await answered(tab);
    assert.equal(tab.guarded, true);

    await tab.run('hangUp', { callId: id });

    await browser.rig.clock.until('free', () => !tab.guarded);
  });

  it('a ringer that the browser silences is shown', async () => {
    const tab = await browser.leader();
    tab.audible = false;

    await ringing(tab);

    await browser.rig.clock.until('shown', () => !tab.snapshot.devices.audible);
  });
});

describe('devices', () => {
  it('are remembered by id, found again by label, and fall back to the default', async () => {
    const tab = await browser.leader();
    await tab.run('devices', { microphone: 'm2', speaker: 's2' });
    assert.deepEqual(tab.chosen, { microphone: 'm2', speaker: 's2' });
    tab.devices = { microphones: [{ id: 'm1', label: 'Built-in' }, { id: 'new', label: 'Headset' }], speakers: [{ id: 's1', label: 'Speakers' }] };

    tab.devicesChanged();
    await browser.rig.clock.advance(10);

    assert.equal(tab.snapshot.devices.microphone, 'new');
    assert.equal(tab.snapshot.devices.speaker, null);
    assert.deepEqual(tab.chosen, { microphone: 'new', speaker: null });
  });

  it('an unknown device is refused', async () => {
    const tab = await browser.leader();

    assert.deepEqual(await tab.run('devices', { microphone: 'nope' }), { ok: false, error: 'device.unknown' });
  });

  it('another microphone in a call replaces the track and keeps mute, without an offer', async () => {
    const tab = await browser.leader();
    const id = await answered(tab);
    await tab.run('mute', { callId: id, on: true });
    browser.rig.pbx.mark();

    await tab.run('devices', { microphone: 'm2' });
    await browser.rig.clock.until('replaced', () => browser.rig.streams.length === 2);
    await browser.rig.clock.advance(50);

    assert.equal(browser.rig.streams[0]?.track.stopped, true);
    assert.equal(browser.rig.peer().microphoneOpen, false);
    await tab.run('mute', { callId: id, on: false });
    assert.equal(browser.rig.streams[1]?.track.enabled, true);
    assert.equal(browser.rig.pbx.count('INVITE'), 0);
  });

  it('an unplugged headset does not end the call', async () => {
    const tab = await browser.leader();
    await answered(tab);

    tab.microphoneLost();
    await browser.rig.clock.until('replaced', () => browser.rig.streams.length === 2);

    assert.equal(tab.snapshot.calls[0]?.state, 'active');
  });

  it('prepare asks for the microphone, then for notifications, in the tab that was clicked', async () => {
    await browser.leader();
    const second = await browser.open();
    second.notifications = 'prompt';
    second.audible = false;

    assert.deepEqual(await second.run('prepare', {}), { ok: true });

    assert.equal(second.snapshot.devices.notifications, 'granted');
    assert.equal(second.snapshot.devices.permission, 'granted');
    assert.equal(second.snapshot.devices.audible, true);
  });

  it('prepare says that the microphone is denied', async () => {
    const tab = await browser.leader();
    tab.microphone = 'denied';

    assert.deepEqual(await tab.run('prepare', {}), { ok: false, error: 'microphone.denied' });
    assert.equal(tab.snapshot.devices.permission, 'denied');
  });

  it('the level meter shows levels while it runs', async () => {
    const tab = await browser.leader();
    const circuit = new FakeCircuit();
    tab.host.attach('a', circuit);
    await tab.run('microphoneTest', { on: true });
    for (let i = 0; i < 20; i++) {
      tab.level?.(i / 20);
      await browser.rig.clock.advance(100);
    }
    assert.equal(tab.snapshot.devices.level, 0.95);
    assert.ok(circuit.calls < 20, String(circuit.calls));

    await tab.run('microphoneTest', { on: false });

    assert.equal(tab.snapshot.devices.level, null);
    assert.equal(tab.level, null);
  });

  it('the speaker test plays on the chosen device', async () => {
    const tab = await browser.leader();
    await tab.run('devices', { ringer: 's2' });

    await tab.run('speakerTest', { device: 'ringer' });

    assert.equal(tab.playing, 'test');
    assert.equal(tab.toneDevices.at(-1), 's2');
  });
});
