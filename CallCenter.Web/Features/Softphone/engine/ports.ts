import type { PhoneSession } from '../contract';

/** What the engine takes from the world. The browser's own are in ../browser, the tests' in CallCenter.Tests/Softphone/support. */
export interface Ports {
  readonly clock: Clock;
  readonly random: Random;
  readonly sockets: Sockets;
  readonly peers: PeerConnections;
  readonly microphone: Microphone;
  readonly audio: RemoteAudio;
  readonly sessions: Sessions;
  readonly log: Log;
}

export interface Clock {
  /** Unix milliseconds. */
  now(): number;
  after(ms: number, run: () => void): Timer;
}

export interface Timer {
  cancel(): void;
}

/** At least 0, below 1. */
export type Random = () => number;

export interface Sockets {
  open(url: string, protocol: string): TextSocket;
}

/** The part of WebSocket that is used. */
export interface TextSocket {
  onopen: (() => void) | null;
  onclose: ((event: { readonly code: number; readonly reason: string }) => void) | null;
  onmessage: ((event: { readonly data: unknown }) => void) | null;
  send(text: string): void;
  close(): void;
}

export interface PeerConnections {
  create(config: RTCConfiguration): RTCPeerConnection;
}

export interface Microphone {
  /** A stream of its own for each call; throws MicrophoneError. */
  capture(): Promise<MediaStream>;
}

export class MicrophoneError extends Error {
  constructor(readonly reason: 'denied' | 'missing' | 'failed') {
    super(`microphone ${reason}`);
  }
}

export interface RemoteAudio {
  play(callId: string, stream: MediaStream): void;
  silence(callId: string, silent: boolean): void;
  stop(callId: string): void;
}

export interface Sessions {
  /** Always a fresh one: credentials may have been rotated, TURN secrets expire. */
  fetch(): Promise<PhoneSession>;
}

/** Diagnostic lines without numbers, names or secrets. */
export type Log = (event: string, detail?: Readonly<Record<string, string | number | boolean | null>>) => void;
