import type { CommandName, CommandResult, Commands, ErrorCode } from '../contract';
import { done, refused } from '../contract';
import type { Call } from './call';
import { capture, release } from './capture';
import { isEstablished } from './callStates';
import type { OfferOutcome } from './offers';
import type { Phone } from './phone';
import { transfer } from './transfers';

/** The commands that the engine itself carries out; the host adds those about devices, tabs and records. */
export type EngineCommand = Exclude<CommandName, 'devices' | 'prepare' | 'microphoneTest' | 'speakerTest' | 'acknowledge' | 'takeOver'>;

type Handlers = { readonly [N in EngineCommand]: (args: Commands[N]) => Promise<CommandResult> | CommandResult };

const numberPattern = /^\+?[*#0-9A-Za-z_.-]{1,64}$/;
const tonesPattern = /^[0-9A-Da-d*#,]{1,64}$/;

const outcomeOf = (outcome: OfferOutcome): CommandResult =>
  outcome.ok ? done : refused(outcome.error, outcome.sipCode ?? undefined);

export function engineCommands(phone: Phone): Handlers {
  const changed = () => { phone.changed(); };
  const withCall = async (id: string, run: (call: Call) => Promise<CommandResult> | CommandResult): Promise<CommandResult> => {
    const call = phone.call(id);
    return call ? await run(call) : refused('call.unknown');
  };
  const established = (id: string, run: (call: Call) => Promise<CommandResult> | CommandResult) =>
    withCall(id, (call) => isEstablished(call.state) ? run(call) : refused('call.wrongState'));
  const blind = (id: string, kind: 'blind' | 'park' | 'conference', number: string | null) =>
    established(id, (call) => {
      const target = number === null ? null : phone.line.ua?.normalizeTarget(number);
      if (number === null) return refused('transfer.notConfigured');
      return target ? transfer(call, kind, target, number, null, phone.ports.clock, changed) : refused('call.badNumber');
    });

  return {
    dial: (args) => dial(phone, args),
    answer: ({ callId }) => withCall(callId, (call) => {
      if (call.state !== 'ringing') return refused('call.wrongState');
      void phone.answer(call);
      return done;
    }),
    reject: ({ callId, busy }) => withCall(callId, (call) => {
      if (call.direction !== 'in' || isEstablished(call.state)) return refused('call.wrongState');
      call.hangUp('local', 'rejected', busy === true ? 486 : 603);
      return done;
    }),
    hangUp: ({ callId }) => withCall(callId, (call) => {
      call.hangUp('local');
      return done;
    }),
    hold: ({ callId }) => established(callId, async (call) => outcomeOf(await call.offer('hold'))),
    resume: ({ callId }) => established(callId, async (call) => {
      phone.holdOthers(call);
      phone.ports.audio.silence(call.id, false);
      return outcomeOf(await call.offer('resume'));
    }),
    mute: ({ callId, on }) => withCall(callId, (call) => {
      call.mute(on);
      return done;
    }),
    dtmf: ({ callId, tones }) => established(callId, (call) => {
      if (!tonesPattern.test(tones)) return refused('call.badTones');
      call.dtmf(tones, phone.policy.dtmf === 'info' ? 'INFO' : 'RFC2833');
      return done;
    }),
    transfer: ({ callId, number }) => numberPattern.test(number) ? blind(callId, 'blind', number) : refused('call.badNumber'),
    transferTo: ({ callId, otherCallId }) => established(callId, (call) => established(otherCallId, (other) => {
      const target = other.session?.remote_identity.uri;
      if (!target || other === call) return refused('call.wrongState');
      return transfer(call, 'attended', target, other.caller.number, other, phone.ports.clock, changed);
    })),
    threeWay: async ({ callId, otherCallId }) => {
      const room = phone.policy.conferenceNumber;
      if (room === null) return refused('transfer.notConfigured');
      for (const id of [otherCallId, callId]) {
        const moved = await blind(id, 'conference', room);
        if (!moved.ok) return moved;
      }
      return await dial(phone, { number: room });
    },
    park: ({ callId }) => blind(callId, 'park', phone.policy.parkNumber),
    dnd: ({ on }) => {
      phone.dnd = on;
      return done;
    },
    announce: ({ token, number }) => {
      phone.autoAnswer.announce(token, number);
      return done;
    },
    retry: () => {
      phone.line.retry();
      return done;
    },
  };
}

async function dial(phone: Phone, { number, headers }: Commands['dial']): Promise<CommandResult> {
  if (!numberPattern.test(number)) return refused('call.badNumber');
  const down: ErrorCode = phone.line.snapshot().state === 'authFailed' ? 'line.credentials' : 'line.down';
  if (!phone.line.isReady()) return refused(down);
  if (phone.full) return refused('call.tooMany');
  const call = phone.add('out', number);
  phone.holdOthers(call);
  const captured = await capture(phone.ports.microphone);
  if (!captured.stream) {
    call.end('system', captured.cause);
    return refused(captured.error);
  }
  const ua = phone.line.ua;
  const target = ua?.normalizeTarget(number);
  if (call.ended || !ua || !target || !phone.line.isReady()) {
    release(captured.stream);
    call.end('system', 'signallingLost');
    return refused(down);
  }
  const session = ua.call(target, {
    mediaStream: captured.stream,
    pcConfig: phone.peerConfig,
    extraHeaders: Object.entries(headers ?? {})
      .filter(([name, value]) => /^x-[a-z0-9-]{1,40}$/i.test(name) && /^[^\r\n]{0,256}$/.test(value))
      .map(([name, value]) => `${name}: ${value}`),
  });
  call.adopt(session);
  if (session.connection) call.watch(session.connection, captured.stream);
  return { ok: true, callId: call.id };
}
