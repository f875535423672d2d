/** Counts failed logins. Who is locked out, and until when; a small state machine without clock or passwords. */
import type { EpochMs } from '../../shared/contract/messages.ts';
import { keepNewest } from '../base/keep-newest.ts';

export interface LockTerms {
  /** Null: nobody is ever locked out. */
  readonly threshold: number | null;
  /** Failures within this time count together, and the lock lasts as long. */
  readonly lockoutMs: number;
  readonly nowMs: EpochMs;
}

export interface NewLock {
  /** 'client': this address for every user. 'user': this user from every address that has not logged in before. */
  readonly who: 'client' | 'user';
  readonly untilMs: EpochMs;
}

export interface LoginLocks {
  isLocked(client: string, user: string): boolean;
  /** The failures of this client for this user are forgiven; those for other users stay. */
  succeeded(client: string, user: string): void;
  /** @returns the locks that begin with this failure. */
  failed(client: string, user: string): readonly NewLock[];
}

interface Failures {
  readonly firstAtMs: EpochMs;
  /** Of a client: by user. Of a user: one count. */
  readonly counts: Map<string, number>;
  lockedAtMs: EpochMs | null;
}

/**
 * Everybody can fail on purpose for somebody else's name. A user is therefore locked only after many times as many
 * failures, and not for clients that have logged in as this user before: a stranger must not keep the others' mail out.
 */
const userFactor = 10;
const keptEntries = 10_000;

/** @param terms  The rules and the time of this moment. */
export function createLoginLocks(terms: () => LockTerms): LoginLocks {
  const clients = new Map<string, Failures>();
  const users = new Map<string, Failures>();
  const knownPairs = new Map<string, true>();

  /** Null when there are none that still count. */
  const current = (all: Map<string, Failures>, key: string, { lockoutMs, nowMs }: LockTerms): Failures | null => {
    const found = all.get(key);
    if (found === undefined) return null;
    // Negative when somebody sets the computer's clock back: a lock must not last for years.
    const ageMs = nowMs - (found.lockedAtMs ?? found.firstAtMs);
    if (ageMs >= 0 && ageMs < lockoutMs) return found;
    all.delete(key);
    return null;
  };

  const count = (all: Map<string, Failures>, key: string, what: string, limit: number, now: LockTerms): boolean => {
    const failures = current(all, key, now) ?? { firstAtMs: now.nowMs, counts: new Map(), lockedAtMs: null };
    failures.counts.set(what, (failures.counts.get(what) ?? 0) + 1);
    keepNewest(all, key, failures, keptEntries);
    if (failures.lockedAtMs !== null || sum(failures.counts) < limit) return false;
    failures.lockedAtMs = now.nowMs;
    return true;
  };

  return {
    isLocked(client, user) {
      const now = terms();
      if (now.threshold === null) return false;
      if (typeof current(clients, client, now)?.lockedAtMs === 'number') return true;
      return typeof current(users, user, now)?.lockedAtMs === 'number' && !knownPairs.has(pairOf(client, user));
    },

    succeeded(client, user) {
      keepNewest(knownPairs, pairOf(client, user), true, keptEntries);
      clients.get(client)?.counts.delete(user);
    },

    failed(client, user) {
      const now = terms();
      if (now.threshold === null) return [];
      const untilMs = now.nowMs + now.lockoutMs;
      const clientLocked = count(clients, client, user, now.threshold, now);
      const userLocked = count(users, user, '', now.threshold * userFactor, now);
      return [
        ...(clientLocked ? [{ who: 'client', untilMs } as const] : []),
        ...(userLocked ? [{ who: 'user', untilMs } as const] : []),
      ];
    },
  };
}

const sum = (counts: ReadonlyMap<string, number>): number => [...counts.values()].reduce((all, one) => all + one, 0);

/** An address has no line feed in it. */
const pairOf = (client: string, user: string): string => `${client}\n${user}`;
