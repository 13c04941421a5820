/* SDP text, as far as guarded offers need it. Only audio is negotiated, so every direction line means the one stream. */

export type Direction = 'sendrecv' | 'sendonly' | 'recvonly' | 'inactive';

export function offerDirection(localHold: boolean, remoteHold: boolean): Direction {
  if (localHold) return remoteHold ? 'inactive' : 'sendonly';
  return remoteHold ? 'recvonly' : 'sendrecv';
}

export function withDirection(sdp: string, direction: Direction): string {
  if (/^a=(sendrecv|sendonly|recvonly|inactive)\r?$/m.test(sdp)) {
    return sdp.replace(/^a=(sendrecv|sendonly|recvonly|inactive)(?=\r?$)/gm, `a=${direction}`);
  }
  return sdp.replace(/^(m=audio[^\r\n]*)(\r?\n)/m, `$1$2a=${direction}$2`);
}

const staticCodecs: Readonly<Record<string, string>> = { '0': 'pcmu', '8': 'pcma', '9': 'g722' };

/** The audio formats in the wanted order; what is not named stays behind, in its own. For text that is sent: what is set locally stays as it is. */
export function withCodecs(sdp: string, codecs: readonly string[]): string {
  const names = new Map(Object.entries(staticCodecs));
  for (const [, payload, name] of sdp.matchAll(/^a=rtpmap:(\d+) ([^/\r\n]+)/gm)) {
    if (payload !== undefined && name !== undefined) names.set(payload, name.toLowerCase());
  }
  const rank = (payload: string): number => {
    const at = codecs.indexOf(names.get(payload) ?? '');
    return at < 0 ? codecs.length : at;
  };
  return sdp.replace(/^(m=audio \d+ \S+ )([\d ]*\d)/m, (_line, head: string, formats: string) =>
    head + formats.split(' ').map((format, place) => ({ format, place })).sort((a, b) => rank(a.format) - rank(b.format) || a.place - b.place).map(({ format }) => format).join(' '));
}

export const hasCandidate = (sdp: string): boolean => /^a=candidate:/m.test(sdp);

/**
 * What closes an offer that the peer did not take: the description the peer already has, as an answer. Rolling back instead
 * stops the media in Chromium on the side that answered first (softphone.md 3.2). As an answer it may not say actpass: it
 * says the role the peer plays already, the opposite of ours.
 */
export function closingAnswer(remote: string, local: string): string {
  const ours = /^a=setup:(active|passive)/m.exec(local)?.[1];
  const theirs = ours === 'active' ? 'passive' : 'active';
  return remote.replace(/^a=setup:actpass/gm, `a=setup:${theirs}`);
}
