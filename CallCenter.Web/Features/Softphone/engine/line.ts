import type { ErrorCode, LineSnapshot, LineState, PhoneSession } from '../contract';
import { Changes } from './changes';
import { backoff } from './delay';
import type { Ports, Timer } from './ports';
import { FlowSocket } from './sip/flowSocket';
import { Keepalive } from './sip/keepalive';
import { otherContacts } from './sip/contacts';
import { createUserAgent, type SipRequest, type SipResponse, type SipSession, type UserAgent } from './sip/library';
import { Registration } from './sip/registration';
import { Servers } from './sip/servers';

/*
 * The line: one flow to the PBX and the registration over it.
 *
 *   idle ──start──> connecting ──open──> registering ──200──> registered
 *                     │    ^                │   ^  │              │
 *                  failed  │             socket │  └─5xx, silence─┤ (2-5 s, then backoff; 10 s watchdog)
 *                     v    │              lost  │                 │ socket lost, keepalive unanswered
 *                   reconnecting <──────────┘   └──── open ───────┘
 *
 *   registering ──401/403 twice, new session fetched between──> authFailed ──retry()──> connecting
 *   any ──stop()──> idle
 */
const renewBeforeMs = 120_000;
const renewRetryMs = 30_000;

export interface IncomingCall {
  readonly session: SipSession;
  readonly request: SipRequest;
}

export class Line {
  /** True: again, after the flow was lost; calls then refresh themselves. */
  readonly registered = new Changes<boolean>();
  readonly lost = new Changes();
  readonly incoming = new Changes<IncomingCall>();
  readonly changed = new Changes();

  #state: LineState = 'idle';
  #cause: ErrorCode | null = null;
  #sipCode: number | null = null;
  #rttMs: number | null = null;
  #retryAt: number | null = null;
  #others = 0;
  #session: PhoneSession | null = null;
  #ua: UserAgent | null = null;
  #flow: FlowSocket | null = null;
  #attempt = 0;
  #timer: Timer | null = null;
  #renewal: Timer | null = null;
  #lostOnce = false;
  #run = 0;
  readonly #keepalive: Keepalive;
  readonly #registration: Registration;

