/** One attempt: the recipients of a message that share a destination, over the destination's hosts in order. */
import type { EpochMs, Failure } from '../../shared/contract/messages.ts';
import type { Clock } from '../base/ports.ts';
import type { Envelope, EnvelopeRecipient, StoredMessage } from '../spool/types.ts';
import type { ConnectionPool } from './connection-pool.ts';
import type { Conversation, Masquerade, Outcome, Transaction } from './conversation.ts';
import type { Destination } from './destination.ts';
import { permanentFailure, temporaryFailure } from './failure.ts';
import { formatHost, type HostPorts, type HostStep, resolveHosts } from './hosts.ts';

export interface AttemptResult {
  /** The host that was reached last, or null when none was. */
  readonly host: string | null;
  /** For every recipient that was to be tried. */
  readonly outcomes: ReadonlyMap<string, Outcome>;
  /** Set when no host of the destination talked to us; the outcomes that are not permanent carry it as well. */
  readonly destinationFailure: Failure | null;
  /** A server said yes or no to mail of ours: the destination is up. */
  readonly answered: boolean;
  /** Transactions begun. */
  readonly messages: number;
  /** As it was read for this attempt: reading it again to see who wants a report would cost as much as sending. Null: unreadable. */
  readonly envelope: Envelope | null;
}

export interface TransactionOptions {
  /** Recipients of one transaction; the others get further ones. Null is unlimited. */
  readonly recipientLimit: number | null;
  readonly masquerade: Masquerade | null;
}

export interface AttemptPorts extends HostPorts {
  readonly transactions: TransactionOptions;
  readonly pool: ConnectionPool;
  readonly clock: Clock;
  /** Hosts that did not answer lately, tried last until then. Shared by the attempts of a server. */
  readonly restingUntilMs: Map<string, EpochMs>;
  readonly isStopping: () => boolean;
}

/** A dead first host costs its time-out once in this time, not at every connection. */
const restMs = 300_000;
const maxResting = 1_000;

export async function attemptDelivery(
  message: StoredMessage,
  addresses: readonly string[],
  destination: Destination,
  ports: AttemptPorts,
): Promise<AttemptResult> {
  const { pool } = ports;
  const run = new Run(message, addresses, pool, ports.transactions);

  // A kept connection may have died since: its failure means nothing, a new one will tell.
  const idle = pool.take(destination);
  if (idle !== undefined) {
    const end = await run.exchange(idle);
    if (end !== 'full' && typeof end === 'string') return run.result(null, end);
  }

  let failure = temporaryFailure('dns', `No host was found for ${destination.name}.`);
  for await (const step of inOrder(destination, ports)) {
    if (ports.isStopping()) break;
    if (step.type === 'refused') return run.refuseAll(step.failure);
    if (step.type === 'unresolved') {
      failure = step.failure;
      continue;
    }
    const end = await converse(run, step, destination, pool);
    if (typeof end === 'string') {
      ports.restingUntilMs.delete(formatHost(step.candidate));
      return run.result(null, end);
    }
    failure = end;
    if (ports.restingUntilMs.size >= maxResting) ports.restingUntilMs.clear();
    ports.restingUntilMs.set(formatHost(step.candidate), ports.clock.now() + restMs);
  }
  return run.result(failure);
}

/** One host, over as many connections as its messages need. @returns how it ended, or why the host would not have it */
async function converse(
  run: Run,
  { candidate, way }: Extract<HostStep, { type: 'host' }>,
  destination: Destination,
  pool: ConnectionPool,
): Promise<Exclude<End, 'full'>> {
  for (;;) {
    const opening = await pool.open(destination, candidate, way);
    if ('failure' in opening) return opening.terminated ? 'terminated' : opening.failure;
    const end = await run.exchange(opening.conversation);
    if (end !== 'full') return end;
  }
}

/** The hosts as the route gives them, those that rest after all others. */
async function* inOrder(destination: Destination, ports: AttemptPorts): ReturnType<typeof resolveHosts> {
  const resting: HostStep[] = [];
  for await (const step of resolveHosts(destination, ports)) {
    const isResting =
      step.type === 'host' && (ports.restingUntilMs.get(formatHost(step.candidate)) ?? 0) > ports.clock.now();
    if (isResting) resting.push(step);
    else yield step;
  }
  yield* resting;
}

