import type { CommandResult } from '../contract';

const remembered = 200;

/** A command that comes again under the same id is not carried out again: it gets the first one's result, or waits for it. */
export class Once {
  readonly #results = new Map<string, Promise<CommandResult>>();

  run(id: string, command: () => Promise<CommandResult>): Promise<CommandResult> {
    const known = this.#results.get(id);
    if (known) return known;
    const result = command();
    this.#results.set(id, result);
    const [oldest] = this.#results.keys();
    if (this.#results.size > remembered && oldest !== undefined) this.#results.delete(oldest);
    return result;
  }
}
