import { createHash } from 'node:crypto';
import type { Sockets, TextSocket } from '../../../CallCenter.Web/Features/Softphone/engine/ports';
import { audioSdp } from './fakePeer';
import { reasons, SipText } from './sipText';
import type { VirtualClock } from './virtualClock';

const md5 = (text: string) => createHash('md5').update(text).digest('hex');

export interface ReplyOptions {
  readonly body?: string;
  readonly headers?: readonly string[];
  readonly tag?: string;
}

export interface Dialog {
  readonly callId: string;
  readonly localTag: string;
  readonly remoteTag: string;
  readonly remote: string;
  readonly local: string;
  readonly target: string;
  cseq: number;
}

class FakeSocket implements TextSocket {
  onopen: (() => void) | null = null;
  onclose: ((event: { readonly code: number; readonly reason: string }) => void) | null = null;
  onmessage: ((event: { readonly data: unknown }) => void) | null = null;
  open = false;
  closed = false;

  constructor(readonly url: string, private readonly pbx: FakePbx) {}

  send(text: string): void {
    if (this.open && !this.closed) this.pbx.receive(text);
  }

  close(): void {
    this.closed = true;
  }
}

/** A PBX at the other end of a WebSocket that speaks SIP text. REGISTER and OPTIONS are answered by itself, the rest by the test. */
export class FakePbx implements Sockets {
  readonly password = md5('1001:pbx.test:secret');
  readonly received: SipText[] = [];
  readonly urls: string[] = [];
  /** What to do with the next REGISTERs that carry credentials, else 200. */
  /** Contacts that other devices have registered for the same extension. */
  otherBindings: readonly string[] = [];
  readonly registerAnswers: (number | 'silence' | 'strangeContact')[] = [];
  challenges: readonly string[] = ['Digest realm="pbx.test", nonce="n1", algorithm=MD5, qop="auth"'];
  answersOptions = true;
  refusesSockets = false;
  neverOpens = false;
  frozen = false;
  registered = 0;
  challengesInvite = false;
  /** Accepts every offer within a call by itself. */
  answersOffers = false;
  #socket: FakeSocket | null = null;
  #taken = 0;
  #serial = 0;

  constructor(private readonly clock: VirtualClock) {}

  open(url: string, protocol: string): TextSocket {
    if (protocol !== 'sip') throw new Error('the subprotocol must be sip');
    this.urls.push(url);
    const socket = new FakeSocket(url, this);
    this.clock.after(1, () => {
      if (socket.closed || this.neverOpens) return;
      if (this.refusesSockets) {
        socket.onclose?.({ code: 1006, reason: '' });
        return;
      }
      this.#socket = socket;
      socket.open = true;
      socket.onopen?.();
    });
    return socket;
  }

  get connected(): boolean {
    return this.#socket !== null && !this.#socket.closed;
  }

  /** The connection breaks and the browser notices. */
  drop(): void {
    const socket = this.#socket;
    this.#socket = null;
    if (!socket) return;
    socket.open = false;
    socket.onclose?.({ code: 1006, reason: 'lost' });
  }

  receive(text: string): void {
    if (this.frozen || text.trim() === '') return;
    const message = new SipText(text);
    this.received.push(message);
    if (message.method === 'REGISTER') this.#register(message);
    else if (message.method === 'OPTIONS' && this.answersOptions) this.reply(message, 200);
    else if (message.method === 'INVITE' && this.challengesInvite && message.header('proxy-authorization') === '') {
      this.reply(message, 407, { headers: this.challenges.map((challenge) => `Proxy-Authenticate: ${challenge}`) });
    }
    else if (message.method === 'INVITE' && message.tag('to') !== '' && this.answersOffers) {
      const held = message.body.includes('a=sendonly');
      this.reply(message, 200, { body: audioSdp({ direction: held ? 'recvonly' : 'sendrecv' }) });
    }
  }

