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
