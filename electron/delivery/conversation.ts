/** One SMTP conversation with one host, over nodemailer's SMTPConnection. Knows the protocol; not schedule, spool or queue. */
import { Readable } from 'node:stream';
import SMTPConnection, { type SMTPConnectionEnvelope, type SMTPEnvelope } from 'nodemailer/lib/smtp-connection';
import type { EpochMs, Failure } from '../../shared/contract/messages.ts';
import type { OutboundSecurity } from '../../shared/settings/outbound-security.ts';
import type { Clock } from '../base/ports.ts';
import type { ProtocolLog } from '../logging/types.ts';
import type { EnvelopeRecipient, RecipientDsn } from '../spool/types.ts';
import { temporaryFailure } from './failure.ts';
import { formatHost, type HostCandidate } from './hosts.ts';
import {
  type ConversationError,
  openingFailure,
  type RefusedRecipient,
  recipientFailure,
  transactionFailure,
} from './reply-class.ts';
import type { TokenCache } from './token-cache.ts';
import type { TrustStore } from './trust-store.ts';

export interface Masquerade {
  readonly domain: string;
  /** Besides the relay's own name: the domains that are replaced. */
  readonly localDomains: readonly string[];
}

export interface Transaction {
  /** Empty: the null sender. */
  readonly sender: string;
  /** Each with its own NOTIFY and ORCPT, passed on when the server knows DSN (RFC 3461). */
  readonly recipients: readonly EnvelopeRecipient[];
  readonly sizeBytes: number;
  readonly body: '7BIT' | '8BITMIME';
  /** The envelope asked for SMTPUTF8. An address that needs it is noticed without. */
  readonly smtpUtf8: boolean;
  readonly dsn: { readonly ret?: 'FULL' | 'HDRS'; readonly envid?: string };
  /** The domain that takes the place of ours in the sender and in From; null: none does. */
  readonly masquerade: Masquerade | null;
  /** Opened only once the server is ready for it. */
  readonly content: () => Readable;
}

export type Outcome =
  | {
      readonly delivered: true;
      readonly reply: string;
      /** The next hop knows DSN and was told what reports are wanted: it makes them, we do not. */
      readonly dsnPassedOn: boolean;
    }
  | { readonly delivered: false; readonly failure: Failure };

interface TransactionResult {
  /** What is certain, by recipient. Complete unless `serverFailure` is set. */
  readonly outcomes: ReadonlyMap<string, Outcome>;
  /** The server as a whole gave up before it took the message: another host may be tried. */
  readonly serverFailure: Failure | null;
}

export interface Conversation {
  readonly host: HostCandidate;
  readonly startedAtMs: EpochMs;
  readonly encrypted: boolean;
  /** What the next hop said it can do (RFC 3461, 6152, 6531). */
  readonly supports: { readonly dsn: boolean; readonly eightBitMime: boolean; readonly smtpUtf8: boolean };
  /** Transactions begun. */
  readonly messages: number;
  /** False once the connection is gone. */
  readonly usable: boolean;
  /** Never throws. One at a time. */
  send(transaction: Transaction): Promise<TransactionResult>;
  /** QUIT, and the socket is closed whether it is answered or not. */
  quit(): void;
  /** Cuts the connection; a transaction under way ends with a failure. */
  destroy(): void;
  onClose(listener: () => void): void;
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
}

/** None of the others is ever longer than `idleTimeoutMs`. */
export interface ConversationTimeouts {
  readonly connectTimeoutMs: number;
  /** Until the greeting is complete, the handshake of implicit TLS included. */
  readonly greetingTimeoutMs: number;
  /** Until the reply to a command is complete, and for a handshake after STARTTLS. */
  readonly commandTimeoutMs: number;
  /** From the final dot on. */
  readonly finalReplyTimeoutMs: number;
  /** While the message goes out: without any progress. */
  readonly idleTimeoutMs: number;
}

export type Opening = { readonly conversation: Conversation } | { readonly failure: Failure };

const quitTimeoutMs = 5_000;
/** Greeting, EHLO and refusals are short; a peer that sends more without an end is broken or hostile. */
const maxResponseBytes = 65_536;

