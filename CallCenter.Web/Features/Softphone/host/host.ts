import type { CommandName, CommandResult, Commands, DotNetPhone, EndedCall, HostConfig, PhoneSnapshot } from '../contract';
import { done, refused } from '../contract';
import { Changes } from '../engine/changes';
import { engineCommands, type EngineCommand } from '../engine/commands';
import { Phone, type EngineSnapshot } from '../engine/phone';
import { Alerts } from './alerts';
import { Devices } from './devices';
import { Mirror } from './mirror';
import { Once } from './once';
import { Pace } from './pace';
import type { HostPorts, LockRequest } from './ports';
import { Records } from './records';
import { isTabMessage, RemoteCommands, type TabMessage } from './tabs';

const yieldMs = 1_500;
/** A circuit takes messages of 32 kB; the rest follows once these are acknowledged. */
const endedAtOnce = 20;
const standby: EngineSnapshot = { dnd: false, line: { state: 'standby', cause: null, sipCode: null, rttMs: null, retryAt: null, others: 0 }, calls: [] };

/*
 * One tab of the portal.
 *
 *   waiting ──lock granted──> leader (has the engine: registers, rings, talks)
 *      ^                         │
 *      └──yields, page left──────┘
 *
 * Whoever waits is a remote: it shows the leader's snapshots and sends it commands. The lock is held for the page's life,
 * which also keeps the browser from freezing the tab.
 */
export class Host {
  readonly snapshots = new Changes<PhoneSnapshot>();
  readonly #tab: string;
  readonly #epoch: string;
  readonly #once = new Once();
  readonly #mirror: Mirror;
  readonly #records: Records;
  readonly #devices: Devices;
  readonly #alerts: Alerts;
  readonly #remote: RemoteCommands;
  readonly #pace: Pace;
  #lock: LockRequest | null = null;
  #phone: Phone | null = null;
  #commands: ReturnType<typeof engineCommands> | null = null;
  #leaders: PhoneSnapshot | null = null;
  #lastEnd: EndedCall | null = null;
  #rev = 0;
  #stopped = false;

