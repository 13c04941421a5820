import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it } from 'node:test';
import { Rig } from './support/rig';

describe('line', () => {
  let rig: Rig;
  beforeEach(() => { rig = new Rig(); });
  afterEach(() => { rig.restore(); });

  it('registers with the digest of a challenge, without ever sending the ha1', async () => {
    await rig.registered();

    assert.equal(rig.pbx.registered, 1);
    assert.equal(rig.pbx.urls[0], 'wss://a.pbx.test/ws');
    assert.ok(rig.pbx.received.every((message) => !message.text.includes(rig.pbx.password)));
  });

  const sha = 'Digest realm="pbx.test", nonce="s", algorithm=SHA-256, qop="auth"';
  for (const [order, challenges] of [
    ['before', ['Digest realm="pbx.test", nonce="m", algorithm=MD5, qop="auth"', sha]],
    ['behind', [sha, 'Digest realm="pbx.test", nonce="m", qop="auth"']],
  ] as const) {
    it(`answers the MD5 challenge ${order} one with SHA-256`, async () => {
      rig.pbx.challenges = challenges;

      await rig.registered();

      assert.equal(rig.pbx.registered, 1);
      assert.equal(rig.sessionsFetched, 1);
    });
  }

  it('tells how many other devices the PBX rings, and counts none that this browser left behind', async () => {
    await rig.registered();
    assert.equal(rig.phone.line.snapshot().others, 0);
    const mine = rig.pbx.received.find((message) => message.method === 'REGISTER')?.header('contact') ?? '';
    const instance = /\+sip\.instance="<urn:uuid:([^>]+)>"/.exec(mine)?.[1] ?? '';
    rig.pbx.otherBindings = [
      '<sip:1001@192.0.2.7:5060;transport=udp>;expires=300', '"Desk, left" <sip:desk@192.0.2.8>;expires=60, <sip:cell@192.0.2.9>;expires=9',
      `<sip:old@x.invalid;transport=ws>;+sip.instance="<urn:uuid:${instance}>";expires=30`,
    ];

    rig.pbx.drop();
    await rig.line('registered');

    assert.equal(instance.length, 36);
    assert.equal(rig.phone.line.snapshot().others, 3);
  });

  it('stops after two refusals, a new session having been fetched between them', async () => {
    rig.pbx.registerAnswers.push(403, 403);

    rig.phone.start();
    await rig.line('authFailed');

    assert.equal(rig.sessionsFetched, 2);
    assert.equal(rig.phone.line.snapshot().cause, 'line.credentials');
    const attempts = rig.pbx.count('REGISTER');
    await rig.clock.advance(120_000);
    assert.equal(rig.pbx.count('REGISTER'), attempts);
  });

  it('registers with the new session when the first was refused', async () => {
    const fresh = rig.session;
    rig.session = { ...fresh, account: { ...fresh.account, ha1: 'f'.repeat(32) } };
    rig.phone.start();
    await rig.clock.until('first session', () => rig.sessionsFetched === 1);
    rig.session = fresh;

    await rig.line('registered');

    assert.equal(rig.sessionsFetched, 2);
  });

  it('retry after refused credentials fetches a session and registers', async () => {
    rig.pbx.registerAnswers.push(403, 403);
    rig.phone.start();
    await rig.line('authFailed');

    await rig.run('retry', {});
    await rig.line('registered');

    assert.equal(rig.sessionsFetched, 3);
  });

  it('tries a 503 again in 2 to 5 seconds and says when', async () => {
    rig.pbx.registerAnswers.push(503);
    rig.phone.start();
    await rig.clock.until('503', () => rig.phone.line.snapshot().sipCode === 503);
    const wait = (rig.phone.line.snapshot().retryAt ?? 0) - rig.clock.now();

    await rig.line('registered');

    assert.ok(wait > 1_900 && wait <= 5_000, String(wait));
  });

  it('drops a flow whose registrar is silent for 10 s and registers on the next', async () => {
    rig.pbx.registerAnswers.push('silence');

    rig.phone.start();
    await rig.line('registered');

    assert.equal(rig.pbx.urls.length, 2);
    assert.equal(rig.pbx.urls[1], 'wss://b.pbx.test/ws');
  });

  it('is not fooled by a 200 that lists somebody else’s contact', async () => {
    rig.pbx.registerAnswers.push('strangeContact');

    rig.phone.start();
    await rig.clock.advance(5_000);
    assert.equal(rig.phone.line.snapshot().state, 'registering');
    await rig.line('registered');

    assert.equal(rig.pbx.registered, 1);
  });

  it('gives up a connection that does not open within 6 s', async () => {
    rig.pbx.neverOpens = true;
    rig.phone.start();
    await rig.line('reconnecting');
    rig.pbx.neverOpens = false;

    await rig.line('registered');

    assert.equal(rig.pbx.urls.length, 2);
  });

  it('reconnects with a growing backoff of at most 12 s, and registers when the PBX is back', async () => {
    await rig.registered();
    rig.pbx.refusesSockets = true;
    rig.random = 0.999;
    rig.pbx.drop();
    assert.equal(rig.phone.line.snapshot().state, 'reconnecting');
    const waits: number[] = [];
    for (let i = 0; i < 6; i++) {
      const at = await rig.clock.until('next attempt', () => rig.phone.line.snapshot().retryAt);
      waits.push(at - rig.clock.now());
      await rig.clock.advance(at - rig.clock.now() + 2);
    }
    rig.pbx.refusesSockets = false;

    await rig.line('registered');

    assert.ok(waits.every((wait) => wait <= 12_000), waits.join());
    assert.ok((waits[0] ?? 0) < (waits[4] ?? 0), waits.join());
  });

  it('notices a frozen server within 25 s', async () => {
    await rig.registered();
    rig.pbx.frozen = true;

    await rig.line('reconnecting', 25_100);

    rig.pbx.frozen = false;
    await rig.line('registered');
  });

  it('takes any answer to the keepalive for life, and measures its round trip', async () => {
    await rig.registered();
    rig.pbx.answersOptions = false;

    const options = await rig.pbx.expect('OPTIONS');
    await rig.clock.advance(40);
    rig.pbx.reply(options, 404);
    await rig.clock.advance(10_000);

    assert.equal(rig.phone.line.snapshot().state, 'registered');
    // The test sees the request up to 10 ms late.
    const rtt = rig.phone.line.snapshot().rttMs ?? 0;
    assert.ok(rtt >= 40 && rtt <= 50, String(rtt));
  });

  it('asks at once after the machine slept, instead of after 20 s', async () => {
    await rig.registered();
    const before = rig.pbx.count('OPTIONS');
    rig.clock.sleep(60_000);

    await rig.clock.advance(100);

    assert.ok(rig.pbx.count('OPTIONS') > before);
  });

  it('connects at once when the network comes back', async () => {
    await rig.registered();
    rig.random = 0.999;
    rig.pbx.refusesSockets = true;
    rig.pbx.drop();
    await rig.clock.advance(8_000);
    rig.pbx.refusesSockets = false;

    rig.phone.line.nudge();

    await rig.line('registered', 200);
  });

  it('lives through garbage, bare CRLF frames and bytes', async () => {
    await rig.registered();

    for (const text of ['', '\r\n', '\r\n\r\n', 'GET / HTTP/1.1\r\n\r\n', '\u0000\u0001', 'SIP/2.0 999 ?\r\n\r\n', 'INVITE sip:1001@pbx.test SIP/2.0\r\n\r\n', 'NOTIFY sip:1001 SIP/2.0\r\nVia: x\r\n\r\n', 'x'.repeat(100_000)]) {
      rig.pbx.send(text);
      rig.pbx.sendBytes(text);
    }
    await rig.clock.advance(1_000);

    assert.equal(rig.phone.line.snapshot().state, 'registered');
    assert.equal(rig.calls.length, 0);
    assert.equal((await rig.talking()).id, 'call1');
  });

  it('tries again when the portal gives no session', async () => {
    rig.sessionFails = true;
    rig.phone.start();
    await rig.clock.until('noted', () => rig.phone.line.snapshot().cause === 'line.session');
    rig.sessionFails = false;

    await rig.line('registered');

    assert.ok(rig.sessionsFetched >= 2);
  });

  it('fetches a new session before the secrets of the old one end, and calls use it', async () => {
    rig.session = { ...rig.session, expiresAt: rig.clock.now() + 600_000, iceServers: [{ urls: 'turn:t', username: 'old', credential: 'old' }] };
    await rig.registered();
    const end = rig.session.expiresAt ?? 0;
    rig.session = { ...rig.session, expiresAt: end + 600_000, iceServers: [{ urls: 'turn:t', username: 'new', credential: 'new' }] };

    await rig.clock.until('renewed', () => rig.sessionsFetched === 2, 485_000);
    assert.ok(rig.clock.now() < end);
    await rig.talking();

    assert.equal(rig.peerConfigs[0]?.iceServers?.[0]?.username, 'new');
  });

  it('a portal that is down when the secrets end is asked again every 30 s', async () => {
    rig.session = { ...rig.session, expiresAt: rig.clock.now() + 130_000 };
    await rig.registered();
    rig.sessionFails = true;
    await rig.clock.until('two failures', () => rig.sessionsFetched === 3, 100_000);
    rig.sessionFails = false;
    rig.session = { ...rig.session, expiresAt: null };

    await rig.clock.until('renewed', () => rig.sessionsFetched === 4, 40_000);
    await rig.clock.advance(120_000);

    assert.equal(rig.sessionsFetched, 4);
    assert.equal(rig.phone.line.snapshot().state, 'registered');
  });

  it('unregisters when it stops', async () => {
    await rig.registered();

    rig.phone.stop();
    const register = await rig.pbx.expect('REGISTER');

    assert.equal(register.header('expires'), '0');
    assert.equal(rig.phone.line.snapshot().state, 'idle');
  });
});
