import type { HostConfig, Permission } from '../contract';
import type { HostPorts, LockRequest, Notifier, Page, TabChannel } from '../host/ports';
import { clock, engineWorld } from './engineWorld';
import { Microphones } from './microphones';
import { Speakers } from './speakers';
import { BrowserTones } from './tones';

/** The host's ports over the browser. */
export function hostWorld(config: HostConfig): HostPorts {
  const speakers = new Speakers();
  const microphones = new Microphones(speakers);
  return {
    clock,
    newId: () => crypto.randomUUID(),
    locks: { request: requestLock },
    channel: channelOf(config.user),
    store: {
      get: (key) => localStorage.getItem(key),
      set: (key, value) => {
        if (value === null) localStorage.removeItem(key);
        else localStorage.setItem(key, value);
      },
    },
    page: pageOf(),
    notifier,
    tones: new BrowserTones(),
    devices: microphones,
    engine: engineWorld(config.sessionUrl, microphones, speakers),
  };
}

function requestLock(name: string, granted: () => void): LockRequest {
  const waiting = new AbortController();
  let giveBack: () => void = () => undefined;
  const held = new Promise<void>((resolve) => { giveBack = resolve; });
  navigator.locks.request(name, { signal: waiting.signal }, () => {
    granted();
    return held;
  }).catch(() => undefined);
  return {
    release: () => {
      waiting.abort();
      giveBack();
    },
  };
}

function channelOf(user: string): TabChannel {
  const channel = new BroadcastChannel(`callcenter.phone.${user}`);
  const port: TabChannel = { onmessage: null, post: (message) => { channel.postMessage(message); } };
  channel.onmessage = (event) => port.onmessage?.(event.data);
  return port;
}

function pageOf(): Page {
  const ask = (event: BeforeUnloadEvent) => { event.preventDefault(); };
  return {
    get title() { return document.title; },
    set title(value: string) { document.title = value; },
    hidden: () => document.visibilityState === 'hidden' || !document.hasFocus(),
    focus: () => { window.focus(); },
    onNudge: (run) => {
      window.addEventListener('online', run);
      document.addEventListener('visibilitychange', () => { if (document.visibilityState === 'visible') run(); });
    },
    onLeave: (run) => { window.addEventListener('pagehide', run); },
    onReturn: (run) => { window.addEventListener('pageshow', (event) => { if (event.persisted) run(); }); },
    guardUnload: (on) => {
      if (on) window.addEventListener('beforeunload', ask);
      else window.removeEventListener('beforeunload', ask);
    },
  };
}

const permissionOf = (state: NotificationPermission): Permission => (state === 'default' ? 'prompt' : state);

const notifier: Notifier = {
  permission: () => ('Notification' in window ? permissionOf(Notification.permission) : 'unknown'),
  request: async () => ('Notification' in window ? permissionOf(await Notification.requestPermission()) : 'unknown'),
  onChange: (run) => {
    navigator.permissions.query({ name: 'notifications' }).then(
      (status) => { status.addEventListener('change', run); },
      () => undefined,
    );
  },
  show: (title, body, clicked) => {
    const notice = new Notification(title, { body, tag: 'callcenter.phone', requireInteraction: true });
    notice.onclick = () => {
      clicked();
      notice.close();
    };
    return notice;
  },
};
