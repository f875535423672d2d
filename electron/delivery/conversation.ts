/** One SMTP conversation with one host, over nodemailer's SMTPConnection. Knows the protocol; not schedule, spool or queue. */
import type { Socket } from 'node:net';
import type { EpochMs, Failure } from '../../shared/contract/messages.ts';
import type { OutboundSecurity } from '../../shared/settings/outbound-security.ts';
import type { Clock } from '../base/ports.ts';
import type { ProtocolLog } from '../logging/types.ts';
import { type ConversationTimeouts, ConversationWatch } from './conversation-watch.ts';
import { dial } from './dial.ts';
import { dryRun } from './dry-run.ts';
import { temporaryFailure } from './failure.ts';
import { formatHost, type HostCandidate } from './hosts.ts';
import type { Masquerade } from './masquerade.ts';
import { OutboundConnection } from './outbound-connection.ts';
import { logIn, logInWithToken, tokenMethod } from './outbound-login.ts';
import { type TlsTerms, tlsTerms } from './outbound-tls.ts';
import { prepareTransaction, type Supports } from './prepare-transaction.ts';
import { type ConversationError, openingFailure } from './reply-class.ts';
import type { TokenCache } from './token-cache.ts';
import { type Outcome, type Transaction, type TransactionResult, transact } from './transaction.ts';
import type { TrustStore } from './trust-store.ts';

export type { ConversationTimeouts, Masquerade, Outcome, Transaction };

export interface Conversation {
  readonly host: HostCandidate;
  /** The host as text; made once, for each of many messages. */
  readonly hostText: string;
  readonly startedAtMs: EpochMs;
  readonly encrypted: boolean;
  /** What the next hop said it can do (RFC 3461, 6152, 6531). */
  readonly supports: Supports;
  /** Transactions begun. */
  readonly messages: number;
  /** False once the connection is gone. */
  readonly usable: boolean;
  /** Never throws. One at a time. */
  send(transaction: Transaction): Promise<TransactionResult>;
  /** MAIL and RCPT as for a message, taken back at once. Never throws. @returns why they were refused, or null */
  tryEnvelope(sender: string, recipient: string): Promise<Failure | null>;
  /** QUIT, and the socket is closed whether it is answered or not. */
  quit(): void;
  /** Cuts the connection; a transaction under way ends with a failure. */
  destroy(): void;
  onClose(listener: () => void): void;
}

/** Told of what is not in the protocol log. */
export interface ConversationObserver {
  /** Once more when TLS failed and clear text is tried. */
  connected(): void;
  /** The handshake is done; nothing was said about the certificate yet. */
  secured(socket: Socket): void;
}

export interface ConversationOptions {
  /** For EHLO: a name or an address literal. */
  readonly ownName: string;
  readonly clock: Clock;
  readonly security: OutboundSecurity;
  /** HELO instead of EHLO: no extensions, so neither STARTTLS nor authentication. */
  readonly helo: boolean;
  readonly secrets: { readonly password: string | null; readonly clientSecret: string | null };
  readonly timeouts: ConversationTimeouts;
  readonly protocolLog: Pick<ProtocolLog, 'write'>;
  readonly sessionId: string;
  /** One for all conversations of a server. */
  readonly tokens: TokenCache;
  /** One for all conversations of a server. */
  readonly trust: TrustStore;
  readonly signal: AbortSignal;
  /** With it, the certificate is always held against the trusted authorities; only where the settings want it, it decides. */
  readonly observer?: ConversationObserver;
}

export type Opening = { readonly conversation: Conversation } | { readonly failure: Failure };

const quitTimeoutMs = 5_000;
/** Greeting, EHLO and refusals are short; a peer that sends more without an end is broken or hostile. */
const maxResponseBytes = 65_536;
/** The limits are ours: nodemailer's own follow no clock, and silence alone. */
const libraryTimeoutMs = 2_147_483_647;

