/** One attempt: the recipients of a message that share a destination, over the destination's hosts in order. */
import type { EpochMs, Failure } from '../../shared/contract/messages.ts';
import type { Clock } from '../base/ports.ts';
import type { StoredMessage } from '../spool/types.ts';
import type { ConnectionPool } from './connection-pool.ts';
import type { Conversation, Outcome, Transaction } from './conversation.ts';
import { permanentFailure, temporaryFailure } from './failure.ts';
import { formatHost, type HostCandidate, type HostPorts, resolveHosts } from './hosts.ts';
import type { Destination } from './routes.ts';

export interface AttemptResult {
  /** The host that was reached last, or null when none was. */
  readonly host: string | null;
  /** For every recipient that was to be tried. */
  readonly outcomes: ReadonlyMap<string, Outcome>;
  /** Set when no host of the destination talked to us; the outcomes that are not permanent carry it as well. */
  readonly destinationFailure: Failure | null;
  /** A server said yes or no to mail of ours: the destination is up. */
  readonly answered: boolean;
}

export interface AttemptPorts extends HostPorts {
  readonly pool: ConnectionPool;
  readonly clock: Clock;
  /** Hosts that did not answer lately, tried last until then. Shared by the attempts of a server. */
  readonly restingUntilMs: Map<string, EpochMs>;
  readonly isStopping: () => boolean;
}

/** A dead first host costs its time-out once in this time, not at every connection. */
const restMs = 300_000;
const maxResting = 1_000;
/** Names can lead to any number of addresses. */
const maxHosts = 20;

export async function attemptDelivery(
  message: StoredMessage,
  addresses: readonly string[],
  destination: Destination,
  ports: AttemptPorts,
): Promise<AttemptResult> {
  const run = new Run(message, addresses);
  const { pool } = ports;

  const idle = pool.take(destination.name);
  // A kept connection may have died since: its failure means nothing, a new one will tell.
  if (idle !== undefined && (await run.exchange(idle, pool)) === null) return run.result(null);

  let failure = temporaryFailure('dns', `No host was found for ${destination.name}.`);
  for await (const step of inOrder(destination, ports)) {
    if (ports.isStopping()) break;
    if (step.type === 'refused') return run.refuseAll(step.failure);
    if (step.type === 'unresolved') {
      failure = step.failure;
      continue;
    }
    const { candidate } = step;
    const opening = await pool.open(destination.name, candidate);
    const hostFailure = 'failure' in opening ? opening.failure : await run.exchange(opening.conversation, pool);
    if (hostFailure === null) {
      ports.restingUntilMs.delete(formatHost(candidate));
      return run.result(null);
    }
    failure = hostFailure;
    if (ports.restingUntilMs.size >= maxResting) ports.restingUntilMs.clear();
    ports.restingUntilMs.set(formatHost(candidate), ports.clock.now() + restMs);
  }
  return run.result(failure);
}

/** The hosts as the route gives them, those that rest after all others. */
async function* inOrder(destination: Destination, ports: AttemptPorts): ReturnType<typeof resolveHosts> {
  const resting: HostCandidate[] = [];
  let hosts = 0;
  for await (const step of resolveHosts(destination, ports)) {
    if (step.type === 'host') {
      hosts += 1;
      if (hosts > maxHosts) break;
      if ((ports.restingUntilMs.get(formatHost(step.candidate)) ?? 0) > ports.clock.now()) {
        resting.push(step.candidate);
        continue;
      }
    }
    yield step;
  }
  for (const candidate of resting) yield { type: 'host', candidate };
}

class Run {
  readonly #message: StoredMessage;
  readonly #addresses: readonly string[];
  readonly #outcomes = new Map<string, Outcome>();
  #host: string | null = null;
  #answered = false;

  constructor(message: StoredMessage, addresses: readonly string[]) {
    this.#message = message;
    this.#addresses = addresses;
    for (const address of addresses.filter((text) => !isSendable(text))) {
      const failure = permanentFailure('local', '5.1.3', 'The address cannot be written in an SMTP command.');
      this.#outcomes.set(address, { delivered: false, failure });
    }
  }

  /** Sends what is undecided. @returns why the server as a whole would not have it, or null */
  async exchange(conversation: Conversation, pool: ConnectionPool): Promise<Failure | null> {
    this.#host = formatHost(conversation.host);
    for (const transaction of this.#transactions()) {
      const { outcomes, serverFailure } = await conversation.send(transaction);
      for (const [address, outcome] of outcomes) this.#outcomes.set(address, outcome);
      if (serverFailure !== null) return serverFailure;
      this.#answered ||= [...outcomes.values()].some(isAnswer);
      if (!conversation.usable) break; // lost within the message; who is left waits with the others
    }
    if (conversation.usable) pool.give(conversation);
    return null;
  }

  refuseAll(failure: Failure): AttemptResult {
    for (const address of this.#undecided()) this.#outcomes.set(address, { delivered: false, failure });
    return { host: null, outcomes: this.#outcomes, destinationFailure: null, answered: true };
  }

  result(destinationFailure: Failure | null): AttemptResult {
    const failure = destinationFailure ?? temporaryFailure('data', 'The connection was lost before their turn.');
    for (const address of this.#undecided()) this.#outcomes.set(address, { delivered: false, failure });
    return { host: this.#host, outcomes: this.#outcomes, destinationFailure, answered: this.#answered };
  }

  #undecided(): readonly string[] {
    return this.#addresses.filter((address) => !this.#outcomes.has(address));
  }

  #transactions(): readonly Transaction[] {
    const { envelope, contentBytes } = this.#message;
    const byAddress = new Map(envelope.recipients.map((recipient) => [recipient.address, recipient]));
    const recipients = [...new Set(this.#undecided())].map((address) => byAddress.get(address) ?? { address, dsn: {} });
    if (recipients.length === 0) return [];
    return [
      {
        sender: envelope.sender,
        recipients,
        sizeBytes: contentBytes,
        body: envelope.body,
        smtpUtf8: envelope.smtpUtf8,
        dsn: envelope.dsn,
        masquerade: null,
        content: () => this.#message.content(),
      },
    ];
  }
}

const isAnswer = (outcome: Outcome): boolean => outcome.delivered || outcome.failure.code !== undefined;

/** What nodemailer would refuse for the whole transaction. */
const isSendable = (address: string): boolean =>
  address !== '' && address === address.trim() && !/[\r\n<>]/.test(address);
