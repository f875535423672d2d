/** One attempt at local delivery: the message as a file in the Drop folder, no connection. */
import type { Failure } from '../../shared/contract/messages.ts';
import { ProblemError } from '../../shared/contract/problem.ts';
import type { DropFolder, StoredMessage } from '../spool/types.ts';
import type { AttemptResult } from './attempt.ts';
import type { Outcome } from './conversation.ts';
import { temporaryFailure } from './failure.ts';

/** Throws only what is a fault of ours. */
export async function deliverToDrop(
  message: StoredMessage,
  addresses: readonly string[],
  drop: DropFolder,
): Promise<AttemptResult> {
  const outcome = await outcomeOf(message, addresses, drop);
  return {
    host: null,
    outcomes: new Map(addresses.map((address) => [address, outcome])),
    // A folder is never down as a server is: no outage stops the clock of local mail.
    destinationFailure: null,
    answered: outcome.delivered,
    messages: 1,
    envelope: message.envelope,
  };
}

async function outcomeOf(message: StoredMessage, addresses: readonly string[], drop: DropFolder): Promise<Outcome> {
  try {
    await drop.deliver(message, addresses);
    return { delivered: true, reply: `Written to ${drop.folder}`, dsnPassedOn: false };
  } catch (error) {
    if (!(error instanceof ProblemError)) throw error;
    return { delivered: false, failure: failureOf(error) };
  }
}

/** RFC 3463: X.2.2 mailbox full, X.3.0 other or undefined mail system status. */
const failureOf = ({ problem: { message, parameters = {} } }: ProblemError): Failure => {
  const { reason } = parameters;
  return { ...temporaryFailure('drop', message), enhanced: reason === 'quota' ? '4.2.2' : '4.3.0' };
};
