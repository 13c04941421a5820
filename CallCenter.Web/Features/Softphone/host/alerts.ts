import type { CallSnapshot, HostTexts } from '../contract';
import type { Clock, Timer } from '../engine/ports';
import type { Notifier, Page, Tone, Tones } from './ports';

const flashMs = 1_000;

/** The tone a set of calls asks for. */
export function toneFor(calls: readonly CallSnapshot[]): Tone | null {
  const talking = calls.some((call) => call.state === 'active' || call.state === 'connecting' || call.state === 'earlyMedia');
  if (calls.some((call) => call.state === 'ringing')) return talking ? 'waiting' : 'ring';
  if (calls.some((call) => call.state === 'ringingOut') && !calls.some((call) => call.state === 'earlyMedia')) return 'ringback';
  return null;
}

/** Sound, title and notification, each compared with what the calls ask for: no way out of a call can leave one on. */
export class Alerts {
  audible = true;
  #tone: Tone | null = null;
  #device: string | null = null;
  #flash: Timer | null = null;
  #title = '';
  #notice: { close(): void } | null = null;
  #noticeFor: string | null = null;

  constructor(
    private readonly clock: Clock, private readonly page: Page, private readonly notifier: Notifier, private readonly tones: Tones,
    private readonly texts: HostTexts, private readonly changed: () => void,
  ) {}

  update(calls: readonly CallSnapshot[], ringer: string | null, speaker: string | null): void {
    const ringing = calls.find((call) => call.state === 'ringing') ?? null;
    const tone = toneFor(calls);
    this.#sound(tone, tone === 'ring' ? ringer : speaker);
    this.#flashTitle(ringing);
    this.#notify(ringing);
    this.page.guardUnload(calls.length > 0);
  }

  stop(): void {
    this.update([], null, null);
  }

  #sound(tone: Tone | null, device: string | null): void {
    if (tone === this.#tone && device === this.#device) return;
    this.tones.stop();
    this.#tone = tone;
    this.#device = device;
    if (tone === null) return;
    void this.tones.play(tone, device).then((audible) => {
      // Stopped or replaced while it started.
      if (this.#tone === null) this.tones.stop();
      if (audible === this.audible) return;
      this.audible = audible;
      this.changed();
    });
  }

  #flashTitle(ringing: CallSnapshot | null): void {
    if (ringing && !this.#flash) {
      this.#title = this.page.title;
      this.#tick(ringing.name ?? ringing.number);
    } else if (!ringing && this.#flash) {
      this.#flash.cancel();
      this.#flash = null;
      this.page.title = this.#title;
    }
  }

  #tick(who: string): void {
    const flashed = `\u260E ${this.texts.incomingCall}: ${who}`;
    // Another title means the user went to another page meanwhile; that one is to come back.
    if (this.page.title !== flashed) this.#title = this.page.title;
    this.page.title = this.page.title === flashed ? this.#title : flashed;
    this.#flash = this.clock.after(flashMs, () => { this.#tick(who); });
  }

  #notify(ringing: CallSnapshot | null): void {
    if (this.#noticeFor !== null && this.#noticeFor !== ringing?.id) {
      this.#notice?.close();
      this.#notice = null;
      this.#noticeFor = null;
    }
    if (!ringing || this.#noticeFor === ringing.id || !this.page.hidden() || this.notifier.permission() !== 'granted') return;
    this.#noticeFor = ringing.id;
    this.#notice = this.notifier.show(this.texts.incomingCall, ringing.name ? `${ringing.name} ${ringing.number}` : ringing.number, () => { this.page.focus(); });
  }
}
