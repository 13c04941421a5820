import type { VirtualClock } from './virtualClock';

type Direction = 'sendrecv' | 'sendonly' | 'recvonly' | 'inactive';

export interface PeerBehaviour {
  gathering: 'normal' | 'slow' | 'never';
  ice: 'connects' | 'never';
  /** Packets that arrive in a second. */
  packetsPerSecond: number;
  lossPct: number;
}

let serial = 0;

/** RTCPeerConnection's offer and answer rules, ICE and counters, strict enough to refuse what Chromium refuses. */
export class FakePeer extends EventTarget {
  static rollbacks = 0;
  readonly behaviour: PeerBehaviour;
  readonly sent: string[] = [];
  signalingState: RTCSignalingState = 'stable';
  iceGatheringState: RTCIceGatheringState = 'new';
  iceConnectionState: RTCIceConnectionState = 'new';
  localDescription: RTCSessionDescriptionInit | null = null;
  remoteDescription: RTCSessionDescriptionInit | null = null;
  currentLocalDescription: RTCSessionDescriptionInit | null = null;
  currentRemoteDescription: RTCSessionDescriptionInit | null = null;
  restarts = 0;
  answersApplied = 0;
  readonly #id = ++serial;
  #session = 0;
  #candidates = false;
  #ufrag = 1;
  #role: 'active' | 'passive' | null = null;
  #startedAt = 0;
  readonly #transceiver = { direction: 'sendrecv' as Direction | 'stopped' };
  readonly #senders: { track: MediaStreamTrack; dtmf: { toneBuffer: string; insertDTMF(tones: string): void } }[] = [];

  constructor(private readonly clock: VirtualClock, behaviour: PeerBehaviour) {
    super();
    this.behaviour = { ...behaviour };
  }

  addTrack(track: MediaStreamTrack): void {
    const sender = {
      track,
      dtmf: { toneBuffer: '', insertDTMF: (tones: string) => { this.sent.push(tones); } },
      replaceTrack: (next: MediaStreamTrack) => {
        sender.track = next;
        return Promise.resolve();
      },
    };
    this.#senders.push(sender);
  }

  getSenders(): readonly { track: MediaStreamTrack }[] {
    return this.#senders;
  }

