/**
 * Overall deadlines of one connection. The idle time-out starts anew with every octet, so that one octet now and then
 * would hold a connection for ever; these do not.
 */
import type { ServerSettings } from '../../shared/settings/server-settings.ts';
import type { Clock } from '../base/ports.ts';

/**
 * 'handshake': TLS. 'command': the first command after the greeting or after TLS, and each command line from its first
 * octet to its end. 'reply': from what the client does not read until it has read everything. 'transaction': MAIL to the
 * final dot. 'message': DATA to the final dot.
 */
export type Deadline = 'handshake' | 'command' | 'reply' | 'transaction' | 'message';

export type DeadlineSettings = Pick<
  ServerSettings,
  'general.commandTimeLimit' | 'general.transactionTimeLimit' | 'general.messageTimeLimit'
>;

export class Deadlines {
  readonly #clock: Clock;
  readonly #limitsMs: Readonly<Record<Deadline, number>>;
  readonly #expired: (deadline: Deadline) => void;
  readonly #running = new Map<Deadline, () => void>();

  constructor(clock: Clock, settings: DeadlineSettings, expired: (deadline: Deadline) => void) {
    const commandMs = settings['general.commandTimeLimit'] * 1_000;
    this.#clock = clock;
    this.#limitsMs = {
      handshake: commandMs,
      command: commandMs,
      reply: commandMs,
      transaction: settings['general.transactionTimeLimit'] * 1_000,
      message: settings['general.messageTimeLimit'] * 1_000,
    };
    this.#expired = expired;
  }

  handshakeBegun(): void {
    this.stopAll();
    this.#start('handshake');
  }

  handshakeDone(): void {
    this.#stop('handshake');
    this.#start('command');
  }

  /** @param pending  The beginning of a command line waits for its end. */
  linePending(pending: boolean): void {
    if (pending) this.#start('command');
    else this.#stop('command');
  }

  /** @param verb  Of the command that is answered; empty for the greeting. */
  replied(verb: string, code: number): void {
    const step = `${verb} ${code}`;
    if (step === ' 220') this.#start('command');
    else if (step === 'STARTTLS 220') this.handshakeBegun();
    else if (step === 'MAIL 250') this.#start('transaction');
    else if (step === 'DATA 354') this.#start('message');
    else if (step === 'RSET 250' || step === 'HELO 250' || step === 'EHLO 250') this.#stop('transaction');
  }

  /** @param unread  Replies wait because the client does not read. */
  repliesUnread(unread: boolean): void {
    if (unread) this.#start('reply');
    else this.#stop('reply');
  }

  messageOver(): void {
    this.#stop('transaction');
    this.#stop('message');
  }

  stopAll(): void {
    for (const deadline of [...this.#running.keys()]) this.#stop(deadline);
  }

  /** One that runs already goes on. */
  #start(deadline: Deadline): void {
    if (this.#running.has(deadline)) return;
    const cancel = this.#clock.after(this.#limitsMs[deadline], () => {
      this.#running.delete(deadline);
      this.#expired(deadline);
    });
    this.#running.set(deadline, cancel);
  }

  #stop(deadline: Deadline): void {
    this.#running.get(deadline)?.();
    this.#running.delete(deadline);
  }
}