/**
 * Connects and greets, with STARTTLS when it is offered. Any certificate will do, and without one it goes on
 * in clear text: opportunistic encryption is better than none and must never stop mail (RFC 7435).
 */
export async function openConversation(candidate: HostCandidate, options: ConversationOptions): Promise<Opening> {
  const first = await connect(candidate, options, true);
  return 'tlsFailed' in first && first.tlsFailed ? await connect(candidate, options, false) : first;
}

type Connecting = { readonly conversation: Conversation } | { readonly failure: Failure; readonly tlsFailed: boolean };

function connect(candidate: HostCandidate, options: ConversationOptions, tryTls: boolean): Promise<Connecting> {
  const { clock, signal } = options;
  const { connectTimeoutMs, greetingTimeoutMs, idleTimeoutMs } = options.timeouts;
  const connectLimitMs = Math.min(connectTimeoutMs, idleTimeoutMs);
  const greetingLimitMs = Math.min(greetingTimeoutMs, idleTimeoutMs);
  const connection = new SMTPConnection({
    // The address, not the name: DNS was asked by the route, and it must not be asked again behind its back.
    host: candidate.address,
    port: candidate.port,
    ...(candidate.host === candidate.address ? {} : { servername: candidate.host }),
    secure: false, // or port 465 would be taken for implicit TLS
    name: options.ownName,
    ignoreTLS: !tryTls,
    opportunisticTLS: true,
    tls: { rejectUnauthorized: false },
    connectionTimeout: connectLimitMs + greetingLimitMs,
    greetingTimeout: greetingLimitMs,
    socketTimeout: idleTimeoutMs,
    socketCloseTimeout: 0,
    maxResponseSize: maxResponseBytes,
    logger: false,
  });
  return new Promise((resolve) => {
    const settle = (result: Connecting): void => {
      cancelLimit();
      signal.removeEventListener('abort', abort);
      connection.removeListener('error', fail);
      resolve(result);
    };
    const fail = (error: ConversationError): void => {
      const tlsFailed = tryTls && error.response === undefined && triedTls(connection);
      settle({ failure: openingFailure(error, formatHost(candidate), connection.stage === 'init'), tlsFailed });
      connection.close();
    };
    const abort = (): void => fail({ message: 'the relay is stopping' });
    const cancelLimit = clock.after(connectLimitMs, () => {
      if (connection.stage === 'init') fail({ message: 'time-out', code: 'ETIMEDOUT' });
    });
    // Without a listener an 'error' event ends the process; this one stays for the life of the connection.
    connection.on('error', () => undefined);
    connection.on('error', fail);
    if (signal.aborted) {
      abort();
      return;
    }
    signal.addEventListener('abort', abort);
    connection.connect((error) => {
      if (error) fail(error);
      else settle({ conversation: converse(connection, candidate, options) });
    });
  });
}

/** STARTTLS was sent: it was not answered, the handshake began, or it was done. */
const triedTls = ({ upgrading, secure, lastServerResponse }: SMTPConnection): boolean =>
  upgrading === true || secure || (lastServerResponse !== false && /^250[ -]STARTTLS\b/im.test(lastServerResponse));

function converse(connection: SMTPConnection, host: HostCandidate, { clock }: ConversationOptions): Conversation {
  const startedAtMs = clock.now();
  const offered = connection.lastServerResponse || '';
  const supports = {
    dsn: /^250[ -]DSN\b/im.test(offered),
    eightBitMime: /^250[ -]8BITMIME\b/im.test(offered),
    smtpUtf8: /^250[ -]SMTPUTF8\b/im.test(offered),
  };
  let messages = 0;
  let needsReset = false;
  let closed = false;
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
    if (needsReset && !(await reset())) {
      connection.close();
      const text = 'The server did not answer RSET as expected.';
      return { outcomes: new Map(), serverFailure: temporaryFailure('mail', text) };
    }
    needsReset = true; // until the server has taken the message
    const result = await transact(connection, transaction, supports.dsn);
    needsReset = !result.clean;
    if (result.serverFailure !== null) connection.close();
    return result;
  };

  return {
    host,
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
    quit() {
      if (closed) return;
      connection.quit();
      const cancel = clock.after(quitTimeoutMs, () => connection.close());
      connection.once('end', cancel);
    },
    destroy: () => connection.close(),
    onClose: (listener) => void closeListeners.add(listener),
  };
}

