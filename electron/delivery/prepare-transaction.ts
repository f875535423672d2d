/** A transaction as one next hop can take it: addresses, headers and bodies changed as far as its extensions demand. */
import type { Failure } from '../../shared/contract/messages.ts';
import type { EnvelopeRecipient } from '../spool/types.ts';
import { NotConvertible } from './eight-bit.ts';
import { permanentFailure, temporaryFailure } from './failure.ts';
import { isAscii, toAsciiAddress } from './header-encoding.ts';
import { masqueradeAddress, masqueradeHead } from './masquerade.ts';
import { rewriteHead } from './rewrite-head.ts';
import { type ConversionPlan, convertMessage, planConversion } from './seven-bit-conversion.ts';
import type { Outcome, Transaction, WireTransaction } from './transaction.ts';

export interface Supports {
  readonly dsn: boolean;
  readonly eightBitMime: boolean;
  readonly smtpUtf8: boolean;
}

export interface Prepared {
  /** Null: nobody is left to send to. */
  readonly wire: WireTransaction | null;
  readonly refused: ReadonlyMap<string, Outcome>;
  /** From addresses as they were sent to addresses as the envelope has them, those refused here included. */
  outcomesByRecipient(sent: ReadonlyMap<string, Outcome>): ReadonlyMap<string, Outcome>;
}

/** Never throws. */
export async function prepareTransaction(
  transaction: Transaction,
  supports: Supports,
  ownName: string,
): Promise<Prepared> {
  const refused = new Map<string, Outcome>();
  const refuse = (recipients: readonly EnvelopeRecipient[], failure: Failure): void => {
    for (const { address } of recipients) refused.set(address, { delivered: false, failure });
  };
  const { masquerade } = transaction;
  const ascii = toAsciiAddress(transaction.sender) ?? transaction.sender;
  const shown = masquerade === null ? ascii : masqueradeAddress(ascii, masquerade, ownName);
  const sender = wireAddress(shown, supports);
  if (sender === null) refuse(transaction.recipients, needsSmtpUtf8(`The sender ${shown}`));

  const byWire = new Map<string, { readonly recipient: EnvelopeRecipient; readonly originals: string[] }>();
  for (const recipient of sender === null ? [] : transaction.recipients) {
    const address = wireAddress(recipient.address, supports);
    if (address === null) refuse([recipient], needsSmtpUtf8(`The recipient ${recipient.address}`));
    else {
      const known = byWire.get(address);
      if (known === undefined) {
        byWire.set(address, { recipient: { ...recipient, address }, originals: [recipient.address] });
      } else known.originals.push(recipient.address);
    }
  }
  const recipients = [...byWire.values()].map(({ recipient }) => recipient);
  const content = recipients.length === 0 ? null : await prepareContent(transaction, supports, ownName);
  if (content !== null && 'failure' in content) {
    for (const { originals } of byWire.values()) {
      for (const original of originals) refused.set(original, { delivered: false, failure: content.failure });
    }
  }
  const wire =
    sender === null || content === null || 'failure' in content
      ? null
      : {
          sender,
          recipients,
          sizeBytes: transaction.sizeBytes,
          body: transaction.body,
          smtpUtf8:
            supports.smtpUtf8 &&
            (transaction.smtpUtf8 || !isAscii(sender) || recipients.some(({ address }) => !isAscii(address))),
          dsn: transaction.dsn,
          content: content.open,
        };
  return {
    wire,
    refused,
    outcomesByRecipient: (sent) =>
      new Map([
        ...refused,
        ...[...sent].flatMap(([address, outcome]) =>
          (byWire.get(address)?.originals ?? [address]).map((original): [string, Outcome] => [original, outcome]),
        ),
      ]),
  };
}

/** A domain beyond ASCII has another spelling; a local part has none. Null: only SMTPUTF8 can carry the address. */
const wireAddress = (address: string, { smtpUtf8 }: Supports): string | null =>
  toAsciiAddress(address) ?? (smtpUtf8 ? address : null);

const needsSmtpUtf8 = (what: string): Failure =>
  permanentFailure('local', '5.6.7', `${what} needs SMTPUTF8, which the next hop does not offer.`);

type Content = { readonly open: WireTransaction['content'] } | { readonly failure: Failure };

async function prepareContent(transaction: Transaction, supports: Supports, ownName: string): Promise<Content> {
  const { masquerade, content } = transaction;
  const plan = await planFor(transaction, supports);
  if ('failure' in plan) return plan;
  const converted = plan.needed ? () => convertMessage(content(), plan) : content;
  if (masquerade === null) return { open: converted };
  return { open: () => rewriteHead(converted(), (head) => masqueradeHead(head, masquerade, ownName)) };
}

const asItIs: ConversionPlan = { wanted: { heads: false, bodies: false }, bodies: new Map(), needed: false };

async function planFor(
  { smtpUtf8, content }: Transaction,
  supports: Supports,
): Promise<ConversionPlan | { readonly failure: Failure }> {
  const bodies = !supports.eightBitMime;
  // Headers nobody declared go as they are wherever eight bits may: that is how old programs write, and how it is read.
  const heads = bodies || (smtpUtf8 && !supports.smtpUtf8);
  if (!heads) return asItIs;
  try {
    return await planConversion(content(), { heads, bodies });
  } catch (error) {
    if (error instanceof NotConvertible) {
      const lacks = error.enhanced === '5.6.7' ? 'SMTPUTF8' : '8BITMIME';
      const text = `The message cannot be converted for a next hop without ${lacks}: ${error.message}.`;
      return { failure: permanentFailure('local', error.enhanced, text) };
    }
    const reason = error instanceof Error ? error.message : String(error);
    return { failure: temporaryFailure('local', `The message could not be read: ${reason}`) };
  }
}