/**
 * 'done': every recipient has an answer. 'lost': the connection went within a message. 'full': the connection takes no further
 * message, and some are left. 'terminated': an operator cut it. A failure: the server as a whole would not have it.
 */
type End = 'done' | 'lost' | 'full' | 'terminated' | Failure;

class Run {
  readonly #message: StoredMessage;
  readonly #addresses: readonly string[];
  readonly #pool: ConnectionPool;
  readonly #options: TransactionOptions;
  readonly #outcomes = new Map<string, Outcome>();
  #host: string | null = null;
  #answered = false;
  #messages = 0;

  constructor(message: StoredMessage, addresses: readonly string[], pool: ConnectionPool, options: TransactionOptions) {
    this.#message = message;
    this.#addresses = addresses;
    this.#pool = pool;
    this.#options = options;
    for (const address of addresses.filter((text) => !isSendable(text))) {
      const failure = permanentFailure('local', '5.1.3', 'The address cannot be written in an SMTP command.');
      this.#outcomes.set(address, { delivered: false, failure });
    }
  }

  /** Sends what is undecided, and hands the conversation back. */
  async exchange(conversation: Conversation): Promise<End> {
    this.#host = conversation.hostText;
    let end: End = 'done';
    for (const transaction of this.#transactions()) {
      if (this.#pool.isFull(conversation)) {
        end = 'full';
        break;
      }
      this.#messages += 1;
      const { outcomes, serverFailure } = await conversation.send(transaction);
      for (const [address, outcome] of outcomes) this.#outcomes.set(address, outcome);
      this.#answered ||= [...outcomes.values()].some(isAnswer) && serverFailure === null;
      if (this.#pool.wasTerminated(conversation)) return 'terminated';
      if (serverFailure !== null) return serverFailure;
      if (!conversation.usable) return 'lost'; // who is left waits with the others
    }
    this.#pool.give(conversation);
    return end;
  }

  refuseAll(failure: Failure): AttemptResult {
    for (const address of this.#undecided()) this.#outcomes.set(address, { delivered: false, failure });
    return this.#resultWith(null, true);
  }

  /** @param end  How it ended when no server refused it. */
  result(destinationFailure: Failure | null, end: 'done' | 'lost' | 'terminated' = 'done'): AttemptResult {
    const text =
      end === 'terminated'
        ? 'The connection was ended by the administrator.'
        : 'The connection was lost before their turn.';
    const failure = destinationFailure ?? temporaryFailure('data', text);
    for (const address of this.#undecided()) this.#outcomes.set(address, { delivered: false, failure });
    return this.#resultWith(destinationFailure, this.#answered);
  }

  #resultWith(destinationFailure: Failure | null, answered: boolean): AttemptResult {
    return {
      host: this.#host,
      outcomes: this.#outcomes,
      destinationFailure,
      answered,
      messages: this.#messages,
      envelope: this.#message.envelope,
    };
  }

  #undecided(): readonly string[] {
    return this.#addresses.filter((address) => !this.#outcomes.has(address));
  }

  #transactions(): readonly Transaction[] {
    const { envelope, contentBytes } = this.#message;
    const { recipientLimit, masquerade } = this.#options;
    const byAddress = new Map(envelope.recipients.map((recipient) => [recipient.address, recipient]));
    const recipients = [...new Set(this.#undecided())].map(
      (address): EnvelopeRecipient => byAddress.get(address) ?? { address, dsn: {} },
    );
    return inGroups(recipients, recipientLimit ?? recipients.length).map((group) => ({
      sender: envelope.sender,
      recipients: group,
      sizeBytes: contentBytes,
      body: envelope.body,
      smtpUtf8: envelope.smtpUtf8,
      dsn: envelope.dsn,
      masquerade,
      content: () => this.#message.content(),
    }));
  }
}

const inGroups = <Item>(items: readonly Item[], size: number): readonly (readonly Item[])[] =>
  Array.from({ length: Math.ceil(items.length / Math.max(size, 1)) }, (_, group) =>
    items.slice(group * size, (group + 1) * size),
  );

const isAnswer = (outcome: Outcome): boolean => outcome.delivered || outcome.failure.code !== undefined;

/** What nodemailer would refuse for the whole transaction. */
const isSendable = (address: string): boolean =>
  address !== '' && address === address.trim() && !/[\r\n<>]/.test(address);
