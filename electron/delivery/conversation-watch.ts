/**
 * Listens in on a conversation: writes the protocol log, and sees to it that no stage takes longer than it may. A limit counts
 * until a reply is complete, so a server that sends an octet now and then gains nothing by it.
 */
import type { EpochMs } from '../../shared/contract/messages.ts';
import type { Clock } from '../base/ports.ts';
import type { ProtocolLog, ProtocolLogEntry } from '../logging/types.ts';
import { oneLine } from './failure.ts';
import type { ConversationError } from './reply-class.ts';

export interface ConversationTimeouts {
  readonly connectTimeoutMs: number;
  /** Until the greeting is complete, the handshake of implicit TLS included. */
  readonly greetingTimeoutMs: number;
  /** Until the reply to a command is complete, and for a handshake after STARTTLS. */
  readonly commandTimeoutMs: number;
  /** From the final dot on. */
  readonly finalReplyTimeoutMs: number;
  /** While the message goes out: without any progress, and once more for each megabyte begun. None of the others is ever longer. */
  readonly idleTimeoutMs: number;
}

export interface WatchOptions {
  readonly clock: Clock;
  readonly timeouts: ConversationTimeouts;
  readonly protocolLog: Pick<ProtocolLog, 'write'>;
  readonly sessionId: string;
  readonly peer: { readonly address: string; readonly port: number };
  /** Cuts the connection. */
  readonly onExpired: () => void;
}

interface Awaited {
  readonly verb: string;
  readonly sinceMs: EpochMs;
}

const hidden = '***';
const megabyteBytes = 1_048_576;

export class ConversationWatch {
  readonly #options: WatchOptions;
  readonly #awaited: Awaited[] = [];
  #cancelLimit: () => void = () => undefined;
  #cancelTransferLimit: () => void = () => undefined;
  #sizeBytes = 0;
  #inLogin = false;
  #stopped = false;
  #expired: string | null = null;
  /** The final dot of the latest message is on its way. */
  messageSent = false;

  constructor(options: WatchOptions) {
    this.#options = options;
    this.#await('greeting', options.timeouts.greetingTimeoutMs, 'no greeting');
  }

  /** In the form nodemailer wants a logger; it masks what is secret in AUTH itself. */
  get logger(): Readonly<
    Record<'trace' | 'debug' | 'info' | 'warn' | 'error' | 'fatal', (...args: readonly unknown[]) => void>
  > {
    const note = (entry: unknown, text: unknown): void => {
      const kind = typeof entry === 'object' && entry !== null && 'tnx' in entry ? entry.tnx : '';
      if (kind === 'client') this.#onCommand(String(text));
      else if (kind === 'server') this.#onReply(String(text));
    };
    const ignore = (): void => undefined;
    return { trace: ignore, debug: note, info: note, warn: ignore, error: ignore, fatal: ignore };
  }

  /** The next message is about to go out. */
  transactionBegins(sizeBytes: number): void {
    this.#sizeBytes = sizeBytes;
  }

  /** A part of the message was taken. */
  progress(): void {
    const { idleTimeoutMs } = this.#options.timeouts;
    this.#limit(idleTimeoutMs, 'the server took nothing of the message');
  }

  /** The final dot is on its way. */
  messageEnds(): void {
    this.messageSent = true;
    this.#cancelTransferLimit();
    this.#await('.', this.#options.timeouts.finalReplyTimeoutMs, 'no answer to the end of the message');
  }

  /** Why the connection ended, as far as we are the reason. */
  get loss(): ConversationError {
    return this.#expired === null
      ? { message: 'the connection was closed', code: 'ECONNECTION' }
      : { message: this.#expired, code: 'ELIMIT' };
  }

  stop(): void {
    this.#stopped = true;
    this.#cancelLimit();
    this.#cancelTransferLimit();
  }

  #onCommand(line: string): void {
    const { commandTimeoutMs } = this.#options.timeouts;
    const [verb = '', ...rest] = this.#inLogin ? ['AUTH', hidden] : line.split(' ');
    const isLogin = verb.toUpperCase() === 'AUTH';
    this.#inLogin ||= isLogin;
    const query = (isLogin ? rest.slice(0, 1) : rest).join(' ');
    this.#write({ direction: 'outboundCommand', method: verb, query, bytesSent: Buffer.byteLength(line) + 2 });
    this.messageSent = false;
    this.#await(verb, commandTimeoutMs, `no answer to ${verb}`);
  }

  #onReply(reply: string): void {
    const { clock, timeouts } = this.#options;
    const { verb = '', sinceMs = clock.now() } = this.#awaited.shift() ?? {};
    const status = /^[2-5][0-9]{2}/.exec(reply)?.[0] ?? '0';
    this.#inLogin &&= status === '334';
    this.#write({
      direction: 'outboundResponse',
      query: oneLine(reply),
      status: Number(status),
      bytesReceived: Buffer.byteLength(reply) + 2,
      timeTakenMs: Math.max(clock.now() - sinceMs, 0),
    });
    const [next] = this.#awaited;
    if (next !== undefined) this.#limit(timeouts.commandTimeoutMs, `no answer to ${next.verb}`);
    else if (verb === 'STARTTLS' && status.startsWith('2')) {
      this.#limit(timeouts.commandTimeoutMs, 'the TLS handshake did not end');
    } else if (verb === 'DATA' && /^[23]/.test(status)) {
      this.#limitTransfer();
      this.progress();
    } else this.#cancelLimit();
  }

  #await(verb: string, limitMs: number, complaint: string): void {
    this.#awaited.push({ verb, sinceMs: this.#options.clock.now() });
    this.#limit(limitMs, complaint);
  }

  #limit(limitMs: number, complaint: string): void {
    const { clock, timeouts } = this.#options;
    this.#cancelLimit();
    if (this.#stopped) return;
    const ms = Math.min(limitMs, timeouts.idleTimeoutMs);
    this.#cancelLimit = clock.after(ms, () => this.#expire(complaint, ms));
  }

  /** A server that takes a little now and then shows progress for ever: all of it together has a limit as well. */
  #limitTransfer(): void {
    const { clock, timeouts } = this.#options;
    this.#cancelTransferLimit();
    if (this.#stopped) return;
    const ms = timeouts.idleTimeoutMs * (1 + Math.ceil(this.#sizeBytes / megabyteBytes));
    this.#cancelTransferLimit = clock.after(ms, () => this.#expire('the server did not take the message', ms));
  }

  #expire(complaint: string, ms: number): void {
    this.#expired = `${complaint} within ${Math.ceil(ms / 1_000)} seconds`;
    this.#options.onExpired();
  }

  #write(change: Pick<ProtocolLogEntry, 'direction' | 'query'> & Partial<ProtocolLogEntry>): void {
    const { protocolLog, sessionId, peer } = this.#options;
    protocolLog.write({
      sessionId,
      peerAddress: peer.address,
      user: '',
      serverAddress: '',
      serverPort: peer.port,
      method: '',
      status: 0,
      bytesSent: 0,
      bytesReceived: 0,
      timeTakenMs: 0,
      ...change,
    });
  }
}
