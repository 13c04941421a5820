import type { CallSnapshot, EndedCall, LineSnapshot, PhonePolicy } from '../contract';
import { AutoAnswer } from './autoAnswer';
import { Call, type CallHost } from './call';
import { capture } from './capture';
import { Changes } from './changes';
import { endGatheringInTime } from './gathering';
import { Incoming } from './incoming';
import { Line } from './line';
import type { Ports } from './ports';
import { Recovery } from './recovery';
import type { ReferEvent, SipSession } from './sip/library';

export interface EngineSnapshot {
  readonly dnd: boolean;
  readonly line: LineSnapshot;
  readonly calls: readonly CallSnapshot[];
}

const defaults: PhonePolicy = {
  registerSeconds: 300, dtmf: 'rfc2833', maxCalls: 4, autoAnswer: 'never',
  parkNumber: null, conferenceNumber: null, mediaTimeoutSeconds: 60,
};

/** The phone: a line and its calls. No DOM, no storage; everything from the browser comes through Ports. commands.ts works it. */
export class Phone implements CallHost {
  readonly ports: Ports;
  readonly changes = new Changes();
  readonly endedCalls = new Changes<EndedCall>();
  readonly line: Line;
  readonly autoAnswer: AutoAnswer;
  readonly #calls = new Map<string, Call>();
  readonly #recovery: Recovery;
  readonly #incoming: Incoming;
  #dnd = false;

  constructor(ports: Ports, instanceId: string, private readonly newId: () => string) {
    this.ports = { ...ports, peers: { create: (config) => this.#createPeer(ports, config) } };
    this.line = new Line(this.ports, instanceId);
    this.autoAnswer = new AutoAnswer(ports.clock);
    this.#recovery = new Recovery(this);
    this.#incoming = new Incoming(this);
    this.line.changed.on(() => { this.changed(); });
    this.line.incoming.on((call) => { this.#incoming.receive(call); });
    this.line.lost.on(() => { this.#recovery.flowLost(); });
    this.line.registered.on((again) => { if (again) this.#recovery.registeredAgain(); });
  }

  get calls(): readonly Call[] {
    return [...this.#calls.values()];
  }

  get policy(): PhonePolicy {
    return this.line.session?.policy ?? defaults;
  }

  get mediaTimeoutMs(): number {
    return this.policy.mediaTimeoutSeconds * 1000;
  }

  get codecs(): readonly string[] {
    return this.policy.codecs ?? [];
  }

  get peerConfig(): RTCConfiguration {
    return { iceServers: [...(this.line.session?.iceServers ?? [])] as RTCIceServer[] };
  }

  get full(): boolean {
    return this.#calls.size >= this.policy.maxCalls;
  }

  get dnd(): boolean {
    return this.#dnd;
  }

  set dnd(on: boolean) {
    this.#dnd = on;
    this.changed();
  }

  snapshot(): EngineSnapshot {
    return { dnd: this.#dnd, line: this.line.snapshot(), calls: this.calls.map((call) => call.snapshot()) };
  }

  start(): void {
    void this.line.start();
  }

  /** Hangs everything up, unregisters. All of it is sent before this returns, for pages that are being closed. */
  stop(): void {
    for (const call of this.calls) call.hangUp('local');
    this.line.stop();
  }

  call(id: string): Call | null {
    return this.#calls.get(id) ?? null;
  }

  add(direction: 'in' | 'out', number: string): Call {
    const call = new Call(this.newId(), direction, number, this);
    this.#calls.set(call.id, call);
    this.changed();
    return call;
  }

  /** One conversation at a time: the others are held, or muted and silenced where the far side refuses that. */
  holdOthers(than: Call): void {
    for (const other of this.calls) {
      if (other === than || !other.talking) continue;
      void other.offer('hold').then((outcome) => {
        if (outcome.ok || other.ended) return;
        other.mute(true);
        this.ports.audio.silence(other.id, true);
      });
    }
  }

  /** The chosen microphone changed or was unplugged: every call takes the present one. A failure leaves the calls up. */
  async changeMicrophone(): Promise<void> {
    for (const call of this.calls) {
      if (!call.usesMicrophone) continue;
      const captured = await capture(this.ports.microphone);
      if (captured.stream) await call.changeMicrophone(captured.stream);
    }
  }

  answer(call: Call): Promise<void> {
    return this.#incoming.answer(call);
  }

  lineUp(): boolean {
    return this.line.ua?.isConnected() ?? false;
  }

  changed(): void {
    this.changes.raise();
  }

  ended(call: Call): void {
    this.#calls.delete(call.id);
    const record = call.record();
    if (record) this.endedCalls.raise(record);
    this.changed();
  }

  partLater(session: SipSession): void {
    this.#recovery.partLater(session);
  }

  referred(call: Call, event: ReferEvent): void {
    void this.#incoming.referred(call, event);
  }

  replaced(call: Call, event: ReferEvent): void {
    this.#incoming.replaced(call, event);
  }

  #createPeer(ports: Ports, config: RTCConfiguration): RTCPeerConnection {
    const peer = ports.peers.create(config);
    endGatheringInTime(peer, ports.clock);
    return peer;
  }
}
