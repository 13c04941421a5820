import type { Clock, Log, Sockets, TextSocket, Timer } from '../ports';
import { withMd5ChallengeOnly } from './challenges';

const connectTimeoutMs = 6_000;

/**
 * JsSIP's documented Socket interface over a WebSocket of our own: a fresh address for each attempt, a connect timeout,
 * and `drop()` for a flow that is dead without having been closed. `connect` must not be an async function: JsSIP refuses those.
 */
export class FlowSocket {
  readonly via_transport: string;
  readonly sip_uri: string;
  readonly url: string;
  onconnect: () => void = () => undefined;
  ondisconnect: (error: boolean, code?: number, reason?: string) => void = () => undefined;
  ondata: (data: string) => void = () => undefined;
  /** Bytes came in, whatever they were. */
  onalive: () => void = () => undefined;

  #socket: TextSocket | null = null;
  #open = false;
  #timer: Timer | null = null;

  constructor(
    host: string,
    secure: boolean,
    private readonly nextUrl: () => string,
    private readonly sockets: Sockets,
    private readonly clock: Clock,
    private readonly log: Log,
  ) {
    this.via_transport = secure ? 'WSS' : 'WS';
    this.url = `${secure ? 'wss' : 'ws'}://${host}`;
    this.sip_uri = `sip:${host};transport=ws`;
  }

  connect(): void {
    if (this.#socket) return;
    let socket: TextSocket;
    try {
      socket = this.sockets.open(this.nextUrl(), 'sip');
    } catch {
      this.clock.after(0, () => { this.ondisconnect(true, 1006, 'bad address'); });
      return;
    }
    this.#socket = socket;
    this.#timer = this.clock.after(connectTimeoutMs, () => { this.drop('connect timeout'); });
    socket.onopen = () => {
      if (this.#socket !== socket) return;
      this.#timer?.cancel();
      this.#open = true;
      this.onconnect();
    };
    socket.onclose = (event) => {
      if (this.#socket === socket) this.#closed(event.code, event.reason);
    };
    socket.onmessage = (event) => {
      if (this.#socket === socket) this.#received(event.data);
    };
  }

  disconnect(): void {
    const socket = this.#forget();
    socket?.close();
  }

  /** Gives the flow up at once and says so: a frozen peer never would. */
  drop(reason: string): void {
    const socket = this.#forget();
    if (!socket) return;
    this.log('socket.dropped', { reason });
    socket.close();
    this.ondisconnect(true, 1006, reason);
  }

  send(data: string): boolean {
    if (!this.#socket || !this.#open) return false;
    try {
      this.#socket.send(data);
      return true;
    } catch {
      return false;
    }
  }

  isConnected(): boolean {
    return this.#open;
  }

  isConnecting(): boolean {
    return this.#socket !== null && !this.#open;
  }

  #received(data: unknown): void {
    this.onalive();
    const text = typeof data === 'string' ? data : data instanceof ArrayBuffer ? new TextDecoder().decode(data) : null;
    if (text === null) return;
    try {
      this.ondata(withMd5ChallengeOnly(text));
    } catch (error) {
      // JsSIP throws on some malformed messages (a NOTIFY without Event, for one). The flow lives on.
      this.log('socket.garbage', { bytes: text.length, error: error instanceof Error ? error.name : 'unknown' });
    }
  }

  #closed(code: number, reason: string): void {
    this.#forget();
    this.ondisconnect(code !== 1000, code, reason);
  }

  #forget(): TextSocket | null {
    const socket = this.#socket;
    this.#timer?.cancel();
    this.#socket = null;
    this.#open = false;
    return socket;
  }
}
