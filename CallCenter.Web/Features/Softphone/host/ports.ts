import type { Device, Permission } from '../contract';
import type { Clock, Ports } from '../engine/ports';

/** What the host takes from the browser. */
export interface HostPorts {
  readonly clock: Clock;
  readonly newId: () => string;
  readonly locks: Locks;
  readonly channel: TabChannel;
  readonly store: KeyValues;
  readonly page: Page;
  readonly notifier: Notifier;
  readonly tones: Tones;
  readonly devices: MediaDevicesPort;
  /** The engine's world, with the microphone and speaker that are chosen at the time of use. */
  readonly engine: Ports;
}

export interface Locks {
  /** `granted` is called when the lock is ours, which may be never. */
  request(name: string, granted: () => void): LockRequest;
}

export interface LockRequest {
  /** Gives the lock back, or stops waiting for it. */
  release(): void;
}

export interface TabChannel {
  onmessage: ((message: unknown) => void) | null;
  post(message: object): void;
}

export interface KeyValues {
  get(key: string): string | null;
  set(key: string, value: string | null): void;
}

export interface Page {
  title: string;
  hidden(): boolean;
  focus(): void;
  /** The network came back, or the page became visible. */
  onNudge(run: () => void): void;
  /** The page is being left; only what is sent at once arrives. */
  onLeave(run: () => void): void;
  /** The page came back from the browser's cache of left pages. */
  onReturn(run: () => void): void;
  /** While on, leaving the page asks the user. */
  guardUnload(on: boolean): void;
}

export interface Notifier {
  permission(): Permission;
  request(): Promise<Permission>;
  /** The permission changed, as in the browser's own settings. */
  onChange(run: () => void): void;
  show(title: string, body: string, clicked: () => void): { close(): void };
}

export type Tone = 'ring' | 'chime' | 'waiting' | 'ringback' | 'test';

export interface Tones {
  /** False when the browser does not let the page make sounds yet. */
  play(tone: Tone, device: string | null): Promise<boolean>;
  stop(): void;
  /** From a click: lets sounds play from now on. */
  unlock(): Promise<boolean>;
}

export interface DeviceList {
  readonly microphones: readonly Device[];
  readonly speakers: readonly Device[];
}

export interface MediaDevicesPort {
  list(): Promise<DeviceList>;
  permission(): Promise<Permission>;
  /** Asks for the microphone and gives it back at once; throws MicrophoneError. */
  ask(): Promise<void>;
  /** Devices came or went, a permission changed, or the microphone in use was unplugged. */
  onChange(run: () => void): void;
  onMicrophoneLost(run: () => void): void;
  /** Levels of 0 to 1, some ten a second, until stopped. */
  meter(device: string | null, level: (value: number) => void): Promise<{ stop(): void }>;
  choose(choice: { readonly microphone: string | null; readonly speaker: string | null }): void;
}