/** Connects, greets, encrypts and logs in as the settings want it. Never throws. */
export async function openConversation(candidate: HostCandidate, options: ConversationOptions): Promise<Opening> {
  const isObserved = options.observer !== undefined;
  const terms = await tlsTerms(options.security, candidate.host, options.trust, isObserved);
  if ('reason' in terms) return { failure: temporaryFailure('tls', `${formatHost(candidate)}: ${terms.reason}`) };
  if (options.helo && terms.need === 'always' && !terms.implicit) {
    const reason = 'TLS is required, but HELO is set for this domain, and without EHLO there is no STARTTLS.';
    return { failure: temporaryFailure('tls', `${formatHost(candidate)}: ${reason}`) };
  }
  const first = await connect(candidate, options, terms);
  if ('conversation' in first || !first.tlsFailed || terms.need !== 'ifOffered') return first;
  return await connect(candidate, options, { ...terms, need: 'never' });
}

type Connecting = { readonly conversation: Conversation } | { readonly failure: Failure; readonly tlsFailed: boolean };

async function connect(candidate: HostCandidate, options: ConversationOptions, terms: TlsTerms): Promise<Connecting> {
  const { clock, timeouts, signal, protocolLog, sessionId, observer } = options;
  const host = formatHost(candidate);
  const connectTimeoutMs = Math.min(timeouts.connectTimeoutMs, timeouts.idleTimeoutMs);
  // The address, not the name: DNS was asked by the route, and it must not be asked again behind its back.
  const dialled = await dial(candidate.address, candidate.port, { clock, connectTimeoutMs, signal });
  if ('error' in dialled) return { failure: openingFailure(dialled.error, host, 'connect'), tlsFailed: false };
  observer?.connected();
  const watch = new ConversationWatch({
    clock,
    timeouts,
    protocolLog,
    sessionId,
    peer: candidate,
    onExpired: () => connection.close(),
  });
  const connection = new OutboundConnection(
    {
      connection: dialled.socket,
      host: candidate.address,
      port: candidate.port,
      secure: terms.implicit,
      name: options.ownName,
      ignoreTLS: terms.need === 'never',
      requireTLS: terms.need === 'always' && !terms.implicit,
      opportunisticTLS: terms.need === 'ifOffered',
      tls: terms.options,
      connectionTimeout: libraryTimeoutMs,
      greetingTimeout: libraryTimeoutMs,
      socketTimeout: libraryTimeoutMs,
      socketCloseTimeout: 0,
      maxResponseSize: maxResponseBytes,
      transactionLog: true,
      logger: watch.logger,
      customAuth: { [tokenMethod]: logInWithToken },
    },
    {
      helo: options.helo,
      judgeCertificate: (socket) => {
        observer?.secured(socket);
        return terms.judgeCertificate(socket);
      },
    },
  );
  // Without a listener an 'error' event ends the process; this one stays for the life of the connection.
  connection.on('error', () => undefined);
  connection.once('end', () => watch.stop());
  const error = await greet(connection, watch, signal);
  if (error !== null) {
    const failure = greetingFailure(connection, error, terms, host);
    const tlsFailed = error.response === undefined && triedTls(connection);
    connection.close();
    return { failure, tlsFailed };
  }
  const { security, secrets, tokens, helo } = options;
  const login = { security, secrets, tokens, address: candidate.address, host, signal };
  const refusal = helo ? null : await logIn(connection, watch, login);
  if (refusal === null) return { conversation: converse(connection, watch, candidate, options) };
  if (!connection.destroyed) connection.quit();
  endSoon(connection, clock);
  return { failure: refusal, tlsFailed: false };
}

/** Until the server waits for mail. @returns why it does not, or null */
function greet(
  connection: OutboundConnection,
  watch: ConversationWatch,
  signal: AbortSignal,
): Promise<ConversationError | null> {
  return new Promise((resolve) => {
    const settle = (error: ConversationError | null): void => {
      signal.removeEventListener('abort', abort);
      connection.removeListener('error', settle);
      connection.removeListener('end', lost);
      resolve(error);
    };
    const abort = (): void => settle({ message: 'the relay is stopping' });
    // A reason that nodemailer may yet give comes first.
    const lost = (): void => void setImmediate(() => settle(watch.loss));
    connection.on('error', settle);
    connection.once('end', lost);
    connection.connect((error) => settle(error ?? null));
    if (signal.aborted) abort();
    else signal.addEventListener('abort', abort);
  });
}