  constructor(private readonly ports: HostPorts, private readonly config: HostConfig) {
    this.#tab = ports.newId();
    this.#epoch = ports.newId();
    this.#records = new Records(ports.store, config.user);
    this.#remote = new RemoteCommands(ports.channel, ports.clock, this.#tab);
    this.#mirror = new Mirror(ports.clock, () => this.#next());
    this.#pace = new Pace(ports.clock, () => this.#present(), () => { this.#publish(); });
    this.#devices = new Devices(ports, config.user, () => { this.#pace.changed(); }, () => void this.#phone?.changeMicrophone());
    this.#alerts = new Alerts(ports.clock, ports.page, ports.notifier, ports.tones, config.texts, config.ringtone, () => {
      this.#devices.setAudible(this.#alerts.audible);
      this.#pace.changed();
    });
    ports.channel.onmessage = (message) => {
      if (isTabMessage(message) && message.tab !== this.#tab && !this.#stopped) this.#heard(message);
    };
    ports.page.onNudge(() => this.#phone?.line.nudge());
    ports.page.onLeave(() => { this.stop(); });
    ports.page.onReturn(() => { this.start(); });
  }

  start(): void {
    this.#stopped = false;
    this.#askForLock();
    this.#post({ kind: 'hello', tab: this.#tab });
    void this.#devices.refresh();
  }

  /** Hangs up, unregisters and lets another tab lead. All messages are sent before this returns. */
  stop(): void {
    this.#stopLeading();
    this.#stopped = true;
    this.#lock?.release();
    this.#lock = null;
  }

  attach(key: string, phone: DotNetPhone): void {
    this.#mirror.attach(key, phone);
  }

  detach(key: string): void {
    this.#mirror.detach(key);
  }

  snapshot(): PhoneSnapshot {
    return { ...this.#present(), rev: this.#rev };
  }

  cmd<N extends CommandName>(commandId: string, name: N, args: Commands[N]): Promise<CommandResult> {
    return this.#once.run(commandId, async () => {
      if (this.#stopped) return refused('phone.stopped');
      try {
        return await (this.#runHere(name, args) ?? (this.#phone ? this.#runAsLeader(name, args) : this.#remote.send(commandId, name, args)));
      } catch {
        return refused('phone.internal');
      }
    });
  }

  /** Commands about this very tab: a click unlocks only the page it was made in. */
  #runHere<N extends CommandName>(name: N, args: Commands[N]): Promise<CommandResult> | null {
    switch (name) {
      case 'prepare': return this.#prepare();
      case 'microphoneTest': return this.#devices.testMicrophone((args as Commands['microphoneTest']).on);
      case 'speakerTest': return this.#devices.testSpeaker((args as Commands['speakerTest']).device);
      case 'takeOver': return this.#phone ? Promise.resolve(done) : null;
      default: return null;
    }
  }

  async #prepare(): Promise<CommandResult> {
    const result = await this.#devices.prepare();
    this.#alerts.unlocked();
    return result;
  }

  async #runAsLeader<N extends CommandName>(name: N, args: Commands[N], from?: string): Promise<CommandResult> {
    switch (name) {
      case 'devices': return this.#devices.choose(args as Commands['devices']);
      case 'acknowledge':
        this.#records.acknowledge((args as Commands['acknowledge']).ids);
        this.#pace.changed();
        return done;
      case 'takeOver': return this.#yieldTo(from ?? this.#tab);
      default: {
        const handler = this.#commands && Object.hasOwn(this.#commands, name) ? this.#commands[name as EngineCommand] : null;
        return handler ? await (handler as (value: Commands[N]) => Promise<CommandResult> | CommandResult)(args) : refused('phone.unknownCommand');
      }
    }
  }

  #askForLock(): void {
    this.#lock ??= this.ports.locks.request(`callcenter.phone.${this.config.user}`, () => { this.#lead(); });
  }

  #lead(): void {
    if (this.#stopped || this.#phone) return;
    const phone = new Phone(this.ports.engine, this.#instanceId(), this.ports.newId);
    this.#phone = phone;
    this.#commands = engineCommands(phone);
    this.#leaders = null;
    phone.changes.on(() => { this.#pace.changed(); });
    phone.endedCalls.on((record) => {
      this.#records.add(record);
      this.#lastEnd = record;
    });
    phone.start();
    this.#pace.changed();
  }

  #stopLeading(): void {
    if (!this.#phone) return;
    this.#phone.stop();
    this.#phone = null;
    this.#commands = null;
    this.#alerts.stop();
    this.#post({ kind: 'leaving', tab: this.#tab });
  }

  #yieldTo(tab: string): CommandResult {
    if (!this.#phone || tab === this.#tab) return done;
    if (this.#phone.calls.length > 0) return refused('phone.leaderBusy');
    this.#stopLeading();
    this.#post({ kind: 'yield', tab: this.#tab, to: tab });
    this.#standAside();
    return done;
  }

  #standAside(): void {
    this.#lock?.release();
    this.#lock = null;
    this.#pace.changed();
    this.ports.clock.after(yieldMs, () => { if (!this.#stopped) this.#askForLock(); });
  }

  #heard(message: TabMessage): void {
    switch (message.kind) {
      case 'hello':
        if (this.#phone) this.#announce();
        break;
      case 'state':
        if (this.#phone) break;
        this.#leaders = message.snapshot;
        this.#lastEnd = message.snapshot.lastEnd;
        this.#pace.changed();
        break;
      case 'leaving':
        if (this.#leaders?.tab !== message.tab) break;
        this.#leaders = null;
        this.#pace.changed();
        break;
      case 'yield':
        if (message.to !== this.#tab && !this.#phone) this.#standAside();
        break;
      case 'command': void this.#serve(message); break;
      case 'received': this.#remote.received(message.id); break;
      case 'result': this.#remote.result(message.id, message.result); break;
    }
  }

  async #serve(message: TabMessage & { kind: 'command' }): Promise<void> {
    if (!this.#phone) return;
    this.#post({ kind: 'received', tab: this.#tab, id: message.id });
    const result = await this.#once.run(message.id, () => this.#runAsLeader(message.name, message.args as never, message.tab).catch(() => refused('phone.internal')));
    this.#post({ kind: 'result', tab: this.#tab, id: message.id, result });
  }

  #present(): PhoneSnapshot {
    const shared = this.#phone?.snapshot() ?? this.#leaders ?? standby;
    const devices = this.#devices.snapshot();
    return {
      epoch: this.#epoch, rev: this.#rev, tab: this.#tab, leader: this.#phone !== null,
      dnd: shared.dnd, line: shared.line, calls: shared.calls, devices, ended: this.#records.all().slice(0, endedAtOnce),
      lastEnd: this.#lastEnd,
    };
  }

  #next(): PhoneSnapshot {
    this.#rev += 1;
    return this.snapshot();
  }

  #publish(): void {
    const snapshot = this.#next();
    if (this.#phone) {
      this.#alerts.update(snapshot.calls, snapshot.devices.ringer, snapshot.devices.speaker);
      this.#announce();
    }
    this.#mirror.changed();
    this.snapshots.raise(snapshot);
  }

  #announce(): void {
    this.#post({ kind: 'state', tab: this.#tab, snapshot: this.snapshot() });
  }

  #post(message: TabMessage): void {
    this.ports.channel.post(message);
  }

  /** Stable for a browser: without it each load of a page leaves a stale registration behind. */
  #instanceId(): string {
    const key = 'callcenter.phone.instance';
    const stored = this.ports.store.get(key);
    if (stored && /^[0-9a-f-]{36}$/i.test(stored)) return stored;
    const made = this.ports.newId();
    this.ports.store.set(key, made);
    return made;
  }
}
