import type { EndCause, EndedBy } from '../contract';
import type { EndEvent } from './sip/library';

export interface Ending {
  readonly by: EndedBy;
  readonly cause: EndCause;
  readonly sipCode: number | null;
}

export function causeOfStatus(code: number): EndCause {
  switch (code) {
    case 486: case 600: return 'busy';
    case 403: case 603: case 607: case 608: return 'rejected';
    case 404: case 410: case 484: case 604: return 'notFound';
    case 408: case 480: case 430: return 'unavailable';
    case 487: return 'cancelled';
    case 401: case 407: return 'credentials';
    case 415: case 488: case 606: return 'incompatible';
    default: return code >= 500 && code < 600 ? 'serverError' : 'failed';
  }
}

const causesOfJsSip: Readonly<Record<string, EndCause>> = {
  'Terminated': 'hangUp',
  'Canceled': 'cancelled',
  'No Answer': 'noAnswer',
  'Expires': 'noAnswer',
  'No ACK': 'timeout',
  'Request Timeout': 'timeout',
  'Connection Error': 'signallingLost',
  'Bad Media Description': 'incompatible',
  'Missing SDP': 'incompatible',
  'WebRTC Error': 'incompatible',
  'Rejected': 'rejected',
};

/** A PBX that rang several phones tells the others why it cancels: `Reason: SIP;cause=200;text="Call completed elsewhere"`. */
const completedElsewhere = (reason: string | undefined): boolean => /\bcause\s*=\s*200\b/.test(reason ?? '');

export function endingOf(event: EndEvent): Ending {
  const message = event.message;
  const code = message?.status_code;
  if (code !== undefined) return { by: 'remote', cause: causeOfStatus(code), sipCode: code };
  if (event.originator === 'remote' && completedElsewhere(message?.getHeader('reason'))) {
    return { by: 'remote', cause: 'answeredElsewhere', sipCode: null };
  }
  return { by: event.originator, cause: causesOfJsSip[event.cause] ?? 'failed', sipCode: null };
}