  send(text: string): void {
    if (!this.frozen) this.#socket?.onmessage?.({ data: text });
  }

  sendBytes(text: string): void {
    this.#socket?.onmessage?.({ data: new TextEncoder().encode(text).buffer });
  }

  /** The next message of this method that no `expect` has taken yet. */
  expect(method: string, limitMs = 60_000): Promise<SipText> {
    return this.clock.until(`request ${method}`, () => this.#take((message) => message.method === method), limitMs);
  }

  expectStatus(status: number, method: string, limitMs = 60_000): Promise<SipText> {
    return this.clock.until(`${String(status)} to ${method}`, () => this.#take((message) => message.status === status && message.cseqMethod === method), limitMs);
  }

  count(method: string): number {
    return this.received.filter((message) => message.method === method).length;
  }

  /** The next INVITE that begins a call, not one within a call. */
  expectNewCall(): Promise<SipText> {
    return this.clock.until('a new call', () => this.#take((message) => message.method === 'INVITE' && message.tag('to') === ''));
  }

  /** Forget what came so far: `expect` looks only at what follows. */
  mark(): void {
    this.#taken = this.received.length;
  }

  reply(request: SipText, status: number, { body = '', headers = [], tag = `pbx${String(status)}` }: ReplyOptions = {}): void {
    const to = request.tag('to') ? request.header('to') : `${request.header('to')}${status === 100 ? '' : `;tag=${tag}`}`;
    const lines = [
      `SIP/2.0 ${String(status)} ${reasons[status] ?? 'Status'}`,
      ...request.all('via').map((via) => `Via: ${via}`),
      `From: ${request.header('from')}`, `To: ${to}`, `Call-ID: ${request.header('call-id')}`, `CSeq: ${request.header('cseq')}`,
      ...(request.method === 'INVITE' && status < 300 && status > 100 ? ['Contact: <sip:far@pbx.test;transport=ws>'] : []),
      ...headers,
      ...(body ? ['Content-Type: application/sdp'] : []),
      `Content-Length: ${String(body.length)}`,
    ];
    this.send(`${lines.join('\r\n')}\r\n\r\n${body}`);
  }

  invite({ number = '2002', name = 'Ana', headers = [] as readonly string[], sdp = audioSdp({ setup: 'actpass' }), callId = `in${String(++this.#serial)}` } = {}): SipText {
    const text = [
      `INVITE ${this.#contact()} SIP/2.0`, `Via: SIP/2.0/WSS pbx.test;branch=z9hG4bK${callId}`, 'Max-Forwards: 70',
      `From: "${name}" <sip:${number}@pbx.test>;tag=far${callId}`, 'To: <sip:1001@pbx.test>', `Call-ID: ${callId}`, 'CSeq: 1 INVITE',
      `Contact: <sip:${number}@pbx.test;transport=ws>`, ...headers, ...(sdp ? ['Content-Type: application/sdp'] : []), `Content-Length: ${String(sdp.length)}`,
    ].join('\r\n');
    this.send(`${text}\r\n\r\n${sdp}`);
    return new SipText(`${text}\r\n\r\n${sdp}`);
  }

  cancel(invite: SipText, reason = ''): void {
    this.send([
      `CANCEL ${invite.uri} SIP/2.0`, `Via: ${invite.header('via')}`, 'Max-Forwards: 70', `From: ${invite.header('from')}`, `To: ${invite.header('to')}`,
      `Call-ID: ${invite.header('call-id')}`, `CSeq: ${String(invite.cseq)} CANCEL`, ...(reason ? [`Reason: ${reason}`] : []), 'Content-Length: 0', '', '',
    ].join('\r\n'));
  }

  /** Our side of the dialog that an outgoing INVITE of the phone made. */
  dialogOf(invite: SipText, tag: string): Dialog {
    return {
      callId: invite.header('call-id'), localTag: tag, remoteTag: invite.tag('from'), local: invite.header('to'), remote: invite.header('from'),
      target: /<([^>]+)>/.exec(invite.header('contact'))?.[1] ?? '', cseq: 100,
    };
  }

  /** Our side of the dialog that the phone's 200 to our INVITE made. */
  answeredDialog(invite: SipText, ok: SipText): Dialog {
    return {
      callId: invite.header('call-id'), localTag: invite.tag('from'), remoteTag: ok.tag('to'), local: invite.header('from'), remote: ok.header('to'),
      target: /<([^>]+)>/.exec(ok.header('contact'))?.[1] ?? '', cseq: invite.cseq,
    };
  }

  request(method: string, dialog: Dialog, { body = '', headers = [] as readonly string[], cseq = ++dialog.cseq } = {}): SipText {
    const withTag = (header: string, tag: string) => header.includes(';tag=') ? header : `${header};tag=${tag}`;
    const text = [
      `${method} ${dialog.target} SIP/2.0`, `Via: SIP/2.0/WSS pbx.test;branch=z9hG4bK${method}${String(++this.#serial)}`, 'Max-Forwards: 70',
      `From: ${withTag(dialog.local, dialog.localTag)}`, `To: ${withTag(dialog.remote, dialog.remoteTag)}`, `Call-ID: ${dialog.callId}`,
      `CSeq: ${String(cseq)} ${method}`, 'Contact: <sip:far@pbx.test;transport=ws>', ...headers,
      ...(body && !headers.some((header) => /^content-type/i.test(header)) ? ['Content-Type: application/sdp'] : []), `Content-Length: ${String(body.length)}`,
    ].join('\r\n');
    this.send(`${text}\r\n\r\n${body}`);
    return new SipText(`${text}\r\n\r\n${body}`);
  }

  ack(invite: SipText, dialog: Dialog): void {
    this.request('ACK', dialog, { cseq: invite.cseq });
  }

  #take(test: (message: SipText) => boolean): SipText | null {
    const index = this.received.findIndex((message, i) => i >= this.#taken && test(message));
    if (index < 0) return null;
    const [message] = this.received.splice(index, 1, new SipText(`TAKEN sip:x SIP/2.0\r\nX: y\r\n\r\n`));
    return message ?? null;
  }

  #contact(): string {
    const register = [...this.received].reverse().find((message) => message.method === 'REGISTER');
    return /<([^>]+)>/.exec(register?.header('contact') ?? '')?.[1] ?? 'sip:1001@pbx.test';
  }

  #register(request: SipText): void {
    const authorization = request.header('authorization');
    if (authorization === '') {
      this.reply(request, 401, { headers: this.challenges.map((challenge) => `WWW-Authenticate: ${challenge}`) });
      return;
    }
    const answer = this.registerAnswers.shift() ?? (this.#authorized(request, authorization) ? 200 : 403);
    if (answer === 'silence') return;
    if (answer === 'strangeContact') {
      this.reply(request, 200, { headers: ['Contact: <sip:other@elsewhere.test>;expires=300'] });
      return;
    }
    if (answer === 200) {
      if (request.header('expires') !== '0') this.registered += 1;
      this.reply(request, 200, { headers: [...this.otherBindings, ...request.all('contact')].map((contact) => `Contact: ${contact}`) });
    } else {
      this.reply(request, answer, answer === 401 ? { headers: this.challenges.map((challenge) => `WWW-Authenticate: ${challenge}`) } : {});
    }
  }

  #authorized(request: SipText, authorization: string): boolean {
    const field = (name: string) => new RegExp(`\\b${name}="?([^",]+)"?`).exec(authorization)?.[1] ?? '';
    const ha2 = md5(`REGISTER:${field('uri')}`);
    return field('response') === md5(`${this.password}:${field('nonce')}:${field('nc')}:${field('cnonce')}:auth:${ha2}`) && request.method === 'REGISTER';
  }
}
