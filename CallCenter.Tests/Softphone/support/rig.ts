import type { CallSnapshot, Commands, CommandResult, EndedCall, PhonePolicy, PhoneSession } from '../../../CallCenter.Web/Features/Softphone/contract';
import { engineCommands, type EngineCommand } from '../../../CallCenter.Web/Features/Softphone/engine/commands';
import { Phone } from '../../../CallCenter.Web/Features/Softphone/engine/phone';
import { MicrophoneError, type Ports } from '../../../CallCenter.Web/Features/Softphone/engine/ports';
import { FakePbx, type Dialog } from './fakePbx';
import { audioSdp, FakePeer, type PeerBehaviour } from './fakePeer';
import type { SipText } from './sipText';
import { VirtualClock } from './virtualClock';

export const policy: PhonePolicy = {
  registerSeconds: 600, dtmf: 'rfc2833', maxCalls: 3, autoAnswer: 'announced', parkNumber: '700', conferenceNumber: '6300', mediaTimeoutSeconds: 60,
};

class FakeTrack {
  readonly kind = 'audio';
  enabled = true;
  stopped = false;
  stop(): void { this.stopped = true; }
}

class FakeStream {
  readonly track = new FakeTrack();
  getTracks(): readonly FakeTrack[] { return [this.track]; }
  getAudioTracks(): readonly FakeTrack[] { return [this.track]; }
}

const globals = globalThis as unknown as Record<string, unknown>;
// JsSIP asks the window whether there is WebRTC, and wraps descriptions.
globals['window'] ??= { RTCPeerConnection: FakePeer };
globals['RTCSessionDescription'] ??= function (this: object, init: object) { Object.assign(this, init); };

/** An engine, a PBX and the world between them. */
export class Rig {
  readonly clock = new VirtualClock();
  readonly pbx = new FakePbx(this.clock);
  readonly peers: FakePeer[] = [];
  readonly streams: FakeStream[] = [];
  readonly ended: EndedCall[] = [];
  readonly peerConfigs: RTCConfiguration[] = [];
  readonly silenced = new Map<string, boolean>();
  readonly behaviour: PeerBehaviour = { gathering: 'normal', ice: 'connects', packetsPerSecond: 50, lossPct: 0 };
  microphone: 'works' | 'denied' | 'missing' | 'waits' = 'works';
  microphoneReady: () => void = () => undefined;
  session: PhoneSession;
  sessionFails = false;
  sessionsFetched = 0;
  random = 0.5;
  readonly phone: Phone;
  readonly restore: () => void;
  readonly #commands: ReturnType<typeof engineCommands>;

  constructor(over: Partial<PhonePolicy> = {}) {
    this.restore = this.clock.install();
    this.session = {
      account: { uri: 'sip:1001@pbx.test', authUser: '1001', realm: 'pbx.test', ha1: this.pbx.password, displayName: 'Agent One' },
      servers: [{ url: 'wss://b.pbx.test/ws', weight: 1 }, { url: 'wss://a.pbx.test/ws', weight: 10 }],
      iceServers: [],
      expiresAt: null,
      policy: { ...policy, ...over },
    };
    let id = 0;
    this.phone = new Phone(this.ports(), '0f0e0d0c-0b0a-4908-8706-050403020100', () => `call${String(++id)}`);
    this.phone.endedCalls.on((call) => this.ended.push(call));
    this.#commands = engineCommands(this.phone);
  }

  async run<N extends EngineCommand>(name: N, args: Commands[N]): Promise<CommandResult> {
    const result = this.start(name, args);
    return await this.clock.until(`result of ${name}`, () => result.value);
  }

  /** Starts a command without waiting for its result. */
  start<N extends EngineCommand>(name: N, args: Commands[N]): { value: CommandResult | null } {
    const holder: { value: CommandResult | null } = { value: null };
    void Promise.resolve(this.#commands[name](args)).then((value) => { holder.value = value; });
    return holder;
  }

  get calls(): readonly CallSnapshot[] {
    return this.phone.snapshot().calls;
  }

  get only(): CallSnapshot {
    const [call] = this.calls;
    if (!call || this.calls.length !== 1) throw new Error(`${String(this.calls.length)} calls`);
    return call;
  }

  peer(index = this.peers.length - 1): FakePeer {
    const peer = this.peers[index];
    if (!peer) throw new Error('no peer connection');
    return peer;
  }

  async registered(): Promise<void> {
    this.phone.start();
    await this.line('registered');
    this.pbx.mark();
  }

  line(state: string, limitMs = 60_000): Promise<boolean> {
    return this.clock.until(`line ${state}`, () => this.phone.line.snapshot().state === state, limitMs);
  }

  state(state: string, index = 0): Promise<boolean> {
    return this.clock.until(`call ${state}`, () => this.calls[index]?.state === state);
  }

  /** An outgoing call with audio both ways. */
  async talking(number = '2002', tag = `far${number}`): Promise<{ id: string; invite: SipText; dialog: Dialog; peer: FakePeer }> {
    const result = this.start('dial', { number });
    const invite = await this.pbx.expectNewCall();
    this.pbx.reply(invite, 180, { tag });
    this.pbx.reply(invite, 200, { tag, body: audioSdp() });
    await this.pbx.expect('ACK');
    const dialed = await this.clock.until('dialled', () => result.value);
    const id = dialed.ok ? dialed.callId ?? '' : '';
    await this.clock.until('active', () => this.calls.find((call) => call.id === id)?.state === 'active');
    return { id, invite, dialog: this.pbx.dialogOf(invite, tag), peer: this.peer() };
  }

  /** An incoming call that was answered, with audio both ways. */
  async answered(number = '2002'): Promise<{ id: string; invite: SipText; dialog: Dialog; peer: FakePeer }> {
    const invite = this.pbx.invite({ number });
    const call = await this.clock.until('ringing', () => this.calls.find((one) => one.state === 'ringing'));
    await this.run('answer', { callId: call.id });
    const ok = await this.pbx.expectStatus(200, 'INVITE');
    const dialog = this.pbx.answeredDialog(invite, ok);
    this.pbx.ack(invite, dialog);
    await this.clock.until('active', () => this.calls.find((one) => one.id === call.id)?.state === 'active');
    return { id: call.id, invite, dialog, peer: this.peer() };
  }

  ports(): Ports {
    return {
      clock: this.clock,
      random: () => this.random,
      sockets: this.pbx,
      peers: {
        create: (config) => {
          this.peerConfigs.push(config);
          const peer = new FakePeer(this.clock, this.behaviour);
          this.peers.push(peer);
          return peer as unknown as RTCPeerConnection;
        },
      },
      microphone: {
        capture: async () => {
          if (this.microphone === 'waits') await new Promise<void>((resolve) => { this.microphoneReady = resolve; });
          if (this.microphone === 'denied' || this.microphone === 'missing') throw new MicrophoneError(this.microphone);
          const stream = new FakeStream();
          this.streams.push(stream);
          return stream as unknown as MediaStream;
        },
      },
      audio: {
        play: () => undefined,
        silence: (callId, silent) => this.silenced.set(callId, silent),
        stop: () => undefined,
      },
      sessions: {
        fetch: () => {
          this.sessionsFetched += 1;
          return this.sessionFails ? Promise.reject(new Error('503')) : Promise.resolve(this.session);
        },
      },
      log: (event, detail) => { if (process.env['SOFTPHONE_LOG']) console.log(event, detail); },
    };
  }
}
