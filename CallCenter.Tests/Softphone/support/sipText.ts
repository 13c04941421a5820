/** A SIP message as it stands on the wire, read by hand so that the tests do not believe JsSIP about itself. */
export class SipText {
  readonly startLine: string;
  readonly body: string;
  readonly #headers: readonly (readonly [string, string])[];

  constructor(readonly text: string) {
    const split = text.indexOf('\r\n\r\n');
    const [startLine = '', ...lines] = text.slice(0, split).split('\r\n');
    this.startLine = startLine;
    this.body = text.slice(split + 4);
    this.#headers = lines.map((line) => {
      const colon = line.indexOf(':');
      return [line.slice(0, colon).trim().toLowerCase(), line.slice(colon + 1).trim()] as const;
    });
  }

  get method(): string {
    return this.status === null ? this.startLine.split(' ')[0] ?? '' : '';
  }

  get status(): number | null {
    return this.startLine.startsWith('SIP/2.0 ') ? Number(this.startLine.split(' ')[1]) : null;
  }

  get uri(): string {
    return this.startLine.split(' ')[1] ?? '';
  }

  get cseq(): number {
    return Number(this.header('cseq').split(' ')[0]);
  }

  get cseqMethod(): string {
    return this.header('cseq').split(' ')[1] ?? '';
  }

  header(name: string): string {
    return this.#headers.find(([key]) => key === name)?.[1] ?? '';
  }

  all(name: string): string[] {
    return this.#headers.filter(([key]) => key === name).map(([, value]) => value);
  }

  tag(name: 'from' | 'to'): string {
    return /;tag=([^;>\s]+)/.exec(this.header(name))?.[1] ?? '';
  }
}

export const reasons: Readonly<Record<number, string>> = {
  100: 'Trying', 180: 'Ringing', 183: 'Session Progress', 200: 'OK', 202: 'Accepted', 401: 'Unauthorized', 403: 'Forbidden', 404: 'Not Found',
  407: 'Proxy Authentication Required', 480: 'Temporarily Unavailable', 481: 'Call/Transaction Does Not Exist', 486: 'Busy Here',
  487: 'Request Terminated', 488: 'Not Acceptable Here', 491: 'Request Pending', 500: 'Server Internal Error', 503: 'Service Unavailable', 603: 'Decline',
};
