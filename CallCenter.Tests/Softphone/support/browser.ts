import type { Commands, CommandName, CommandResult, Device, DotNetPhone, Permission, PhoneSnapshot, Ringtone } from '../../../CallCenter.Web/Features/Softphone/contract';
import { MicrophoneError } from '../../../CallCenter.Web/Features/Softphone/engine/ports';
import { Host } from '../../../CallCenter.Web/Features/Softphone/host/host';
import type { HostPorts, KeyValues, LockRequest, Locks, Tone } from '../../../CallCenter.Web/Features/Softphone/host/ports';
import { Rig } from './rig';
import { settle } from './virtualClock';

class FakeLocks implements Locks {
  readonly #queues = new Map<string, { granted: () => void; held: boolean }[]>();

  request(name: string, granted: () => void): LockRequest {
    const queue = this.#queues.get(name) ?? [];
    this.#queues.set(name, queue);
    const entry = { granted, held: false };
    queue.push(entry);
    this.#grant(queue);
    return {
      release: () => {
        const index = queue.indexOf(entry);
        if (index >= 0) queue.splice(index, 1);
        this.#grant(queue);
      },
    };
  }

  #grant(queue: { granted: () => void; held: boolean }[]): void {
    const [first] = queue;
    if (!first || first.held) return;
    first.held = true;
    queueMicrotask(() => { if (queue[0] === first) first.granted(); });
  }
}

export class FakeStore implements KeyValues {
  readonly values = new Map<string, string>();
  get(key: string): string | null { return this.values.get(key) ?? null; }
  set(key: string, value: string | null): void {
    if (value === null) this.values.delete(key);
    else this.values.set(key, value);
  }
}

/** A .NET circuit that can be slow, broken or silent. */
export class FakeCircuit implements DotNetPhone {
  readonly seen: PhoneSnapshot[] = [];
  mode: 'works' | 'fails' | 'hangs' | 'throws' = 'works';
  calls = 0;
  inFlight = 0;
  most = 0;
  slow: Promise<void> | null = null;

  async invokeMethodAsync(_method: 'OnPhone', snapshot: PhoneSnapshot): Promise<unknown> {
    this.calls += 1;
    if (this.mode === 'throws') throw new Error('disposed');
    this.inFlight += 1;
    this.most = Math.max(this.most, this.inFlight);
    try {
      if (this.mode === 'hangs') await new Promise(() => undefined);
      if (this.mode === 'fails') throw new Error('not connected');
      if (this.slow) await this.slow;
      this.seen.push(structuredClone(snapshot));
      return null;
    } finally {
      this.inFlight -= 1;
    }
  }

  get last(): PhoneSnapshot {
    const last = this.seen.at(-1);
    if (!last) throw new Error('no snapshot yet');
    return last;
  }
}

export class Tab {
  readonly title = { value: 'Calls' };
  hidden = false;
  focused = 0;
  guarded = false;
  readonly tones: (Tone | 'stop')[] = [];
  readonly toneDevices: (string | null)[] = [];
  audible = true;
  microphone: 'works' | 'denied' | 'missing' = 'works';
  notifications: Permission = 'granted';
  readonly notices: { title: string; body: string; closed: boolean; click(): void }[] = [];
  devices: { microphones: Device[]; speakers: Device[] } = {
    microphones: [{ id: 'm1', label: 'Built-in' }, { id: 'm2', label: 'Headset' }],
    speakers: [{ id: 's1', label: 'Speakers' }, { id: 's2', label: 'Headset' }],
  };
  chosen: { microphone: string | null; speaker: string | null } | null = null;
  devicesChanged: () => void = () => undefined;
  notificationsChanged: () => void = () => undefined;
  microphoneLost: () => void = () => undefined;
  level: ((value: number) => void) | null = null;
  nudge: () => void = () => undefined;
  leave: () => void = () => undefined;
  comeBack: () => void = () => undefined;
  receive: ((message: unknown) => void) | null = null;
  readonly host: Host;
  #command = 0;

