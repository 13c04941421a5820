import type { CallState } from '../contract';

/*
 * States of a call.
 *
 *   out: dialing ──> ringingOut ──> earlyMedia        in: ringing ──> answering
 *           │             │   ╲         │                    │            │
 *           │             └────┴────────┤                    │            │
 *           └──────────────────> connecting <────────────────┼────────────┘
 *                                     │                      │
 *                                   active                   │
 *                                     │                      │
 *        any state ───────────────> ended <──────────────────┘
 *
 *   connecting  answered; the handshake or the audio is not complete ("connecting audio")
 *   active      SIP acknowledged and ICE connected; stays active while audio is lost (see `media`)
 *   answering   the user answered; also while a call whose signalling broke waits to be delivered again, which may return it to ringing
 */
const next: Readonly<Record<CallState, readonly CallState[]>> = {
  dialing: ['ringingOut', 'earlyMedia', 'connecting', 'ended'],
  ringingOut: ['earlyMedia', 'connecting', 'ended'],
  earlyMedia: ['ringingOut', 'connecting', 'ended'],
  ringing: ['answering', 'ended'],
  answering: ['ringing', 'connecting', 'ended'],
  connecting: ['active', 'answering', 'ended'],
  active: ['ended'],
  ended: [],
};

export const mayMove = (from: CallState, to: CallState): boolean => next[from].includes(to);

export const isEstablished = (state: CallState): boolean => state === 'connecting' || state === 'active';
