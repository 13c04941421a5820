import type { WeightedServer } from '../../contract';

/** Addresses to try in turn, the heaviest first. */
export class Servers {
  readonly secure: boolean;
  readonly #urls: readonly string[];
  #next = 0;

  constructor(servers: readonly WeightedServer[]) {
    this.#urls = [...servers].sort((a, b) => b.weight - a.weight).map((server) => server.url);
    this.secure = this.#urls[0]?.startsWith('wss:') ?? true;
  }

  next(): string {
    const url = this.#urls[this.#next % this.#urls.length];
    this.#next += 1;
    if (url === undefined) throw new Error('The session names no server');
    return url;
  }
}