  constructor(readonly browser: Browser) {
    this.host = new Host(this.#ports(), { user: 'demo/1', sessionUrl: 'phone/session', ringtone: browser.ringtone, texts: { incomingCall: 'Incoming call' } });
  }

  get snapshot(): PhoneSnapshot {
    return this.host.snapshot();
  }

  get playing(): Tone | null {
    const last = this.tones.at(-1) ?? 'stop';
    return last === 'stop' ? null : last;
  }

  start<N extends CommandName>(name: N, args: Commands[N], id = `${this.snapshot.tab}-${String(++this.#command)}`): { value: CommandResult | null } {
    const holder: { value: CommandResult | null } = { value: null };
    void this.host.cmd(id, name, args).then((value) => { holder.value = value; });
    return holder;
  }

  async run<N extends CommandName>(name: N, args: Commands[N], id?: string): Promise<CommandResult> {
    const result = this.start(name, args, id);
    return await this.browser.rig.clock.until(`result of ${name}`, () => result.value, 120_000);
  }

  /** The tab's process dies: nothing is said, the lock is freed by the browser. */
  crash(): void {
    this.receive = null;
    this.browser.tabs.delete(this);
    this.host.stop();
  }

  #ports(): HostPorts {
    return portsOf(this, this.browser);
  }
}

function portsOf(tab: Tab, browser: Browser): HostPorts {
  return {
    clock: browser.rig.clock,
    newId: () => `00000000-0000-4000-8000-${String(browser.nextId++).padStart(12, '0')}`,
    locks: browser.locks,
    channel: {
      get onmessage() { return tab.receive; },
      set onmessage(listener) { tab.receive = listener; },
      post: (message) => { browser.post(tab, message); },
    },
    store: browser.store,
    page: {
      get title() { return tab.title.value; },
      set title(value) { tab.title.value = value; },
      hidden: () => tab.hidden,
      focus: () => { tab.focused += 1; },
      onNudge: (run) => { tab.nudge = run; },
      onLeave: (run) => { tab.leave = run; },
      onReturn: (run) => { tab.comeBack = run; },
      guardUnload: (on) => { tab.guarded = on; },
    },
    notifier: {
      permission: () => tab.notifications,
      request: () => { tab.notifications = 'granted'; return Promise.resolve('granted' as const); },
      onChange: (run) => { tab.notificationsChanged = run; },
      show: (title, body, clicked) => {
        const notice = { title, body, closed: false, click: clicked, close() { this.closed = true; } };
        tab.notices.push(notice);
        return notice;
      },
    },
    tones: {
      play: (tone, device) => { tab.tones.push(tone); tab.toneDevices.push(device); return Promise.resolve(tab.audible); },
      stop: () => { tab.tones.push('stop'); },
      unlock: () => { tab.audible = true; return Promise.resolve(true); },
    },
    devices: {
      list: () => Promise.resolve(tab.devices),
      permission: () => Promise.resolve(tab.microphone === 'denied' ? 'denied' as const : 'granted' as const),
      ask: () => tab.microphone === 'works' ? Promise.resolve() : Promise.reject(new MicrophoneError(tab.microphone)),
      onChange: (run) => { tab.devicesChanged = run; },
      onMicrophoneLost: (run) => { tab.microphoneLost = run; },
      meter: (_device, level) => {
        if (tab.microphone !== 'works') return Promise.reject(new MicrophoneError(tab.microphone));
        tab.level = level;
        return Promise.resolve({ stop: () => { tab.level = null; } });
      },
      choose: (choice) => { tab.chosen = choice; },
    },
    engine: browser.rig.ports(),
  };
}

/** A browser profile with tabs: one lock manager, one channel, one storage, and a PBX to register with. */
export class Browser {
  readonly rig = new Rig();
  readonly locks = new FakeLocks();
  readonly store = new FakeStore();
  readonly tabs = new Set<Tab>();
  nextId = 1;
  ringtone: Ringtone = 'classic';

  async open(): Promise<Tab> {
    const tab = new Tab(this);
    this.tabs.add(tab);
    tab.host.start();
    await settle();
    return tab;
  }

  /** A tab that leads and is registered. */
  async leader(): Promise<Tab> {
    const tab = await this.open();
    await this.registered(tab);
    return tab;
  }

  registered(tab: Tab): Promise<boolean> {
    return this.rig.clock.until('registered', () => tab.snapshot.leader && tab.snapshot.line.state === 'registered');
  }

  post(from: Tab, message: object): void {
    const copy: unknown = structuredClone(message);
    for (const tab of this.tabs) if (tab !== from) queueMicrotask(() => tab.receive?.(copy));
  }
}
