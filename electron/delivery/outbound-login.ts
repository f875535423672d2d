/** Proving to a next hop who we are: PLAIN, LOGIN (RFC 4954) or XOAUTH2, never in clear text over a network. */
import { isIP } from 'node:net';
import type { SMTPConnectionCustomAuthHandler } from 'nodemailer/lib/smtp-connection';
import type { Failure } from '../../shared/contract/messages.ts';
import type { OutboundSecurity } from '../../shared/settings/outbound-security.ts';
import type { ConversationWatch } from './conversation-watch.ts';
import { replyFailure, temporaryFailure } from './failure.ts';
import type { OutboundConnection } from './outbound-connection.ts';
import type { ConversationError } from './reply-class.ts';
import type { TokenCache, TokenRequest } from './token-cache.ts';

/** What a login needs of the connection. */
export type LoginConnection = Pick<
  OutboundConnection,
  'secure' | 'offered' | 'destroyed' | 'login' | 'once' | 'removeListener'
>;

export interface Login {
  readonly security: OutboundSecurity;
  readonly secrets: { readonly password: string | null; readonly clientSecret: string | null };
  readonly tokens: TokenCache;
  /** Of the peer. */
  readonly address: string;
  /** For people. */
  readonly host: string;
  readonly signal: AbortSignal;
}

/** Not called XOAUTH2: for that name without a token generator nodemailer sends the token as a password by another mechanism. */
export const tokenMethod = 'TOKEN';

/** SASL XOAUTH2 as Microsoft and Google define it; nodemailer's own wants to fetch tokens itself. */
export const logInWithToken: SMTPConnectionCustomAuthHandler = async ({ auth, sendCommand, resolve, reject }) => {
  const { user, pass } = auth.credentials;
  const proof = Buffer.from(`user=${user}\u0001auth=Bearer ${pass}\u0001\u0001`).toString('base64');
  let { response } = await sendCommand(`AUTH XOAUTH2 ${proof}`);
  // The challenge only says why not; an empty answer asks for the refusal itself.
  if (response.startsWith('334')) ({ response } = await sendCommand(''));
  if (response.startsWith('2')) resolve();
  else reject('Invalid login');
};

/** Over an open connection, before the first message. @returns why it cannot be used, or null; always temporary */
export async function logIn(
  connection: LoginConnection,
  watch: Pick<ConversationWatch, 'loss'>,
  login: Login,
): Promise<Failure | null> {
  const { security, host } = login;
  const { authentication, userName } = security;
  if (authentication === 'none') return null;
  const refuse = (reason: string): Failure => temporaryFailure('auth', `${host}: ${reason}.`);
  if (!connection.secure && !isLoopback(login.address)) {
    return refuse(
      'the connection is not encrypted, so the login was not sent; TLS is to be required, or no login used',
    );
  }
  const offered = mechanismsOf(connection.offered);
  if (authentication === 'basic') {
    const mechanism = ['PLAIN', 'LOGIN'].find((name) => offered.has(name));
    if (mechanism === undefined) return refuse(notOffered('login with user name and password', offered));
    const { password } = login.secrets;
    if (userName === '' || password === null) return refuse('the settings have no user name or no password for it');
    return asFailure(await tryLogin(connection, watch, mechanism, userName, password), login);
  }
  if (!offered.has('XOAUTH2')) return refuse(notOffered('login by OAuth (XOAUTH2)', offered));
  return await logInByToken(connection, watch, login, refuse);
}

async function logInByToken(
  connection: LoginConnection,
  watch: Pick<ConversationWatch, 'loss'>,
  login: Login,
  refuse: (reason: string) => Failure,
): Promise<Failure | null> {
  const { security, secrets, tokens, signal } = login;
  if (security.userName === '' || security.oauthTokenEndpoint === '' || secrets.clientSecret === null) {
    return refuse('the settings have no user name, no token endpoint or no client secret for it');
  }
  const request: TokenRequest = {
    endpoint: security.oauthTokenEndpoint,
    clientId: security.oauthClientId,
    clientSecret: secrets.clientSecret,
    scope: security.oauthScope,
  };
  let refusal: ConversationError | null = null;
  // A token may have been withdrawn before its time: once more with a new one.
  for (let round = 1; round <= 2; round += 1) {
    const answer = await tokens.get(request, signal);
    if ('reason' in answer) return refuse(answer.reason);
    refusal = await tryLogin(connection, watch, tokenMethod, security.userName, answer.token);
    if (refusal === null) return null;
    if (refusal.responseCode !== 535) break;
    tokens.forget(request, answer.token);
    if (connection.destroyed) break;
  }
  return asFailure(refusal, login);
}

const tryLogin = (
  connection: LoginConnection,
  watch: Pick<ConversationWatch, 'loss'>,
  method: string,
  user: string,
  pass: string,
): Promise<ConversationError | null> =>
  new Promise((resolve) => {
    // A reason that nodemailer may yet give comes first.
    const lost = (): void => void setImmediate(() => resolve(watch.loss));
    connection.once('end', lost);
    connection.login({ method, user, pass, credentials: { user, pass } }, (error) => {
      connection.removeListener('end', lost);
      resolve(error);
    });
  });

const asFailure = (error: ConversationError | null, { host, security }: Login): Failure | null => {
  if (error === null) return null;
  const what = `${host} did not accept the login of ${security.userName}`;
  if (error.response === undefined) return temporaryFailure('auth', `${what} (${error.message}).`);
  const failure = replyFailure('auth', false, error.response);
  return { ...failure, text: temporaryFailure('auth', `${what}: ${failure.text}`).text };
};

const notOffered = (wanted: string, offered: ReadonlySet<string>): string =>
  offered.size === 0
    ? `the server offers no login (AUTH), but ${wanted} is set`
    : `the server does not offer ${wanted}, only ${[...offered].join(', ')}`;

/** 'AUTH PLAIN LOGIN', and 'AUTH=LOGIN' of old servers. */
const mechanismsOf = (extensions: readonly string[]): ReadonlySet<string> =>
  new Set(
    extensions.flatMap((line) =>
      /^AUTH[ =]/.test(line)
        ? line
            .slice(5)
            .split(/[ =]+/)
            .filter((name) => name !== '')
        : [],
    ),
  );

const isLoopback = (address: string): boolean =>
  address === '::1' || (isIP(address) === 4 && address.startsWith('127.')) || /^::ffff:127\./i.test(address);
