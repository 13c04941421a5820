import type { CallSnapshot, HostTexts, Ringtone } from '../contract';
import type { Clock, Timer } from '../engine/ports';
import type { Notifier, Page, Tone, Tones } from './ports';

const flashMs = 1_000;

/** The tone a set of calls asks for. */
export function toneFor(calls: readonly CallSnapshot[], ringtone: Ringtone): Tone | null {
  const talking = calls.some((call) => call.state === 'active' || call.state === 'connecting' || call.state === 'earlyMedia');
  if (calls.some((call) => call.state === 'ringing') && ringtone !== 'silent') return talking ? 'waiting' : ringtone === 'soft' ? 'chime' : 'ring';
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
  #flashed = '';
  #notice: { close(): void } | null = null;
  #noticeFor: string | null = null;

  constructor(
    private readonly clock: Clock, private readonly page: Page, private readonly notifier: Notifier, private readonly tones: Tones,
    private readonly texts: HostTexts, private readonly ringtone: Ringtone, private readonly changed: () => void,
  ) {}

  update(calls: readonly CallSnapshot[], ringer: string | null, speaker: string | null): void {
    const ringing = calls.find((call) => call.state === 'ringing') ?? null;
    const tone = toneFor(calls, this.ringtone);
    this.#sound(tone, tone === 'ring' || tone === 'chime' ? ringer : speaker);
    this.#flashTitle(ringing);
    this.#notify(ringing);
    this.page.guardUnload(calls.length > 0);
  }

  stop(): void {
    this.update([], null, null);
  }

  /** The page may make sounds from now on, and did not before: what should be heard begins again. */
  unlocked(): void {
    if (this.#tone !== null) this.#play(this.#tone, this.#device);
  }

  #sound(tone: Tone | null, device: string | null): void {
    if (tone === this.#tone && device === this.#device) return;
    this.tones.stop();
    this.#tone = tone;
    this.#device = device;
    if (tone !== null) this.#play(tone, device);
  }

  #play(tone: Tone, device: string | null): void {
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
      this.#flashed = '';
      this.#tick(ringing.name ?? ringing.number);
    } else if (!ringing && this.#flash) {
      this.#flash.cancel();
      this.#flash = null;
      // Only what was put there is taken away: the user may be on another page since.
      if (this.page.title === this.#flashed) this.page.title = this.#title;
    }
  }

  #tick(who: string): void {
    const flashed = `\u260E ${this.texts.incomingCall}: ${who}`;
    // Another title means the user went to another page meanwhile; that one is to come back.
    if (this.page.title !== this.#flashed) this.#title = this.page.title;
    this.page.title = this.page.title === flashed ? this.#title : flashed;
    this.#flashed = flashed;
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
