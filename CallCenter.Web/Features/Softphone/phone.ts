import type * as Softphone from './softphone';
import type { CommandName, CommandResult, Commands } from './contract';
import { refused } from './contract';
import { gather, type IceReport } from './portal/doctor';
import { Panel, type DotNetPanel } from './portal/panel';
import type { PortalConfig } from './portal/texts';

export { keepWrapUps, keptWrapUps } from './portal/wrapUps';

/*
 * What dist/phone.js exports to PhoneHost.razor: the portal's side of the phone. It brings the engine (dist/softphone.js) itself, once per
 * page; components come and go.
 */

let engine: Promise<typeof Softphone> | null = null;
let panel: Panel | null = null;

export async function open(engineUrl: string, config: PortalConfig): Promise<void> {
  engine ??= import(engineUrl) as Promise<typeof Softphone>;
  const softphone = await engine;
  softphone.start({ user: config.user, sessionUrl: config.sessionUrl, ringtone: config.ringtone, texts: { incomingCall: config.texts.incomingCall } });
  panel ??= new Panel(document, softphone, config);
}

export function attach(key: string, phone: DotNetPanel): void {
  panel?.attach(key, phone);
}

export function detach(key: string): void {
  panel?.detach(key);
}

export async function cmd<N extends CommandName>(commandId: string, name: N, args: Commands[N]): Promise<CommandResult> {
  return engine ? (await engine).cmd(commandId, name, args) : refused('phone.stopped');
}

export function signOut(): void {
  panel?.signOut();
}

/** For the check of the own phone. */
export function candidates(sessionUrl: string): Promise<IceReport> {
  return gather(sessionUrl);
}

/** The browser, for support. */
export function agent(): string {
  return navigator.userAgent;
}
