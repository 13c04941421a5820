import type { EndCause, ErrorCode } from '../contract';
import { MicrophoneError, type Microphone } from './ports';

export type Captured =
  | { readonly stream: MediaStream }
  | { readonly stream: null; readonly cause: EndCause; readonly error: ErrorCode };

/** A microphone stream of a call's own: mute and hold switch its track. */
export async function capture(microphone: Microphone): Promise<Captured> {
  try {
    return { stream: await microphone.capture() };
  } catch (error) {
    const reason = error instanceof MicrophoneError ? error.reason : 'failed';
    return reason === 'denied'
      ? { stream: null, cause: 'microphoneDenied', error: 'microphone.denied' }
      : { stream: null, cause: 'microphoneMissing', error: reason === 'missing' ? 'microphone.missing' : 'microphone.failed' };
  }
}

export const release = (stream: MediaStream): void => {
  for (const track of stream.getTracks()) track.stop();
};
