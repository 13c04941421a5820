import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { withCodecs } from '../../CallCenter.Web/Features/Softphone/engine/sdp';

const offer = [
  'v=0', 'm=audio 9 UDP/TLS/RTP/SAVPF 111 63 9 0 8 110 126', 'a=rtpmap:111 opus/48000/2', 'a=rtpmap:63 red/48000/2', 'a=rtpmap:110 telephone-event/48000',
  'a=rtpmap:126 telephone-event/8000', 'a=sendrecv', '',
].join('\r\n');
const formats = (sdp: string) => /^m=audio \d+ \S+ (.*)\r$/m.exec(sdp)?.[1];

describe('codecs', () => {
  it('come in the wanted order, the others behind in theirs', () => {
    assert.equal(formats(withCodecs(offer, ['pcma', 'opus'])), '8 111 63 9 0 110 126');
    assert.equal(formats(withCodecs(offer, ['opus', 'pcmu', 'pcma'])), '111 0 8 63 9 110 126');
  });

  it('stay as they are when none are wanted or known', () => {
    assert.equal(withCodecs(offer, []), offer);
    assert.equal(withCodecs(offer, ['g729']), offer);
    assert.equal(withCodecs('v=0\r\n', ['opus']), 'v=0\r\n');
  });
});