function greetingFailure(
  connection: OutboundConnection,
  error: ConversationError,
  { need }: TlsTerms,
  host: string,
): Failure {
  const { certificateFailure } = connection;
  if (certificateFailure !== null) return temporaryFailure('tls', `${host}: ${certificateFailure}.`);
  const { command, response = '' } = error;
  // Where TLS is required, STARTTLS is sent even if it is not offered, and EHLO must not be refused.
  const isAboutTls = command === 'STARTTLS' || (command === 'EHLO' && need === 'always');
  if (isAboutTls && response !== '' && !response.startsWith('421')) {
    const reason = 'TLS is required, but the server does not offer it or refuses it';
    return temporaryFailure('tls', `${host}: ${reason} (${response}).`);
  }
  return openingFailure(error, host, connection.upgrading === true ? 'tls' : 'greeting');
}

/** STARTTLS was sent: it was not answered, the handshake began, or it was done. */
const triedTls = ({ upgrading, secure, lastServerResponse }: OutboundConnection): boolean =>
  upgrading === true || secure || (lastServerResponse !== false && /^250[ -]STARTTLS\b/im.test(lastServerResponse));

/** After QUIT: closed when it is answered, or after a while. */
function endSoon(connection: OutboundConnection, clock: Clock): void {
  if (connection.destroyed) return;
  const cancel = clock.after(quitTimeoutMs, () => connection.close());
  connection.once('end', cancel);
}

function converse(
  connection: OutboundConnection,
  watch: ConversationWatch,
  host: HostCandidate,
  { clock, ownName }: ConversationOptions,
): Conversation {
  const startedAtMs = clock.now();
  const supports = {
    dsn: connection.offers('DSN'),
    eightBitMime: connection.offers('8BITMIME'),
    smtpUtf8: connection.offers('SMTPUTF8'),
  };
  let messages = 0;
  let needsReset = false;
  let closed = connection.destroyed;
  const closeListeners = new Set<() => void>();
  connection.once('end', () => {
    closed = true;
    for (const listener of closeListeners) listener();
  });

  const reset = (): Promise<boolean> =>
    new Promise((resolve) => {
      const lost = (): void => resolve(false);
      connection.once('end', lost);
      connection.reset((error) => {
        connection.removeListener('end', lost);
        resolve(error === null);
      });
    });

  const send = async (transaction: Transaction): Promise<TransactionResult> => {
    messages += 1;
    const prepared = await prepareTransaction(transaction, supports, ownName);
    if (prepared.wire === null) return { outcomes: prepared.refused, serverFailure: null };
    if (needsReset && !(await reset())) {
      connection.close();
      const text = 'The server did not answer RSET as expected.';
      return { outcomes: prepared.refused, serverFailure: temporaryFailure('mail', text) };
    }
    needsReset = true; // until the server has taken the message
    const result = await transact(connection, watch, prepared.wire);
    needsReset = !result.clean;
    if (result.serverFailure !== null) connection.close();
    return { ...result, outcomes: prepared.outcomesByRecipient(result.outcomes) };
  };

  return {
    host,
    hostText: formatHost(host),
    startedAtMs,
    get encrypted() {
      return connection.secure;
    },
    supports,
    get messages() {
      return messages;
    },
    get usable() {
      return !closed;
    },
    send,
    tryEnvelope: (sender, recipient) => dryRun(connection, watch, { sender, recipient }),
    quit() {
      if (closed) return;
      connection.quit();
      endSoon(connection, clock);
    },
    destroy: () => connection.close(),
    onClose: (listener) => void closeListeners.add(listener),
  };
}
