import DigestAuthentication from 'jssip/lib/DigestAuthentication';
import Parser from 'jssip/lib/Parser';

const common = [
  'Via: SIP/2.0/WSS rehearsal.invalid;branch=z9hG4bK1;rport=1;received=192.0.2.1',
  'From: "A" <sip:a@rehearsal.invalid>;tag=1',
  'To: "A" <sip:a@rehearsal.invalid>;tag=2',
  'Call-ID: rehearsal',
  'CSeq: 1 REGISTER',
];
const challenge = { algorithm: 'MD5', realm: 'rehearsal', nonce: '1', opaque: null, stale: null, qop: ['auth'] };

/**
 * Reads a registrar's two answers and answers a challenge, for nobody. JsSIP's grammar is one large function, and a browser compiles it
 * when it is first called: better while the page waits for the lock and the session than when the PBX's answer is there.
 */
export function rehearse(): void {
  for (const lines of [
    ['SIP/2.0 401 Unauthorized', ...common, 'WWW-Authenticate: Digest realm="rehearsal", nonce="1", qop="auth", algorithm=MD5', 'Content-Length: 0'],
    ['SIP/2.0 200 OK', ...common, 'Contact: <sip:a@rehearsal.invalid;transport=ws>;+sip.instance="<urn:uuid:1>";expires=600', 'Content-Length: 0'],
  ]) {
    Parser.parseMessage(`${lines.join('\r\n')}\r\n\r\n`, null);
  }
  const digest = new DigestAuthentication({ username: 'a', realm: challenge.realm, ha1: '0'.repeat(32), password: null });
  digest.authenticate({ method: 'REGISTER', ruri: 'sip:rehearsal.invalid', body: null }, challenge);
}
