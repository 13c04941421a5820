import type { Tone, Tones } from '../host/ports';

interface Pattern {
  readonly frequencies: readonly number[];
  /** Seconds on and off, repeated. */
  readonly onOff: readonly (readonly [number, number])[];
  readonly volume: number;
  readonly once?: boolean;
}

const patterns: Readonly<Record<Tone, Pattern>> = {
  ring: { frequencies: [480, 620], onOff: [[0.4, 0.2], [0.4, 2]], volume: 0.35 },
  chime: { frequencies: [659, 784], onOff: [[0.9, 2.6]], volume: 0.15 },
  waiting: { frequencies: [440], onOff: [[0.15, 0.15], [0.15, 4]], volume: 0.12 },
  ringback: { frequencies: [425], onOff: [[1, 4]], volume: 0.12 },
  test: { frequencies: [523, 659], onOff: [[0.6, 0.1]], volume: 0.3, once: true },
};

const sampleRate = 16_000;

/** Tones made in the page (no files, nothing fetched), played by an element so that the ringer may have a device of its own. */
export class BrowserTones implements Tones {
  // Made when they are first needed: the first one of a page has the browser start its media code.
  #ringer: HTMLAudioElement | null = null;
  #tester: HTMLAudioElement | null = null;
  readonly #urls = new Map<Tone, string>();

  async play(tone: Tone, device: string | null): Promise<boolean> {
    const pattern = patterns[tone];
    const audio = tone === 'test' ? this.#trial : this.#audio;
    audio.src = this.#url(tone, pattern);
    audio.loop = pattern.once !== true;
    audio.volume = 1;
    try {
      await audio.setSinkId(device ?? '');
    } catch {
      // Unplugged: ring on the default rather than not at all.
    }
    return await start(audio);
  }

  stop(): void {
    this.#ringer?.pause();
  }

  async unlock(): Promise<boolean> {
    this.#audio.src = this.#url('waiting', patterns.waiting);
    this.#audio.volume = 0;
    const played = await start(this.#audio);
    this.#audio.pause();
    return played;
  }

  get #audio(): HTMLAudioElement {
    return (this.#ringer ??= new Audio());
  }

  /** Apart: trying a device out does not end a ringing. */
  get #trial(): HTMLAudioElement {
    return (this.#tester ??= new Audio());
  }

  #url(tone: Tone, pattern: Pattern): string {
    const known = this.#urls.get(tone);
    if (known !== undefined) return known;
    const url = URL.createObjectURL(new Blob([wave(pattern)], { type: 'audio/wav' }));
    this.#urls.set(tone, url);
    return url;
  }
}

async function start(audio: HTMLAudioElement): Promise<boolean> {
  try {
    await audio.play();
    return true;
  } catch (error) {
    // AbortError: stopped before it began, which says nothing about permission.
    return error instanceof DOMException && error.name === 'AbortError';
  }
}

function wave(pattern: Pattern): ArrayBuffer {
  const samples: number[] = [];
  for (const [on, off] of pattern.onOff) {
    const count = Math.round(on * sampleRate);
    for (let i = 0; i < count; i++) {
      // Edges of 10 ms keep it from clicking.
      const edge = Math.min(1, i / (0.01 * sampleRate), (count - i) / (0.01 * sampleRate));
      const sum = pattern.frequencies.reduce((all, frequency) => all + Math.sin((2 * Math.PI * frequency * i) / sampleRate), 0);
      samples.push((edge * pattern.volume * sum) / pattern.frequencies.length);
    }
    for (let i = 0; i < off * sampleRate; i++) samples.push(0);
  }
  const view = new DataView(new ArrayBuffer(44 + samples.length * 2));
  const text = (at: number, value: string) => { for (let i = 0; i < value.length; i++) view.setUint8(at + i, value.charCodeAt(i)); };
  text(0, 'RIFF');
  view.setUint32(4, 36 + samples.length * 2, true);
  text(8, 'WAVEfmt ');
  view.setUint32(16, 16, true);
  view.setUint16(20, 1, true);
  view.setUint16(22, 1, true);
  view.setUint32(24, sampleRate, true);
  view.setUint32(28, sampleRate * 2, true);
  view.setUint16(32, 2, true);
  view.setUint16(34, 16, true);
  text(36, 'data');
  view.setUint32(40, samples.length * 2, true);
  samples.forEach((sample, i) => { view.setInt16(44 + i * 2, Math.max(-1, Math.min(1, sample)) * 32_767, true); });
  return view.buffer;
}
