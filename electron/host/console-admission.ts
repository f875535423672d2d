/** Who may use the browser console: a one-time token opens a session, a cookie carries it. */
import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';

/** Open consoles; the oldest session ends when more are opened. */
const maxSessions = 32;
const secretBytes = 32;

export interface ConsoleAdmission {
  /** Of the address to open next. Dies with its first use. */
  readonly token: string;
  /** The value of a session cookie, or null for a token that is wrong or was used. */
  exchange(token: string): string | null;
  knows(session: string): boolean;
}

export function createConsoleAdmission(): ConsoleAdmission {
  const newSecret = (): string => randomBytes(secretBytes).toString('base64url');
  const sessions: Buffer[] = [];
  let token = newSecret();
  return {
    get token() {
      return token;
    },
    exchange(candidate) {
      if (!timingSafeEqual(digest(candidate), digest(token))) return null;
      token = newSecret();
      const session = newSecret();
      sessions.push(digest(session));
      if (sessions.length > maxSessions) sessions.shift();
      return session;
    },
    knows(session) {
      const candidate = digest(session);
      return sessions.some((known) => timingSafeEqual(known, candidate));
    },
  };
}

/** Equal lengths for the comparison, whatever was sent. */
const digest = (secret: string): Buffer => createHash('sha256').update(secret).digest();
