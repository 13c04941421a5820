import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it } from 'node:test';
import { Browser, FakeCircuit } from './support/browser';
import { answered, ringing } from './support/hostCalls';

let browser: Browser;
beforeEach(() => { browser = new Browser(); });
afterEach(() => { browser.rig.restore(); });

describe('mirror', () => {
  it('sends whole snapshots with growing revisions of one epoch', async () => {
    const tab = await browser.leader();
    const circuit = new FakeCircuit();
    tab.host.attach('a', circuit);
    await ringing(browser, tab);
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
    await answered(browser, tab);
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
    const invite = await ringing(browser, tab);
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
    const invite = await ringing(browser, first);
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
    const invite = await ringing(browser, tab);
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
