/** Puts an entry in as the newest; beyond `limit` entries the oldest is forgotten, so that strangers cannot fill the memory. */
export function keepNewest<Key, Value>(entries: Map<Key, Value>, key: Key, value: Value, limit: number): void {
  entries.delete(key);
  entries.set(key, value);
  for (const oldest of entries.keys()) {
    if (entries.size <= limit) return;
    entries.delete(oldest);
  }
}
