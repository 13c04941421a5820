const key = 'callcenter.phone.wrapups';

/** Ids of calls that the reader is still writing about in this tab, over a reload. Ids only: what is written lies on the server. */
export function keptWrapUps(): string[] {
  try {
    const stored: unknown = JSON.parse(sessionStorage.getItem(key) ?? '[]');
    return Array.isArray(stored) ? (stored as unknown[]).filter((id) => typeof id === 'string') : [];
  } catch {
    return [];
  }
}

export function keepWrapUps(ids: readonly string[]): void {
  if (ids.length === 0) sessionStorage.removeItem(key);
  else sessionStorage.setItem(key, JSON.stringify(ids));
}