  getTransceivers(): readonly { direction: Direction | 'stopped' }[] {
    return [this.#transceiver];
  }

  get microphoneOpen(): boolean {
    return this.#senders.some((sender) => sender.track.enabled);
  }

  createOffer(options?: RTCOfferOptions): Promise<RTCSessionDescriptionInit> {
    if (options?.iceRestart === true) {
      this.restarts += 1;
      this.#ufrag += 1;
      this.#candidates = false;
    }
    return Promise.resolve({ type: 'offer', sdp: this.#sdp('actpass', this.#transceiver.direction as Direction) });
  }

  createAnswer(): Promise<RTCSessionDescriptionInit> {
    if (this.signalingState !== 'have-remote-offer') return Promise.reject(new Error('createAnswer in ' + this.signalingState));
    this.#role ??= 'active';
    return Promise.resolve({ type: 'answer', sdp: this.#sdp(this.#role, this.#transceiver.direction as Direction) });
  }

  setLocalDescription(description: RTCSessionDescriptionInit): Promise<void> {
    if (description.type === 'rollback') FakePeer.rollbacks += 1;
    if (description.type === 'offer') {
      if (this.signalingState !== 'stable' && this.signalingState !== 'have-local-offer') return this.#wrong('local offer');
      this.localDescription = description;
      this.#signal('have-local-offer');
    } else {
      if (this.signalingState !== 'have-remote-offer') return this.#wrong('local answer');
      this.localDescription = description;
      this.#settled(description, this.remoteDescription);
    }
    this.#gather();
    return Promise.resolve();
  }

  setRemoteDescription(description: RTCSessionDescriptionInit): Promise<void> {
    if (description.type === 'offer') {
      if (this.signalingState === 'have-local-offer') FakePeer.rollbacks += 1;
      this.remoteDescription = description;
      this.#signal('have-remote-offer');
    } else {
      if (this.signalingState !== 'have-local-offer') return this.#wrong('remote answer');
      if (/^a=setup:actpass/m.test(description.sdp ?? '')) return Promise.reject(new Error('an answer may not be actpass'));
      if (!/^m=audio/m.test(description.sdp ?? '')) return Promise.reject(new Error('no audio in the answer'));
      this.answersApplied += 1;
      this.remoteDescription = description;
      this.#role ??= 'passive';
      this.#settled(this.localDescription, description);
    }
    return Promise.resolve();
  }

  getStats(): Promise<ReadonlyMap<string, Record<string, unknown>>> {
    const seconds = this.#startedAt === 0 ? 0 : (this.clock.now() - this.#startedAt) / 1000;
    const received = Math.floor(seconds * this.behaviour.packetsPerSecond);
    return Promise.resolve(new Map([
      ['in', {
        type: 'inbound-rtp', kind: 'audio', packetsReceived: received, packetsLost: Math.floor((received * this.behaviour.lossPct) / 100),
        jitter: 0.004, concealedSamples: 0, totalSamplesReceived: received * 960, jitterBufferDelay: received * 960 * 0.04, jitterBufferEmittedCount: received * 960,
      }],
      ['remote', { type: 'remote-inbound-rtp', roundTripTime: 0.03 }],
    ]));
  }

  close(): void {
    this.signalingState = 'closed';
    this.iceConnectionState = 'closed';
  }

  ice(state: RTCIceConnectionState): void {
    this.iceConnectionState = state;
    this.dispatchEvent(new Event('iceconnectionstatechange'));
  }

  /** Counters begin anew: audio stops or comes back. */
  audio(packetsPerSecond: number): void {
    this.behaviour.packetsPerSecond = packetsPerSecond;
  }

  #settled(local: RTCSessionDescriptionInit | null, remote: RTCSessionDescriptionInit | null): void {
    this.currentLocalDescription = local;
    this.currentRemoteDescription = remote;
    this.#signal('stable');
    if (this.behaviour.ice === 'never' || this.iceConnectionState === 'connected') return;
    this.ice('checking');
    this.clock.after(20, () => {
      if (this.signalingState === 'closed') return;
      if (this.#startedAt === 0) this.#startedAt = this.clock.now();
      this.ice('connected');
    });
  }

  #gather(): void {
    if (this.#candidates && this.iceGatheringState === 'complete') return;
    this.iceGatheringState = 'gathering';
    if (this.behaviour.gathering === 'never') return;
    this.clock.after(5, () => {
      this.#candidates = true;
      if (this.localDescription) this.localDescription = { ...this.localDescription, sdp: this.#withCandidates(this.localDescription.sdp ?? '') };
      const event = new Event('icecandidate');
      Object.defineProperty(event, 'candidate', { value: { candidate: 'candidate:1' } });
      this.dispatchEvent(event);
      if (this.behaviour.gathering === 'slow') return;
      this.iceGatheringState = 'complete';
      this.dispatchEvent(new Event('icegatheringstatechange'));
    });
  }

  #signal(state: RTCSignalingState): void {
    this.signalingState = state;
    this.dispatchEvent(new Event('signalingstatechange'));
  }

  #wrong(what: string): Promise<void> {
    return Promise.reject(new Error(`${what} in ${this.signalingState}`));
  }

  #withCandidates(sdp: string): string {
    return sdp.includes('a=candidate:') ? sdp : `${sdp}a=candidate:1 1 udp 2113937151 127.0.0.1 50000 typ host\r\n`;
  }

  #sdp(setup: string, direction: Direction): string {
    const text = audioSdp({ setup, direction, ufrag: `f${String(this.#id)}x${String(this.#ufrag)}`, version: ++this.#session });
    return this.#candidates ? this.#withCandidates(text) : text;
  }
}

export function audioSdp({ setup = 'active', direction = 'sendrecv', ufrag = 'peer', version = 1 } = {}): string {
  return [
    'v=0', `o=- 1 ${String(version)} IN IP4 127.0.0.1`, 's=-', 't=0 0', 'm=audio 50000 UDP/TLS/RTP/SAVPF 111 126', 'c=IN IP4 127.0.0.1',
    `a=ice-ufrag:${ufrag}`, 'a=ice-pwd:0123456789012345678901', 'a=fingerprint:sha-256 AA', `a=setup:${setup}`, 'a=mid:0', `a=${direction}`,
    'a=rtcp-mux', 'a=rtpmap:111 opus/48000/2', 'a=rtpmap:126 telephone-event/8000', '',
  ].join('\r\n');
}
