/** A user of basic authentication as the dialog edits it. Pure. */
import { userName } from '../../../shared/settings/patterns.ts';

export interface UserEntry {
  readonly name: string;
  readonly password: string;
  readonly confirmation: string;
}

export type UserProblem = 'name' | 'duplicate' | 'noPassword' | 'different';

/** @param others  Names it must differ from; upper and lower case are the same. */
export function userProblem(entry: UserEntry, others: readonly string[]): UserProblem | null {
  const name = entry.name.trim();
  if (!userName.safeParse(name).success) return 'name';
  if (others.some((other) => other.toLowerCase() === name.toLowerCase())) return 'duplicate';
  if (entry.password === '') return 'noPassword';
  return entry.password === entry.confirmation ? null : 'different';
}
