import { useCallback, useState } from 'react';

/**
 * State of a view that survives a restart of the console. Kept in localStorage under `smtp-relay.<key>`.
 * @param parse  Makes a valid value of whatever is found there (undefined: nothing, or not readable). Stable function.
 */
export function useRememberedState<Value>(
  key: string,
  parse: (raw: unknown) => Value,
): readonly [Value, (next: Value) => void] {
  const storageKey = `smtp-relay.${key}`;
  const [value, setValue] = useState(() => parse(readStored(storageKey)));
  const remember = useCallback(
    (next: Value) => {
      setValue(next);
      try {
        localStorage.setItem(storageKey, JSON.stringify(next));
      } catch {
        // Storage is full or switched off: the view works, it only forgets.
      }
    },
    [storageKey],
  );
  return [value, remember];
}

function readStored(storageKey: string): unknown {
  try {
    return JSON.parse(localStorage.getItem(storageKey) ?? 'null') ?? undefined;
  } catch {
    return undefined;
  }
}
