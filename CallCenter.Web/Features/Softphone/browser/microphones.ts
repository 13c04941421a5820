import type { Permission } from '../contract';
import { MicrophoneError, type Microphone } from '../engine/ports';
import type { DeviceList, MediaDevicesPort } from '../host/ports';
import type { Speakers } from './speakers';

const constraints = (device: string | null): MediaStreamConstraints => ({
  audio: {
    echoCancellation: true, noiseSuppression: true, autoGainControl: true,
    ...(device === null ? {} : { deviceId: { exact: device } }),
  },
});

async function open(device: string | null): Promise<MediaStream> {
  try {
    return await navigator.mediaDevices.getUserMedia(constraints(device));
  } catch (error) {
    const name = error instanceof DOMException ? error.name : '';
    // The chosen one was unplugged this moment: the default is better than no call.
    if (device !== null && (name === 'OverconstrainedError' || name === 'NotFoundError')) return await open(null);
    throw new MicrophoneError(name === 'NotAllowedError' || name === 'SecurityError' ? 'denied' : name === 'NotFoundError' ? 'missing' : 'failed');
  }
}

const stop = (stream: MediaStream) => {
  for (const track of stream.getTracks()) track.stop();
};

/** Microphones of this computer: which there are, the chosen one for calls, and its level for the test. */
export class Microphones implements Microphone, MediaDevicesPort {
  #chosen: string | null = null;
  #lost: () => void = () => undefined;

  constructor(private readonly speakers: Speakers) {}

  async capture(): Promise<MediaStream> {
    const stream = await open(this.#chosen);
    for (const track of stream.getTracks()) track.addEventListener('ended', () => { this.#lost(); });
    return stream;
  }

  async list(): Promise<DeviceList> {
    const all = await navigator.mediaDevices.enumerateDevices();
    const of = (kind: MediaDeviceKind) => all
      .filter((device) => device.kind === kind && device.deviceId !== '' && device.deviceId !== 'default' && device.deviceId !== 'communications')
      .map((device) => ({ id: device.deviceId, label: device.label }));
    return { microphones: of('audioinput'), speakers: of('audiooutput') };
  }

  async permission(): Promise<Permission> {
    try {
      return (await navigator.permissions.query({ name: 'microphone' })).state;
    } catch {
      return 'unknown';
    }
  }

  async ask(): Promise<void> {
    stop(await open(this.#chosen));
  }

  onChange(run: () => void): void {
    navigator.mediaDevices.addEventListener('devicechange', run);
    navigator.permissions.query({ name: 'microphone' }).then(
      (status) => { status.addEventListener('change', run); },
      () => undefined,
    );
  }

  onMicrophoneLost(run: () => void): void {
    this.#lost = run;
  }

  choose(choice: { readonly microphone: string | null; readonly speaker: string | null }): void {
    this.#chosen = choice.microphone;
    this.speakers.choose(choice.speaker);
  }

  async meter(device: string | null, level: (value: number) => void): Promise<{ stop(): void }> {
    const stream = await open(device);
    const context = new AudioContext();
    const analyser = context.createAnalyser();
    analyser.fftSize = 1024;
    context.createMediaStreamSource(stream).connect(analyser);
    const samples = new Float32Array(analyser.fftSize);
    const timer = setInterval(() => {
      analyser.getFloatTimeDomainData(samples);
      const power = samples.reduce((sum, sample) => sum + sample * sample, 0) / samples.length;
      // -60 dB is silence, 0 dB is as loud as it gets.
      level(Math.max(0, Math.min(1, 1 + (10 * Math.log10(power + 1e-9)) / 60)));
    }, 100);
    return {
      stop: () => {
        clearInterval(timer);
        stop(stream);
        void context.close();
      },
    };
  }
}
