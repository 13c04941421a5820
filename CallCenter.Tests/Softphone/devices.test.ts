import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it } from 'node:test';
import { Browser, FakeCircuit } from './support/browser';
import { answered } from './support/hostCalls';

let browser: Browser;
beforeEach(() => { browser = new Browser(); });
afterEach(() => { browser.rig.restore(); });

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
    const id = await answered(browser, tab);
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
    await answered(browser, tab);

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

  it('shows what the browser’s own settings say of notifications', async () => {
    const tab = await browser.leader();
    await browser.rig.clock.until('known', () => tab.snapshot.devices.notifications === 'granted');

    tab.notifications = 'denied';
    tab.notificationsChanged();

    await browser.rig.clock.until('seen', () => tab.snapshot.devices.notifications === 'denied');
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

  it('a test that nobody ends gives the microphone back after a minute', async () => {
    const tab = await browser.leader();
    await tab.run('microphoneTest', { on: true });
    assert.notEqual(tab.level, null);

    await browser.rig.clock.advance(61_000);

    assert.equal(tab.level, null);
    assert.equal(tab.snapshot.devices.level, null);
  });

  for (const reason of ['denied', 'missing'] as const) {
    it(`a test without a microphone says that it is ${reason}`, async () => {
      const tab = await browser.leader();
      tab.microphone = reason;

      assert.deepEqual(await tab.run('microphoneTest', { on: true }), { ok: false, error: `microphone.${reason}` });
    });
  }
});
