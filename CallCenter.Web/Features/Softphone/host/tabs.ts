import type { CommandName, CommandResult, PhoneSnapshot } from '../contract';
import { refused } from '../contract';
import type { Clock, Timer } from '../engine/ports';
import type { TabChannel } from './ports';

/* What the tabs of one user say to each other. */
export type TabMessage =
  | { readonly kind: 'hello'; readonly tab: string }
  | { readonly kind: 'state'; readonly tab: string; readonly snapshot: PhoneSnapshot }
  | { readonly kind: 'leaving'; readonly tab: string }
  /** The leader steps back for this tab; the others wait a moment before they ask for the lock again. */
  | { readonly kind: 'yield'; readonly tab: string; readonly to: string }
  | { readonly kind: 'command'; readonly tab: string; readonly id: string; readonly name: CommandName; readonly args: unknown }
  | { readonly kind: 'received'; readonly tab: string; readonly id: string }
  | { readonly kind: 'result'; readonly tab: string; readonly id: string; readonly result: CommandResult };

export function isTabMessage(value: unknown): value is TabMessage {
  return typeof value === 'object' && value !== null && 'kind' in value && typeof value.kind === 'string' && 'tab' in value && typeof value.tab === 'string';
}

const repeatMs = 1_000;
const repeats = 5;
const resultMs = 90_000;

interface Pending {
  readonly resolve: (result: CommandResult) => void;
  timer: Timer;
}

/** Sends commands to the leader and waits for their results. Repeating is harmless: the leader knows the id. */
export class RemoteCommands {
  readonly #pending = new Map<string, Pending>();

  constructor(private readonly channel: TabChannel, private readonly clock: Clock, private readonly tab: string) {}

  send(id: string, name: CommandName, args: unknown): Promise<CommandResult> {
    return new Promise((resolve) => {
      const attempt = (left: number) => {
        if (left === 0) {
          this.#settle(id, refused('phone.noLeader'));
          return;
        }
        this.channel.post({ kind: 'command', tab: this.tab, id, name, args } satisfies TabMessage);
        this.#pending.set(id, { resolve, timer: this.clock.after(repeatMs, () => { attempt(left - 1); }) });
      };
      attempt(repeats);
    });
  }

  received(id: string): void {
    const pending = this.#pending.get(id);
    if (!pending) return;
    pending.timer.cancel();
    pending.timer = this.clock.after(resultMs, () => { this.#settle(id, refused('phone.timeout')); });
  }

  result(id: string, result: CommandResult): void {
    this.#settle(id, result);
  }

  #settle(id: string, result: CommandResult): void {
    const pending = this.#pending.get(id);
    if (!pending) return;
    pending.timer.cancel();
    this.#pending.delete(id);
    pending.resolve(result);
  }
}
