import type { MediaState, Quality } from '../contract';
import type { Clock, Timer } from './ports';
import { noQuality, qualityBetween, QualityLog, totalsOf, type AudioTotals } from './quality';

export interface WatchedCall {
  readonly peer: RTCPeerConnection;
  readonly outgoing: boolean;
  /** Held by either side: no packets are expected. */
  held(): boolean;
  /** SIP has acknowledged the call. */
  confirmed(): boolean;
  restart(): void;
  mediaConnected(): void;
  mediaLost(): void;
  changed(): void;
}

const readEveryMs = 2_000;
const callerWaitsMs = 2_000;
const calleeWaitsMs = 6_000;
const restartAgainMs = 5_000;
const silentAfterMs = 5_000;
const restartSilentAfterMs = 30_000;

/**
 * ICE and packets of one call. With restarts ICE never says "failed", so a call without audio would stay up for ever: packets
 * missing for 5 s warn, for 30 s restart once more, and for the policy's time end the call.
 */
export class MediaWatch {
  readonly log = new QualityLog();
  #media: MediaState = 'new';
  #quality: Quality = noQuality;
  #restart: Timer | null = null;
  #reading: Timer | null = null;
  #before: AudioTotals | null = null;
  #lastPacketAt = 0;
  #restartedSilent = false;
  #stopped = false;

  constructor(private readonly call: WatchedCall, private readonly clock: Clock, private readonly timeoutMs: number) {
    call.peer.addEventListener('iceconnectionstatechange', () => { this.#iceChanged(); });
  }

  get media(): MediaState {
    return this.#media;
  }

  get quality(): Quality {
    return this.#quality;
  }

  /** From the moment the call is established. */
  start(): void {
    if (this.#reading || this.#stopped) return;
    this.#lastPacketAt = this.clock.now();
    this.#schedule();
  }

  stop(): void {
    this.#stopped = true;
    this.#restart?.cancel();
    this.#reading?.cancel();
  }

  #iceChanged(): void {
    if (this.#stopped) return;
    const state = this.call.peer.iceConnectionState;
    if (state === 'connected' || state === 'completed') {
      this.#restart?.cancel();
      this.#restart = null;
      this.#set('connected');
      this.call.mediaConnected();
    } else if (state === 'disconnected' || state === 'failed') {
      this.#set(state);
      if (!this.#restart) this.#restartIn(state === 'failed' ? 0 : this.call.outgoing ? callerWaitsMs : calleeWaitsMs);
    } else if (state === 'checking' && this.#media === 'new') {
      this.#set('checking');
    }
  }

  #restartIn(ms: number): void {
    this.#restart = this.clock.after(ms, () => {
      this.#restart = null;
      if (this.#stopped) return;
      const state = this.call.peer.iceConnectionState;
      if (state === 'connected' || state === 'completed') return;
      if (this.call.confirmed()) this.call.restart();
      this.#restartIn(restartAgainMs);
    });
  }

  #schedule(): void {
    this.#reading = this.clock.after(readEveryMs, () => {
      void this.#read().finally(() => {
        if (!this.#stopped) this.#schedule();
      });
    });
  }

  async #read(): Promise<void> {
    let after: AudioTotals | null;
    try {
      after = totalsOf(await this.call.peer.getStats());
    } catch {
      return;
    }
    if (this.#stopped) return;
    const before = this.#before;
    this.#before = after;
    const moving = after !== null && after.packetsReceived > (before?.packetsReceived ?? 0);
    if (this.call.held() || moving) {
      this.#lastPacketAt = this.clock.now();
      this.#restartedSilent = false;
      if (this.#media === 'silent') this.#set('connected');
    }
    this.#quality = before && after && !this.call.held() ? qualityBetween(before, after) : noQuality;
    this.log.add(this.#quality);
    this.#judgeSilence();
    this.call.changed();
  }

  #judgeSilence(): void {
    const silentMs = this.clock.now() - this.#lastPacketAt;
    if (this.timeoutMs > 0 && silentMs >= this.timeoutMs) {
      this.call.mediaLost();
      return;
    }
    if (silentMs >= silentAfterMs && this.#media === 'connected') this.#set('silent');
    if (silentMs >= restartSilentAfterMs && !this.#restartedSilent) {
      this.#restartedSilent = true;
      this.call.restart();
    }
  }

  #set(media: MediaState): void {
    this.#media = media;
    this.call.changed();
  }
}
