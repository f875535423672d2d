/** One message over an open connection: MAIL, RCPT, DATA, and what the answers mean for each recipient. */
import type { Readable } from 'node:stream';
import type { SMTPConnectionEnvelope, SMTPEnvelope } from 'nodemailer/lib/smtp-connection';
import type { Failure } from '../../shared/contract/messages.ts';
import type { EnvelopeRecipient, RecipientDsn } from '../spool/types.ts';
import type { ConversationWatch } from './conversation-watch.ts';
import type { Masquerade } from './masquerade.ts';
import { MessageTransfer } from './message-transfer.ts';
import type { OutboundConnection, RecipientParameters } from './outbound-connection.ts';
import { type ConversationError, type RefusedRecipient, recipientFailure, transactionFailure } from './reply-class.ts';

export type Outcome =
  | {
      readonly delivered: true;
      readonly reply: string;
      /** The next hop knows DSN and was told what reports are wanted: it makes them, we do not. */
      readonly dsnPassedOn: boolean;
    }
  | { readonly delivered: false; readonly failure: Failure };

export interface TransactionResult {
  /** What is certain, by recipient. Complete unless `serverFailure` is set. */
  readonly outcomes: ReadonlyMap<string, Outcome>;
  /** The server as a whole gave up before it took the message: another host may be tried. */
  readonly serverFailure: Failure | null;
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
  /** Opened only once the server is ready for it, and more than once when the message has to be converted. */
  readonly content: () => Readable;
}

/** A transaction as it goes over the wire. */
export interface WireTransaction {
  readonly sender: string;
  /** No address twice. */
  readonly recipients: readonly EnvelopeRecipient[];
  readonly sizeBytes: number;
  readonly body: '7BIT' | '8BITMIME';
  readonly smtpUtf8: boolean;
  readonly dsn: { readonly ret?: 'FULL' | 'HDRS'; readonly envid?: string };
  readonly content: () => Readable | AsyncIterable<Buffer>;
}

type Envelope = SMTPEnvelope & Pick<Partial<SMTPConnectionEnvelope>, 'rejectedErrors'>;

/** `clean`: the server expects a new message, without RSET. */
export type Transacted = TransactionResult & { readonly clean: boolean };

export function transact(
  connection: OutboundConnection,
  watch: ConversationWatch,
  transaction: WireTransaction,
): Promise<Transacted> {
  const addresses = transaction.recipients.map(({ address }) => address);
  const byAddress = new Map(transaction.recipients.map(({ address, dsn }) => [address, recipientParameters(dsn)]));
  connection.recipientParameters = (address) => byAddress.get(address) ?? {};
  connection.needsSmtpUtf8 = transaction.smtpUtf8;
  watch.transactionBegins(transaction.sizeBytes);
  const dsnPassedOn = connection.offers('DSN');
  return new Promise((resolve) => {
    const envelope: Envelope = {
      from: transaction.sender === '' ? false : transaction.sender,
      to: addresses,
      size: transaction.sizeBytes,
      use8BitMime: transaction.body === '8BITMIME',
      dsn: senderParameters(transaction.dsn),
    };
    let dataBegun = false;
    let dataRead = false;
    const content = new MessageTransfer(transaction.content, {
      begun: () => {
        dataBegun = true;
      },
      progress: () => watch.progress(),
      ended: () => {
        dataRead = true;
        watch.messageEnds();
      },
    });
    const settle = (error: ConversationError | null, reply: string): void => {
      connection.removeListener('end', lost);
      const refused = refusedOf(envelope);
      // A reply before the end of the message: nobody can have taken it whole.
      const early = dataBegun && !dataRead && error === null;
      const result = resultOf(
        addresses,
        refused,
        early ? tooEarly : error,
        { delivered: true, reply, dsnPassedOn },
        dataBegun,
      );
      // What is still on its way must not be taken for commands, nor a command for a part of it.
      if (dataBegun && !watch.messageSent) connection.close();
      // nodemailer lets go of a message once it was answered, read to its end or not.
      content.destroy();
      resolve(result);
    };
    // close() makes nodemailer forget the message without a word. Later, so that a reason it may yet give comes first.
    const lost = (): void => void setImmediate(() => settle(watch.loss, ''));
    connection.once('end', lost);
    connection.sendMessage(envelope, content, (error, info) => settle(error, error === null ? info.response : ''));
  });
}

const tooEarly: ConversationError = { message: 'it answered before it had the whole message', code: 'EPROTOCOL' };

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

/** RFC 3461 sections 4.4 and 4.2: longer ones do not fit into a command line that every server takes. */
const maxEnvidChars = 100;
const maxOrcptChars = 500;

const senderParameters = ({ ret, envid }: WireTransaction['dsn']): NonNullable<SMTPEnvelope['dsn']> => ({
  ...(ret === undefined ? {} : { ret }),
  ...(envid === undefined || xtextChars(envid) > maxEnvidChars ? {} : { envid }),
});

const recipientParameters = ({ notify = [], orcpt }: RecipientDsn): RecipientParameters => ({
  ...(notify.length === 0 ? {} : { notify: notify.join(',') }),
  ...(orcpt === undefined || xtextChars(orcpt) > maxOrcptChars ? {} : { orcpt }),
});

/** Length once encoded: '+' and two digits for every octet that is not printable, '+' or '='. */
const xtextChars = (text: string): number =>
  Buffer.from(text).reduce(
    (chars, octet) => chars + (octet < 0x21 || octet > 0x7e || octet === 0x2b || octet === 0x3d ? 3 : 1),
    0,
  );
