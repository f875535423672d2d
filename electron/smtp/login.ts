/** AUTH PLAIN and LOGIN of one connection: when it may be tried, how often, and what it is answered. RFC 4954. */
import type { SMTPServerAuthentication } from 'smtp-server';
import type { ServerSettings } from '../../shared/settings/server-settings.ts';
import type { Log } from '../base/ports.ts';
import { type Reply, replies } from './replies.ts';
import type { Authenticator } from './types.ts';

export interface LoginState {
  /** The connection is encrypted. */
  readonly secure: boolean;
  /** MAIL was accepted, and the message has not ended. */
  readonly inTransaction: boolean;
}

export type LoginSettings = Pick<ServerSettings, 'access.basic' | 'access.basicRequiresTls'>;

/** AUTH is announced. */
export const offersLogin = (settings: LoginSettings, secure: boolean): boolean =>
  settings['access.basic'] && (secure || !settings['access.basicRequiresTls']);

/** Failed logins of one connection; whoever wants to guess on comes back, and meets the lockout. */
const failuresLimit = 3;

export class Login {
  readonly #authenticator: Authenticator;
  readonly #log: Log;
  #failures = 0;
  #checking = false;

  constructor(options: { readonly authenticator: Authenticator; readonly log: Log }) {
    this.#authenticator = options.authenticator;
    this.#log = options.log;
  }

  /** A password is being checked. */
  get checking(): boolean {
    return this.#checking;
  }

  /** @param line  'AUTH …'. @returns why it is not tried; null when it is. */
  refusal(line: string, settings: LoginSettings, { secure, inTransaction }: LoginState): Reply | null {
    if (!settings['access.basic']) return null; // not offered at all, and answered like any unknown command
    if (!offersLogin(settings, secure)) return replies.loginNeedsTls;
    if (inTransaction) return replies.loginInTransaction;
    if (this.#failures >= failuresLimit) return replies.tooManyLogins;
    const [, , initialResponse] = line.trim().split(/\s+/);
    // RFC 4954 section 4: '=' is an empty initial response.
    return initialResponse === undefined || initialResponse === '=' ? null : this.continuationRefusal(initialResponse);
  }

  /** The client's answer to a 334. '*' gives up, and the library says so. */
  continuationRefusal(line: string): Reply | null {
    const text = line.trim();
    return text === '*' || isBase64(text) ? null : replies.loginNotBase64;
  }

  /** @returns the refusal, or the user who has logged in. */
  async check(clientAddress: string, login: SMTPServerAuthentication): Promise<Reply | { readonly user: string }> {
    const { username = '', password, authzid } = login;
    // RFC 4616: a name before the user's own asks to act for somebody else. Nobody may.
    const forSomebodyElse = authzid !== undefined && authzid !== '' && authzid !== username;
    if (forSomebodyElse || username === '' || typeof password !== 'string') return this.#failed(replies.loginRefused);
    this.#checking = true;
    try {
      const result = await this.#authenticator.check({ clientAddress, user: username, password });
      if (result === 'accepted') return { user: username };
      return this.#failed(result === 'locked' ? replies.loginLocked : replies.loginRefused);
    } catch (error) {
      this.#log.error('login not checked', error, { client: clientAddress });
      return replies.loginUnavailable;
    } finally {
      this.#checking = false;
    }
  }

  #failed(reply: Reply): Reply {
    this.#failures += 1;
    return reply;
  }
}

/** RFC 4648 section 4. The library reads whatever it can of anything. */
const isBase64 = (text: string): boolean => text.length % 4 === 0 && /^[A-Za-z0-9+/]*={0,2}$/.test(text);
