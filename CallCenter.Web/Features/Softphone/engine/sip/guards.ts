import RequestSender from 'jssip/lib/RequestSender';
import type { SipResponse, SipSession } from './library';

/* Everything that reaches into JsSIP's internals, with the reason. The version is pinned exactly because of this file. */

export type InDialogAnswer = { readonly kind: 'answer'; readonly response: SipResponse } | { readonly kind: 'timeout' | 'flowLost' };

/**
 * Sends a re-INVITE of our own. JsSIP's `hold`, `unhold` and `renegotiate` end the call when it is refused, and on 491 both
 * sides try again after the same second, so they cross again (JsSIP#771, #806). The caller decides what an answer means.
 */
export function sendReinvite(session: SipSession, sdp: string): Promise<InDialogAnswer> {
  const dialog = session._dialog;
  if (!dialog) return Promise.resolve({ kind: 'flowLost' });
  const headers = [`Contact: ${session.contact}`, 'Content-Type: application/sdp'];
  const timers = session._sessionTimers;
  if (timers.running) {
    headers.push(`Session-Expires: ${String(timers.currentExpires)};refresher=${timers.refresher ? 'uac' : 'uas'}`);
  }
  const request = dialog._createRequest('INVITE', headers, sdp);
  // Makes JsSIP answer 491 to an INVITE that crosses this one.
  dialog.uac_pending_reply = true;
  return new Promise<InDialogAnswer>((resolve) => {
    let answered = false;
    new RequestSender(session._ua, request, {
      onRequestTimeout: () => { resolve({ kind: 'timeout' }); },
      onTransportError: () => { resolve({ kind: 'flowLost' }); },
      onAuthenticated: () => {
        dialog._local_seqnum += 1;
        dialog._outgoing_ack_seqnum = dialog._local_seqnum;
      },
      onReceiveResponse: (response: SipResponse) => {
        if (response.status_code < 200) return;
        if (response.status_code < 300) session.sendRequest('ACK');
        if (answered) return;
        answered = true;
        if (response.status_code < 300) session._handleSessionTimersInIncomingResponse(response);
        resolve({ kind: 'answer', response });
      },
    }).send();
  }).finally(() => {
    dialog.uac_pending_reply = false;
  });
}

/** The hold flag decides whether JsSIP lets the microphone through; only its own `hold` sets it, and that is not used. */
export function markLocalHold(session: SipSession, on: boolean): void {
  session._localHold = on;
  if (session.connection && !session.isEnded()) session._setLocalMediaStatus();
}

export interface SurvivalHandlers {
  /** The flow broke before the call was established: JsSIP ends the call after this. */
  lostBeforeAnswer(): void;
  /** Somebody answered 481 or 408, or nothing at all, to a request in the dialog: is the call still there? */
  doubtful(): void;
}

/**
 * JsSIP ends an established call when any request in it meets a broken flow, a timeout or 408. The audio flows meanwhile, and
 * the next registration brings the call back: a refresh, not this, decides whether it is still there.
 */
export function surviveErrors(session: SipSession, handlers: SurvivalHandlers): void {
  const original = {
    transport: session.onTransportError.bind(session),
    timeout: session.onRequestTimeout.bind(session),
    dialog: session.onDialogError.bind(session),
  };
  session.onTransportError = () => {
    if (session.isEstablished()) return;
    handlers.lostBeforeAnswer();
    original.transport();
  };
  session.onRequestTimeout = () => {
    if (session.isEstablished()) handlers.doubtful();
    else original.timeout();
  };
  session.onDialogError = () => {
    if (session.isEstablished()) handlers.doubtful();
    else original.dialog();
  };
}

/**
 * Cancels or hangs up. A 200 that crosses our CANCEL is ignored by JsSIP, and the far side talks to nobody until its timers
 * end it; with this flag JsSIP acknowledges it and sends BYE.
 */
export function terminate(session: SipSession, options?: { status_code: number }): void {
  if (session.isEnded()) return;
  try {
    session.terminate(options);
  } finally {
    session._is_canceled = true;
  }
}

export const callIdOf = (session: SipSession): string => session._request.call_id;
