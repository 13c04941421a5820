import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it } from 'node:test';
import { Browser } from './support/browser';
import { answered, ringing } from './support/hostCalls';

let browser: Browser;
beforeEach(() => { browser = new Browser(); });
afterEach(() => { browser.rig.restore(); });

describe('alerts', () => {
  it('ring on the chosen device, and stop on every way out', async () => {
    const tab = await browser.leader();
    await tab.run('devices', { ringer: 's1' });
    for (const leave of ['answer', 'reject', 'cancel', 'drop'] as const) {
      const invite = await ringing(browser, tab, '2002');
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

  for (const [ringtone, first, second] of [['classic', 'ring', 'waiting'], ['soft', 'chime', 'waiting'], ['silent', null, null]] as const) {
    it(`sound as the tenant wants: ${ringtone}`, async () => {
      browser.ringtone = ringtone;
      const tab = await browser.leader();
      await tab.run('devices', { ringer: 's1', speaker: 's2' });
      const invite = await ringing(browser, tab);
      assert.equal(tab.playing, first);
      if (first !== null) assert.equal(tab.toneDevices.at(-1), 's1');
      assert.match(tab.title.value, /Incoming call/);
      browser.rig.pbx.cancel(invite);
      await browser.rig.clock.until('over', () => tab.snapshot.calls.length === 0);

      await answered(browser, tab);
      await ringing(browser, tab, '2003');

      assert.equal(tab.playing, second);
    });
  }

  it('ring from the moment a click lets them, when the browser kept them silent', async () => {
    const tab = await browser.leader();
    tab.audible = false;
    await ringing(browser, tab);
    await browser.rig.clock.until('shown', () => !tab.snapshot.devices.audible);
    const before = tab.tones.length;

    await tab.run('prepare', {});

    assert.deepEqual([tab.playing, tab.tones.length, tab.snapshot.devices.audible], ['ring', before + 1, true]);
  });

  it('a second call beeps, an outgoing one rings back', async () => {
    const tab = await browser.leader();
    await answered(browser, tab);
    await ringing(browser, tab, '2003');
    assert.equal(tab.playing, 'waiting');
    await tab.run('reject', { callId: tab.snapshot.calls[1]?.id ?? '' });
    await tab.run('hangUp', { callId: tab.snapshot.calls[0]?.id ?? '' });
    tab.start('dial', { number: '2002' });
    browser.rig.pbx.reply(await browser.rig.pbx.expectNewCall(), 180, { tag: 'far' });

    await browser.rig.clock.until('ringback', () => tab.playing === 'ringback');
  });

  it('flash the title and put it back', async () => {
    const tab = await browser.leader();
    const invite = await ringing(browser, tab);
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

  it('leave the title alone that another page has meanwhile', async () => {
    const tab = await browser.leader();
    const invite = await ringing(browser, tab);
    tab.title.value = 'Clients';
    browser.rig.pbx.cancel(invite);
    await browser.rig.clock.until('over', () => tab.snapshot.calls.length === 0);
    await browser.rig.clock.advance(3_000);

    assert.equal(tab.title.value, 'Clients');
  });

  it('notify while the page is hidden, and take the notice back', async () => {
    const tab = await browser.leader();
    tab.hidden = true;
    const invite = await ringing(browser, tab);
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
    const id = await answered(browser, tab);
    assert.equal(tab.guarded, true);

    await tab.run('hangUp', { callId: id });

    await browser.rig.clock.until('free', () => !tab.guarded);
  });

  it('a ringer that the browser silences is shown', async () => {
    const tab = await browser.leader();
    tab.audible = false;

    await ringing(browser, tab);

    await browser.rig.clock.until('shown', () => !tab.snapshot.devices.audible);
  });
});
