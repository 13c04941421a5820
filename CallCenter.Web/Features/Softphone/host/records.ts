import type { EndedCall } from '../contract';
import type { KeyValues } from './ports';

const most = 200;

/**
 * Ended calls that .NET has not acknowledged. They outlive circuit, tab and browser, so they lie in storage: numbers and times,
 * never a secret, and gone once acknowledged.
 */
export class Records {
  readonly #key: string;

  constructor(private readonly store: KeyValues, user: string) {
    this.#key = `callcenter.phone.ended.${user}`;
  }

  all(): readonly EndedCall[] {
    try {
      const stored: unknown = JSON.parse(this.store.get(this.#key) ?? '[]');
      return Array.isArray(stored) ? (stored as unknown[]).filter(isRecord) : [];
    } catch {
      return [];
    }
  }

  add(record: EndedCall): void {
    this.#write([...this.all().filter((one) => one.id !== record.id), record].slice(-most));
  }

  acknowledge(ids: readonly string[]): void {
    const rest = this.all().filter((one) => !ids.includes(one.id));
    this.#write(rest);
  }

  #write(records: readonly EndedCall[]): void {
    this.store.set(this.#key, records.length === 0 ? null : JSON.stringify(records));
  }
}

function isRecord(value: unknown): value is EndedCall {
  return typeof value === 'object' && value !== null && 'id' in value && typeof value.id === 'string' && 'endedAt' in value && 'cause' in value;
}
