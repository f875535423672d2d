/** The server's side of AUTH: PLAIN and LOGIN (RFC 4954), XOAUTH2 with its challenge of reasons. */
import type { Reply } from './upstream-behaviour.ts';

export interface UpstreamLogin {
  readonly mechanism: string;
  readonly user: string;
  /** Password or token. */
  readonly secret: string;
}

const decoded = (base64: string): string => Buffer.from(base64, 'base64').toString('utf8');
const challenge = (text: string): string => `334 ${Buffer.from(text).toString('base64')}`;

/** @returns a function that answers every line that belongs to a login, and gives null for all others */
export function createLoginReader(
  logins: UpstreamLogin[],
): (line: string, offered: readonly string[], answerFor: (name: string) => Reply) => Reply | null {
  /** What the next line of the dialogue means. */
  let next: ((line: string) => Reply) | null = null;
  return (line, offered, answerFor) => {
    if (next !== null) {
      const answer = next;
      next = null;
      return answer(line);
    }
    const [, mechanism = '', initial = ''] = /^AUTH ([A-Z0-9-]+) ?(.*)$/i.exec(line) ?? [];
    if (mechanism === '') return null;
    if (!offered.includes(mechanism)) return '504 5.5.4 Unrecognized authentication type';
    const decide = (user: string, secret: string, name = user): Reply => {
      logins.push({ mechanism, user, secret });
      return answerFor(name);
    };
    switch (mechanism) {
      case 'PLAIN': {
        const [, user = '', secret = ''] = decoded(initial).split('\u0000');
        return decide(user, secret);
      }
      case 'LOGIN':
        next = (user) => {
          next = (secret) => decide(decoded(user), decoded(secret));
          return challenge('Password:');
        };
        return challenge('Username:');
      case 'XOAUTH2': {
        const [user = '', bearer = ''] = decoded(initial).split('\u0001');
        const token = bearer.slice('auth=Bearer '.length);
        const reply = decide(user.slice('user='.length), token, token);
        if (!reply.startsWith('535')) return reply;
        next = () => reply;
        return challenge('{"status":"401","schemes":"bearer"}');
      }
      default:
        return '504 5.5.4 Unrecognized authentication type';
    }
  };
}