  constructor(private readonly ports: Ports, private readonly instanceId: string) {
    this.#keepalive = new Keepalive(ports.clock, {
      ping: (answered) => { this.#ping(answered); },
      dead: (reason) => this.#flow?.drop(reason),
      rtt: (ms) => { this.#rttMs = ms; this.changed.raise(); },
    });
    this.#registration = new Registration(ports.clock, ports.random, {
      register: () => { this.#move('registering'); this.#ua?.register(); },
      abandonFlow: () => this.#flow?.drop('no answer to REGISTER'),
      renewCredentials: () => this.#renewCredentials(),
      refused: () => { this.#refused(); },
      waiting: (retryAt, sipCode) => { this.#note('line.down', sipCode, retryAt); },
    });
  }

  get session(): PhoneSession | null {
    return this.#session;
  }

  get ua(): UserAgent | null {
    return this.#ua;
  }

  isReady(): boolean {
    return this.#state === 'registered';
  }

  snapshot(): LineSnapshot {
    return { state: this.#state, cause: this.#cause, sipCode: this.#sipCode, rttMs: this.#rttMs, retryAt: this.#retryAt, others: this.#state === 'registered' ? this.#others : 0 };
  }

  async start(): Promise<void> {
    if (this.#state !== 'idle') return;
    const run = ++this.#run;
    this.#move('connecting');
    const session = await this.#fetch();
    if (run !== this.#run) return;
    if (!session) {
      this.#later(() => {
        this.#state = 'idle';
        void this.start();
      }, 'line.session');
      return;
    }
    this.#session = session;
    this.#renewInTime(session);
    this.#build(session);
  }

  /** Unregisters and ends what is up; the flow closes when that is sent, within 2 s. */
  stop(): void {
    this.#run += 1;
    this.#halt();
    this.#renewal?.cancel();
    this.#ua?.stop();
    this.#ua = null;
    this.#session = null;
    this.#lostOnce = false;
    this.#move('idle');
  }

  /** The network came back, the page became visible, the user pressed "try again": do not wait out the backoff. */
  nudge(): void {
    if (this.#state === 'reconnecting' && this.#ua) this.#connect();
    else if (this.#state === 'registered') this.#keepalive.now();
  }

  retry(): void {
    if (this.#state !== 'authFailed') {
      this.nudge();
      return;
    }
    void this.#retryCredentials();
  }

  /** On the flow that is, when it still is: calls may be up on it. */
  async #retryCredentials(): Promise<void> {
    if (!this.#ua?.isConnected()) {
      this.stop();
      await this.start();
      return;
    }
    this.#registration.succeeded();
    if (!(await this.#renewCredentials())) {
      this.#note('line.session', null, null);
      return;
    }
    this.#move('registering');
    this.#registration.attempting();
    this.#ua.register();
  }

  #build(session: PhoneSession): void {
    const servers = new Servers(session.servers);
    const host = session.account.uri.replace(/^sips?:/, '').split('@')[1] ?? 'invalid';
    const flow = new FlowSocket(host, servers.secure, () => servers.next(), this.ports.sockets, this.ports.clock, this.ports.log);
    flow.onalive = () => { this.#keepalive.alive(); };
    this.#flow = flow;
    const ua = createUserAgent({
      sockets: flow,
      uri: session.account.uri,
      authorization_user: session.account.authUser,
      realm: session.account.realm,
      ha1: session.account.ha1,
      display_name: session.account.displayName,
      instance_id: this.instanceId,
      register_expires: session.policy.registerSeconds,
    }, this.ports.peers);
    this.#ua = ua;
    ua.on('connected', () => { this.#connected(ua); });
    ua.on('disconnected', () => { this.#disconnected(ua); });
    ua.on('registered', (event) => { this.#registered(ua, event.response); });
    ua.on('registrationFailed', (event) => {
      // A lost flow fails the registration too; that is `disconnected`'s matter.
      if (ua === this.#ua && ua.isConnected()) void this.#registration.failed(event.response?.status_code ?? null);
    });
    ua.on('newRTCSession', (event) => {
      if (event.originator === 'remote') this.incoming.raise({ session: event.session, request: event.request });
    });
    ua.start();
  }

  #connected(ua: UserAgent): void {
    if (ua !== this.#ua) return;
    this.#move('registering');
    this.#registration.attempting();
  }

  #registered(ua: UserAgent, response: SipResponse): void {
    if (ua !== this.#ua) return;
    this.#others = otherContacts(response.getHeaders('contact'), ua.contact.uri.user, this.instanceId);
    const again = this.#lostOnce;
    this.#attempt = 0;
    this.#registration.succeeded();
    this.#move('registered');
    this.#keepalive.start();
    this.registered.raise(again);
  }

  #disconnected(ua: UserAgent): void {
    if (ua !== this.#ua || this.#state === 'idle' || this.#state === 'authFailed') return;
    this.#lostOnce = true;
    this.#halt();
    this.#move('reconnecting');
    this.lost.raise();
    this.#later(() => { this.#connect(); }, 'line.down');
  }

  #connect(): void {
    this.#timer?.cancel();
    this.#move('reconnecting');
    this.#ua?.transport.connect();
  }

  #later(run: () => void, cause: ErrorCode): void {
    this.#attempt += 1;
    const wait = backoff(this.ports.random, this.#attempt);
    this.#note(cause, null, this.ports.clock.now() + wait);
    this.#timer = this.ports.clock.after(wait, run);
  }

  #ping(answered: () => void): void {
    const host = this.#session?.account.uri.split('@')[1];
    if (!host || !this.#ua) return;
    this.#ua.sendOptions(`sip:${host}`, null, {
      eventHandlers: { succeeded: answered, failed: (event) => { if (event.response) answered(); } },
    });
  }

  async #renewCredentials(): Promise<boolean> {
    const run = this.#run;
    const session = await this.#fetch();
    if (!session || run !== this.#run || !this.#ua) return false;
    this.#session = session;
    this.#renewInTime(session);
    this.#ua.set('realm', session.account.realm);
    this.#ua.set('ha1', session.account.ha1);
    this.#ua.set('authorization_user', session.account.authUser);
    return true;
  }

  /** A page stays open for days, TURN's secrets do not. The next call takes the new ones. */
  #renewInTime(session: PhoneSession): void {
    this.#renewal?.cancel();
    if (typeof session.expiresAt !== 'number') return;
    const wait = Math.max(renewRetryMs, session.expiresAt - this.ports.clock.now() - renewBeforeMs);
    this.#renewal = this.ports.clock.after(wait, () => {
      void this.#renewCredentials().then((renewed) => {
        if (!renewed && this.#session === session) this.#renewInTime(session);
      });
    });
  }

  #refused(): void {
    this.#halt();
    this.#ua?.unregister();
    this.#move('authFailed');
    this.#note('line.credentials', 401, null);
  }

  async #fetch(): Promise<PhoneSession | null> {
    try {
      return await this.ports.sessions.fetch();
    } catch {
      this.ports.log('session.failed');
      return null;
    }
  }

  #halt(): void {
    this.#timer?.cancel();
    this.#keepalive.stop();
    this.#registration.stop();
  }

  #move(state: LineState): void {
    this.#state = state;
    this.#note(null, null, null);
  }

  #note(cause: ErrorCode | null, sipCode: number | null, retryAt: number | null): void {
    this.#cause = cause;
    this.#sipCode = sipCode;
    this.#retryAt = retryAt;
    this.changed.raise();
  }
}
