import type { CommandResult, Commands, Device, DevicesSnapshot, Permission } from '../contract';
import { done, refused } from '../contract';
import { MicrophoneError } from '../engine/ports';
import type { Timer } from '../engine/ports';
import type { HostPorts } from './ports';

/** A test that nobody ends, because its page was left, ends itself: the browser shows a microphone in use. */
const longestTestMs = 60_000;

type Kind = 'microphone' | 'speaker' | 'ringer';

const kinds: readonly Kind[] = ['microphone', 'speaker', 'ringer'];

/** Microphone, speaker and ringer: what there is, what was chosen, and trying them out. Choices are remembered by id and label. */
export class Devices {
  #microphones: readonly Device[] = [];
  #speakers: readonly Device[] = [];
  #permission: Permission = 'unknown';
  /** Kept: asking the browser waits for another process, and a snapshot is made at every change. */
  #notifications: Permission = 'unknown';
  #level: number | null = null;
  #meter: { stop(): void } | null = null;
  #testEnd: Timer | null = null;
  #audible = true;

  constructor(
    private readonly ports: HostPorts,
    private readonly user: string,
    private readonly changed: () => void,
    private readonly microphoneChanged: () => void,
  ) {
    ports.devices.onChange(() => void this.refresh());
    ports.notifier.onChange(() => void this.refresh());
    ports.devices.onMicrophoneLost(() => { void this.refresh().then(microphoneChanged); });
  }

  snapshot(): DevicesSnapshot {
    return {
      permission: this.#permission,
      notifications: this.#notifications,
      audible: this.#audible,
      microphones: this.#microphones,
      speakers: this.#speakers,
      microphone: this.chosen('microphone'),
      speaker: this.chosen('speaker'),
      ringer: this.chosen('ringer'),
      level: this.#level,
    };
  }

  setAudible(audible: boolean): void {
    this.#audible = audible;
  }

  /** The id to use: of the remembered device, or of one with its label (ids change), or null for the system's default. */
  chosen(kind: Kind): string | null {
    const remembered = this.#remembered(kind);
    if (!remembered) return null;
    const list = kind === 'microphone' ? this.#microphones : this.#speakers;
    const found = list.find((device) => device.id === remembered.id) ?? list.find((device) => device.label !== '' && device.label === remembered.label);
    return found?.id ?? null;
  }

  async refresh(): Promise<void> {
    const list = await this.ports.devices.list();
    this.#microphones = list.microphones;
    this.#speakers = list.speakers;
    this.#permission = await this.ports.devices.permission();
    this.#notifications = this.ports.notifier.permission();
    this.#use();
    this.changed();
  }

  choose(choice: Commands['devices']): CommandResult {
    const before = this.chosen('microphone');
    for (const kind of kinds) {
      const id = choice[kind];
      if (id === undefined) continue;
      const device = (kind === 'microphone' ? this.#microphones : this.#speakers).find((one) => one.id === id);
      if (id !== null && !device) return refused('device.unknown');
      this.ports.store.set(this.#key(kind), device ? JSON.stringify(device) : null);
    }
    this.#use();
    if (this.chosen('microphone') !== before) this.microphoneChanged();
    this.changed();
    return done;
  }

  /** From a click: sound is let through, the microphone and then notifications are asked for, before the first call. */
  async prepare(): Promise<CommandResult> {
    this.#audible = await this.ports.tones.unlock();
    let result: CommandResult = done;
    try {
      await this.ports.devices.ask();
    } catch (error) {
      result = refusedBy(error);
    }
    if (this.ports.notifier.permission() === 'prompt') await this.ports.notifier.request();
    await this.refresh();
    return result;
  }

  async testMicrophone(on: boolean): Promise<CommandResult> {
    this.#testEnd?.cancel();
    this.#testEnd = null;
    this.#meter?.stop();
    this.#meter = null;
    this.#level = null;
    if (on) {
      try {
        this.#meter = await this.ports.devices.meter(this.chosen('microphone'), (level) => {
          this.#level = Math.round(level * 100) / 100;
          this.changed();
        });
      } catch (error) {
        this.changed();
        return refusedBy(error);
      }
      this.#testEnd = this.ports.clock.after(longestTestMs, () => void this.testMicrophone(false));
    }
    this.changed();
    return done;
  }

  async testSpeaker(kind: 'speaker' | 'ringer'): Promise<CommandResult> {
    this.#audible = await this.ports.tones.play('test', this.chosen(kind));
    this.changed();
    return done;
  }

  #use(): void {
    this.ports.devices.choose({ microphone: this.chosen('microphone'), speaker: this.chosen('speaker') });
  }

  #remembered(kind: Kind): Device | null {
    try {
      const stored: unknown = JSON.parse(this.ports.store.get(this.#key(kind)) ?? 'null');
      return typeof stored === 'object' && stored !== null && 'id' in stored && 'label' in stored ? stored as Device : null;
    } catch {
      return null;
    }
  }

  #key(kind: Kind): string {
    return `callcenter.phone.${kind}.${this.user}`;
  }
}

function refusedBy(error: unknown): CommandResult {
  return refused(error instanceof MicrophoneError && error.reason === 'denied' ? 'microphone.denied'
    : error instanceof MicrophoneError && error.reason === 'missing' ? 'microphone.missing' : 'microphone.failed');
}
