/** Checks user names and passwords, and refuses to for a while whoever fails too often. */
import type { EpochMs } from '../../shared/contract/messages.ts';
import { type SecretName, userSecret } from '../../shared/settings/secrets.ts';
import type { ServerSettings } from '../../shared/settings/server-settings.ts';
import { hashOfNobody, type PasswordHasher } from '../base/password-hash.ts';
import type { Ports } from '../base/ports.ts';
import { canonicalAddress } from './client-address.ts';
import { createLoginLocks } from './login-locks.ts';
import type { Authenticator } from './types.ts';

export interface AuthenticatorOptions {
  readonly settings: () => ServerSettings;
  readonly secret: (name: SecretName) => string | null;
  /** One for all servers: it bounds how many passwords are checked at a time. */
  readonly passwords: Pick<PasswordHasher, 'verify'>;
  readonly ports: Pick<Ports, 'clock' | 'log'>;
}

type Outcome = Awaited<ReturnType<Authenticator['check']>>;

/** A name that is longer is nobody's; it is cut so that it takes no room, and cannot become somebody's by that. */
const longestUser = 101;
/** Of a user name in the log: people type their password there by mistake. */
const loggedUserLength = 20;

export function createAuthenticator({ settings, secret, passwords, ports }: AuthenticatorOptions): Authenticator {
  const { clock, log } = ports;
  const locks = createLoginLocks(() => {
    const { 'access.lockoutThreshold': threshold, 'access.lockoutTime': lockoutS } = settings();
    return { threshold, lockoutMs: lockoutS * 1_000, nowMs: clock.now() };
  });

  const hashOf = (user: string): string => {
    const known = settings()['access.users'].find((name) => canonicalUser(name) === user);
    return (known === undefined ? null : secret(userSecret(known))) ?? hashOfNobody;
  };

  const outcomeOf = async (client: string, user: string, password: string): Promise<Outcome> => {
    if (locks.isLocked(client, user)) return 'locked';
    const verified = await passwords.verify(password, hashOf(user)).catch((error: unknown) => {
      // Short of memory, for instance: nothing the client did wrong.
      log.error('password not checked', error, { client });
      return 'busy' as const;
    });
    // Again: of many guesses sent at once, only as many may be answered as of guesses sent one after the other.
    if (locks.isLocked(client, user)) return 'locked';
    if (verified === 'match') {
      locks.succeeded(client, user);
      return 'accepted';
    }
    const shown = { client, user: shortened(user) };
    if (verified === 'busy') {
      log.warn('login not checked', { ...shown, reason: 'too many logins at once' });
      return 'locked';
    }
    log.warn('login refused', { ...shown, reason: 'wrong user name or password' });
    for (const { who, untilMs } of locks.failed(client, user)) {
      log.warn('logins locked', { ...shown, who, until: instantText(untilMs) });
    }
    return 'refused';
  };

  const delay = (): Promise<void> =>
    new Promise((resolve) => {
      clock.after(settings()['access.failedLoginDelay'] * 1_000, resolve);
    });

  return {
    async check({ clientAddress, user, password }) {
      const outcome = await outcomeOf(canonicalAddress(clientAddress), canonicalUser(user), password);
      if (outcome !== 'accepted') await delay();
      return outcome;
    },
  };
}

const canonicalUser = (user: string): string => user.slice(0, longestUser).normalize('NFC').toLowerCase();

function shortened(user: string): string {
  const plain = user.replace(/\p{C}/gu, '\u{FFFD}');
  return plain.length > loggedUserLength ? `${plain.slice(0, loggedUserLength)}…` : plain;
}

const instantText = (atMs: EpochMs): string => new Date(atMs).toISOString();
