import type { Clock, Timer } from './ports';

const afterFirstCandidateMs = 1_500;
const withoutCandidateMs = 2_000;

/**
 * Ends ICE gathering. Browsers may take 40 s for it, and one without a usable interface never says that it is done, so an
 * INVITE would wait for ever. A null candidate, made here, is what JsSIP and `gathered` take for the end.
 */
export function endGatheringInTime(peer: RTCPeerConnection, clock: Clock): void {
  let timer: Timer | null = null;
  const stop = () => {
    timer?.cancel();
    timer = null;
  };
  const finish = () => {
    timer = null;
    if (peer.signalingState === 'closed' || peer.iceGatheringState === 'complete') return;
    const end = new Event('icecandidate');
    Object.defineProperty(end, 'candidate', { value: null });
    peer.dispatchEvent(end);
  };
  let sawFirst = false;
  peer.addEventListener('icecandidate', (event) => {
    if (!event.candidate) {
      stop();
    } else if (!sawFirst) {
      sawFirst = true;
      stop();
      timer = clock.after(afterFirstCandidateMs, finish);
    }
  });
  peer.addEventListener('signalingstatechange', () => {
    sawFirst = false;
    stop();
    if (peer.signalingState !== 'closed') timer = clock.after(withoutCandidateMs, finish);
  });
}

/** Resolves when the local description has its candidates, or when it will get none. */
export function gathered(peer: RTCPeerConnection): Promise<void> {
  if (peer.iceGatheringState === 'complete') return Promise.resolve();
  return new Promise((resolve) => {
    const check = () => {
      if (peer.iceGatheringState === 'complete' || peer.signalingState === 'closed') finish();
    };
    const candidate = (event: RTCPeerConnectionIceEvent) => {
      if (!event.candidate) finish();
    };
    const finish = () => {
      peer.removeEventListener('icegatheringstatechange', check);
      peer.removeEventListener('signalingstatechange', check);
      peer.removeEventListener('icecandidate', candidate);
      resolve();
    };
    peer.addEventListener('icegatheringstatechange', check);
    peer.addEventListener('signalingstatechange', check);
    peer.addEventListener('icecandidate', candidate);
  });
}
