/** Secrets that OK and Apply will set or remove. Their present values are not known here, only whether there is one. Pure. */
import type { SecretName } from '../../shared/settings/secrets.ts';

/** Null removes the secret. */
export type SecretChanges = ReadonlyMap<SecretName, string | null>;

export const noSecretChanges: SecretChanges = new Map();

/** 'set' and 'none' as the relay has it; the others once the changes are applied. */
export type SecretState = 'set' | 'none' | 'willBeSet' | 'willBeRemoved';

const isSet = (names: readonly SecretName[], name: SecretName): boolean =>
  // The relay takes user names and domains as the same in every spelling.
  names.some((known) => known.toLowerCase() === name.toLowerCase());

export function secretState(names: readonly SecretName[], changes: SecretChanges, name: SecretName): SecretState {
  const change = changes.get(name);
  if (typeof change === 'string') return 'willBeSet';
  if (!isSet(names, name)) return 'none';
  return change === null ? 'willBeRemoved' : 'set';
}

/** @param value  Undefined: as it is. Removing what is not there is no change. */
export function withSecretChange(
  names: readonly SecretName[],
  changes: SecretChanges,
  name: SecretName,
  value: string | null | undefined,
): SecretChanges {
  const next = new Map(changes);
  if (value === undefined || (value === null && !isSet(names, name))) next.delete(name);
  else next.set(name, value);
  return next;
}
