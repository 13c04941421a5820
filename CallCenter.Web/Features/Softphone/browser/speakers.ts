import type { RemoteAudio } from '../engine/ports';

/** Calls' audio: one element per call, outside the document, on the chosen speaker. */
export class Speakers implements RemoteAudio {
  readonly #elements = new Map<string, HTMLAudioElement>();
  #device: string | null = null;

  choose(device: string | null): void {
    this.#device = device;
    for (const element of this.#elements.values()) void this.#direct(element);
  }

  play(callId: string, stream: MediaStream): void {
    const element = this.#elements.get(callId) ?? new Audio();
    this.#elements.set(callId, element);
    element.autoplay = true;
    element.srcObject = stream;
    void this.#direct(element);
    // Never blocked during a call: capturing the microphone lets a page play.
    void element.play().catch(() => undefined);
  }

  silence(callId: string, silent: boolean): void {
    const element = this.#elements.get(callId);
    if (element) element.muted = silent;
  }

  stop(callId: string): void {
    const element = this.#elements.get(callId);
    if (!element) return;
    element.pause();
    element.srcObject = null;
    this.#elements.delete(callId);
  }

  async #direct(element: HTMLAudioElement): Promise<void> {
    try {
      await element.setSinkId(this.#device ?? '');
    } catch {
      // The device is gone or the browser has no choice of outputs: the default plays.
    }
  }
}
