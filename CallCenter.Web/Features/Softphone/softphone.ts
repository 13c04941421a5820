import { hostWorld } from './browser/hostWorld';
import type { CommandName, CommandResult, Commands, DotNetPhone, HostConfig, PhoneSnapshot } from './contract';
import { refused } from './contract';
import { Host } from './host/host';

/* What dist/softphone.js exports. One host per page, whatever components come and go; contract.ts has the shapes. */

let host: Host | null = null;

/** Starts this page's phone once; later calls change nothing. */
export function start(config: HostConfig): void {
  if (host) return;
  host = new Host(hostWorld(config), config);
  host.start();
}

/** Hangs up, unregisters and lets another tab lead: for signing out. */
export function stop(): void {
  host?.stop();
  host = null;
}

/** From now on `phone` receives `OnPhone(snapshot)`; the present state comes at once. */
export function attach(key: string, phone: DotNetPhone): void {
  host?.attach(key, phone);
}

export function detach(key: string): void {
  host?.detach(key);
}

/** Repeating a command under the same id is harmless: the first one's result comes back. */
export function cmd<N extends CommandName>(commandId: string, name: N, args: Commands[N]): Promise<CommandResult> {
  return host?.cmd(commandId, name, args) ?? Promise.resolve(refused('phone.stopped'));
}

export function snapshot(): PhoneSnapshot | null {
  return host?.snapshot() ?? null;
}

/** For script that draws the phone without .NET. Returns what ends the subscription. */
export function subscribe(listener: (snapshot: PhoneSnapshot) => void): () => void {
  return host?.snapshots.on(listener) ?? (() => undefined);
}