type Envelope = SMTPEnvelope & Pick<Partial<SMTPConnectionEnvelope>, 'rejectedErrors'>;

type Transacted = TransactionResult & { readonly clean: boolean };

function transact(connection: SMTPConnection, transaction: Transaction, dsnPassedOn: boolean): Promise<Transacted> {
  return new Promise((resolve) => {
    const envelope: Envelope = {
      from: transaction.sender === '' ? false : transaction.sender,
      to: transaction.recipients.map(({ address }) => address),
      size: transaction.sizeBytes,
      use8BitMime: transaction.body === '8BITMIME',
      dsn: dsnParameters({ ...transaction.dsn, ...transaction.recipients[0]?.dsn }),
    };
    let dataBegun = false;
    const content = lazily(transaction.content, () => {
      dataBegun = true;
    });
    const settle = (error: ConversationError | null, reply: string): void => {
      connection.removeListener('end', lost);
      const refused = refusedOf(envelope);
      if (error?.code === 'ESTREAM') connection.close(); // the rest of the message must not be taken for commands
      const addresses = transaction.recipients.map(({ address }) => address);
      resolve(resultOf(addresses, refused, error, { delivered: true, reply, dsnPassedOn }, dataBegun));
    };
    // close() makes nodemailer forget the message without a word. Later, so that a reason it may yet give comes first.
    const lost = (): void =>
      void setImmediate(() => settle({ message: 'the connection was closed', code: 'ECONNECTION' }, ''));
    connection.once('end', lost);
    connection.send(envelope, content, (error, info) => settle(error, error === null ? info.response : ''));
  });
}

function resultOf(
  recipients: readonly string[],
  refusedRecipients: readonly RefusedRecipient[],
  error: ConversationError | null,
  delivered: Outcome,
  dataBegun: boolean,
): Transacted {
  // A refused sender is refused for all: what a pipelining server then says to each recipient only follows from it.
  const refused = error?.command === 'MAIL FROM' ? [] : refusedRecipients;
  const outcomes = new Map<string, Outcome>();
  const serverWide = error === null ? null : transactionFailure(error, refused, dataBegun);
  if (serverWide?.scope === 'server') {
    // A final word on a recipient holds for every host of the destination.
    for (const { address, error: refusal } of refused) {
      const failure = recipientFailure(refusal);
      if (failure.permanent) outcomes.set(address, { delivered: false, failure });
    }
    return { outcomes, serverFailure: serverWide.failure, clean: false };
  }
  const rest: Outcome = serverWide === null ? delivered : { delivered: false, failure: serverWide.failure };
  for (const address of recipients) outcomes.set(address, rest);
  for (const { address, error: refusal } of refused) {
    outcomes.set(address, { delivered: false, failure: recipientFailure(refusal) });
  }
  return { outcomes, serverFailure: null, clean: error === null };
}

/** nodemailer keeps its book on the envelope it was given, and shows it in the result only of some endings. */
const refusedOf = (envelope: Envelope): readonly RefusedRecipient[] =>
  (envelope.rejectedErrors ?? []).flatMap((error) =>
    error.recipient === undefined ? [] : [{ address: error.recipient, error }],
  );

const dsnParameters = ({
  ret,
  envid,
  notify,
  orcpt,
}: Transaction['dsn'] & RecipientDsn): NonNullable<SMTPEnvelope['dsn']> => ({
  ...(ret === undefined ? {} : { ret }),
  ...(envid === undefined ? {} : { envid }),
  ...(notify === undefined ? {} : { notify: [...notify] }),
  ...(orcpt === undefined ? {} : { orcpt }),
});

/** A stream that opens its source at the first read: no file is held open while the server thinks about recipients. */
const lazily = (open: () => Readable, onFirstRead: () => void): Readable =>
  Readable.from(
    (async function* () {
      onFirstRead();
      yield* open();
    })(),
    { objectMode: false },
  );
