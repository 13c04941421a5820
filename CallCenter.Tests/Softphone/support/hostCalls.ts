import type { SipText } from './sipText';
import type { Browser, Tab } from './browser';

/** A call comes in at the PBX and rings in the tab. */
export async function ringing(browser: Browser, tab: Tab, number = '2002'): Promise<SipText> {
  const invite = browser.rig.pbx.invite({ number });
  await browser.rig.clock.until('ringing', () => tab.snapshot.calls.find((call) => call.state === 'ringing'));
  return invite;
}

/** It is answered; the id of the call that is up now. */
export async function answered(browser: Browser, tab: Tab): Promise<string> {
  const invite = await ringing(browser, tab);
  const call = tab.snapshot.calls[0];
  await tab.run('answer', { callId: call?.id ?? '' });
  const ok = await browser.rig.pbx.expectStatus(200, 'INVITE');
  browser.rig.pbx.ack(invite, browser.rig.pbx.answeredDialog(invite, ok));
  await browser.rig.clock.until('active', () => tab.snapshot.calls[0]?.state === 'active');
  return call?.id ?? '';
}
