import type { PhoneSession } from '../contract';
import type { Clock, Ports, Sockets, TextSocket } from '../engine/ports';
import type { Microphones } from './microphones';
import type { Speakers } from './speakers';

export const clock: Clock = {
  now: () => Date.now(),
  after: (ms, run) => {
    const id = setTimeout(run, ms);
    return { cancel: () => { clearTimeout(id); } };
  },
};

const sockets: Sockets = {
  open(url, protocol) {
    const socket = new WebSocket(url, protocol);
    socket.binaryType = 'arraybuffer';
    const port: TextSocket = {
      onopen: null, onclose: null, onmessage: null,
      send: (text) => { socket.send(text); },
      close: () => { socket.close(); },
    };
    socket.onopen = () => port.onopen?.();
    socket.onclose = (event) => port.onclose?.(event);
    socket.onmessage = (event) => port.onmessage?.(event);
    return port;
  },
};

/** The engine's ports over the browser. */
export function engineWorld(sessionUrl: string, microphones: Microphones, speakers: Speakers): Ports {
  return {
    clock,
    random: () => Math.random(),
    sockets,
    peers: { create: (config) => new RTCPeerConnection(config) },
    microphone: microphones,
    audio: speakers,
    sessions: {
      async fetch() {
        // Fresh each time, and in memory only: no-store keeps it out of the browser's cache.
        const response = await fetch(sessionUrl, { cache: 'no-store', credentials: 'same-origin', headers: { Accept: 'application/json' } });
        if (!response.ok) throw new Error(`session ${String(response.status)}`);
        return await response.json() as PhoneSession;
      },
    },
    log: (event, detail) => { performance.mark(`softphone.${event}`, { detail: detail ?? null }); },
  };
}
