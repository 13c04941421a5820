import type { CommandName, CommandResult, Commands, DotNetPhone, PhoneSnapshot } from '../contract';
import { isAct, keyAct, perform, type NoKey, type Run } from './acts';
import { Bar, barOf } from './bar';
import { circuitLost, topDialog, watchPage } from './circuit';
import { Dragging } from './drag';
import { LongPress } from './longPress';
import { Say } from './say';
import { clockText, type PortalConfig } from './texts';

/** The engine's module, as dist/softphone.js exports it. */
export interface Engine {
  attach(key: string, phone: DotNetPhone): void;
  detach(key: string): void;
  cmd<N extends CommandName>(commandId: string, name: N, args: Commands[N]): Promise<CommandResult>;
  snapshot(): PhoneSnapshot | null;
  subscribe(listener: (snapshot: PhoneSnapshot) => void): () => void;
  stop(): void;
}

/** The part of Blazor's reference that the panel uses beside the engine. */
export interface DotNetPanel extends DotNetPhone {
  invokeMethodAsync(method: 'OnPhone', snapshot: PhoneSnapshot): Promise<unknown>;
  invokeMethodAsync(method: 'OnFailed', code: string, sipCode: number | null): Promise<unknown>;
  invokeMethodAsync(method: 'OnSignOut'): Promise<unknown>;
}

const isTyping = (target: EventTarget | null): boolean => target instanceof Element && target.closest('input, textarea, select, [contenteditable]') !== null;

/**
 * What the portal's page needs of the phone outside of .NET: buttons and keys that work without a circuit, timers, the bar, the warning
 * before signing out. One per page.
 */
export class Panel {
  readonly #bar: Bar;
  readonly #dragging: Dragging;
  readonly #say: Say;
  readonly #attached = new Map<string, DotNetPanel>();

  constructor(private readonly page: Document, private readonly engine: Engine, private readonly config: PortalConfig) {
    this.#bar = new Bar(page, config);
    this.#dragging = new Dragging(page);
    this.#say = new Say(page);
    engine.subscribe(() => { this.#draw(); });
    watchPage(page, () => {
      this.#draw();
      this.#dragging.apply();
    });
    new LongPress(page);
    page.addEventListener('click', (event) => { this.#click(event); });
    page.addEventListener('keydown', (event) => { this.#key(event); }, true);
    page.addEventListener('submit', (event) => { this.#submit(event); }, true);
    setInterval(() => { this.#tick(); }, 500);
    this.#draw();
  }

  attach(key: string, phone: DotNetPanel): void {
    this.#attached.set(key, phone);
    this.engine.attach(key, phone);
  }

  detach(key: string): void {
    this.#attached.delete(key);
    this.engine.detach(key);
  }

  /** Hangs up and signs out; the reader was asked before. */
  signOut(): void {
    this.engine.stop();
    this.page.querySelector<HTMLFormElement>('#sign-out')?.submit();
  }

  readonly #run: Run = (name, args) => this.engine.cmd(crypto.randomUUID(), name, args);

  #draw(): void {
    const snapshot = this.engine.snapshot();
    const calls = snapshot?.calls.length ?? 0;
    const root = this.page.documentElement;
    const wasInCall = 'inCall' in root.dataset;
    root.toggleAttribute('data-in-call', calls > 0);
    const lost = circuitLost(this.page);
    // A panel that shows the past is worse than none.
    root.toggleAttribute('data-phone-bar', lost && calls > 0);
    this.#bar.draw(snapshot ? barOf(snapshot, this.config.texts) : [], topDialog(this.page) ?? (lost ? this.page.body : null));
    this.#tick();
    if (wasInCall && calls === 0) this.page.dispatchEvent(new CustomEvent('phone:idle'));
  }

  #tick(): void {
    const now = Date.now();
    for (const time of this.page.querySelectorAll<HTMLElement>('time[data-phone-since]')) {
      const text = clockText((now - Number(time.dataset['phoneSince'])) / 1000, this.config.zero);
      if (time.textContent !== text) time.textContent = text;
    }
  }

  #click(event: MouseEvent): void {
    const target = event.target instanceof Element ? event.target : null;
    const button = target?.closest<HTMLElement>('[data-phone-act]');
    const act = button?.dataset['phoneAct'];
    const call = this.engine.snapshot()?.calls.find((one) => one.id === button?.dataset['phoneCall']);
    if (isAct(act)) {
      if (call) void this.#tell(perform(act, call, this.#run));
      // Drawn by a circuit that has not heard of the end yet.
      else this.#sayWhy('noCall');
    } else if (target?.closest('[data-phone-prepare]')) {
      // Straight from the click: sound and microphone are let through to clicks only.
      void this.#tell(this.#run('prepare', {}));
    } else {
      const link = target?.closest<HTMLAnchorElement>('a[data-phone-window]');
      if (!link) return;
      event.preventDefault();
      event.stopImmediatePropagation();
      window.open(link.href, 'callcenter-phone', 'popup,width=400,height=760')?.focus();
    }
  }

  #key(event: KeyboardEvent): void {
    if (event.ctrlKey || event.metaKey || event.altKey || event.shiftKey || event.repeat) return;
    // Client/src/js/shortcuts.js opens the panel with it, which nobody draws meanwhile.
    if (event.key === 'p' && circuitLost(this.page) && !isTyping(event.target)) this.#sayWhy('noPortal');
    const meant = keyAct(event.key, this.engine.snapshot()?.calls ?? []);
    if (!meant) return;
    event.preventDefault();
    event.stopPropagation();
    if ('why' in meant) this.#sayWhy(meant.why);
    else void this.#tell(perform(meant.act, meant.call, this.#run));
  }

  #sayWhy(why: NoKey): void {
    this.#say.say(this.config.texts.noKey[why], topDialog(this.page) ?? this.page.body);
  }

  #submit(event: SubmitEvent): void {
    if (!(event.target instanceof HTMLFormElement) || event.target.id !== 'sign-out') return;
    if ((this.engine.snapshot()?.calls.length ?? 0) === 0) {
      this.engine.stop();
      return;
    }
    event.preventDefault();
    const [panel] = this.#attached.values();
    if (panel && !circuitLost(this.page)) void panel.invokeMethodAsync('OnSignOut').catch(() => undefined);
    else if (window.confirm(this.config.texts.signOut)) this.signOut();
  }

  async #tell(result: Promise<CommandResult>): Promise<void> {
    const answer = await result;
    if (answer.ok) return;
    for (const panel of this.#attached.values()) {
      try {
        void panel.invokeMethodAsync('OnFailed', answer.error, answer.sipCode ?? null).catch(() => undefined);
      } catch {
        // A circuit that is gone hears of it by the next snapshot.
      }
    }
  }
}
