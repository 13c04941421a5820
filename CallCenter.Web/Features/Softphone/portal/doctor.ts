import type { IceServer } from '../contract';

/** What this browser can offer a far side as ways to it. */
export interface IceReport {
  readonly host: number;
  readonly srflx: number;
  readonly relay: number;
  readonly ms: number;
  /** Whether the session names servers that should have found more than the machine's own addresses. */
  readonly stun: boolean;
  readonly turn: boolean;
  /** `session` when the portal gave none, `browser` when there is no WebRTC. */
  readonly error: 'session' | 'browser' | null;
}

const patienceMs = 6_000;

const urlsOf = (servers: readonly IceServer[]): string[] => servers.flatMap((server) => server.urls);

export function countCandidates(kinds: readonly string[], servers: readonly IceServer[], ms: number): IceReport {
  const count = (kind: string): number => kinds.filter((one) => one === kind).length;
  return {
    host: count('host'), srflx: count('srflx'), relay: count('relay'), ms,
    stun: urlsOf(servers).some((url) => url.startsWith('stun')), turn: urlsOf(servers).some((url) => url.startsWith('turn')), error: null,
  };
}

/** Gathers candidates with the session's servers. The session's secrets stay in this function. */
export async function gather(sessionUrl: string): Promise<IceReport> {
  const none = { host: 0, srflx: 0, relay: 0, ms: 0, stun: false, turn: false };
  if (!('RTCPeerConnection' in window)) return { ...none, error: 'browser' };
  const answer = await fetch(sessionUrl, { credentials: 'same-origin', cache: 'no-store' }).catch(() => null);
  if (!answer?.ok) return { ...none, error: 'session' };
  const servers = ((await answer.json()) as { iceServers: IceServer[] }).iceServers;
  const connection = new RTCPeerConnection({ iceServers: servers });
  try {
    const kinds: string[] = [];
    const started = performance.now();
    const complete = new Promise<void>((resolve) => {
      connection.onicecandidate = ({ candidate }) => {
        if (!candidate) resolve();
        else if (candidate.type) kinds.push(candidate.type);
      };
      setTimeout(resolve, patienceMs);
    });
    connection.addTransceiver('audio');
    await connection.setLocalDescription(await connection.createOffer());
    await complete;
    return countCandidates(kinds, servers, Math.round(performance.now() - started));
  } finally {
    connection.close();
  }
}
