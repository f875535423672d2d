/** One connection as it stands in the protocol log: each command with its reply. Never a password, never message text. */
import type { Clock } from '../base/ports.ts';
import type { ProtocolLog, ProtocolLogEntry } from '../logging/types.ts';

/** Who talks to whom, as far as it is known when a line is written. */
export type TraceEnds = Pick<ProtocolLogEntry, 'sessionId' | 'peerAddress' | 'user' | 'serverAddress' | 'serverPort'>;

interface Exchange {
  readonly method: string;
  readonly query: string;
  readonly startedAtMs: number;
  bytesSent: number;
  bytesReceived: number;
}

/**
 * Verbs that are shown as they are. Any other word may be half of a login sent to a server that did not ask for it, and
 * is counted, not shown.
 */
const knownVerbs: ReadonlySet<string> = new Set([
  ...['HELO', 'EHLO', 'LHLO', 'MAIL', 'RCPT', 'DATA', 'BDAT', 'RSET', 'NOOP', 'QUIT', 'HELP', 'VRFY', 'EXPN'],
  ...['STARTTLS', 'AUTH', 'TURN', 'ATRN', 'ETRN', 'SEND', 'SOML', 'SAML', 'XCLIENT', 'XFORWARD'],
]);
/** RFC 4954 section 4 and RFC 5321 section 4.1.1.4: the command goes on after these. */
const intermediateCodes: ReadonlySet<number> = new Set([334, 354]);
const longestQuery = 1_000;

export class ProtocolTrace {
  readonly #log: Pick<ProtocolLog, 'write'>;
  readonly #clock: Clock;
  readonly #ends: () => TraceEnds;
  readonly #openedAtMs: number;
  #current: Exchange | null = null;

  constructor(options: {
    readonly log: Pick<ProtocolLog, 'write'>;
    readonly clock: Clock;
    readonly ends: () => TraceEnds;
  }) {
    this.#log = options.log;
    this.#clock = options.clock;
    this.#ends = options.ends;
    this.#openedAtMs = options.clock.now();
  }

  /** @param line  One octet per character, without its line end. */
  command(line: string): void {
    const [word = ''] = line.split(' ', 1);
    const verb = word.toUpperCase();
    const rest = verb === 'AUTH' ? '' : line.slice(word.length).trim();
    if (knownVerbs.has(verb)) this.#begin(verb, shown(rest), line.length + 2);
    else this.#begin('unknown', `${line.length} octets`, line.length + 2);
  }

  lineTooLong(octets: number): void {
    this.#begin('unknown', `more than ${octets} octets`, octets);
  }

  /** More of the same command: an AUTH line, a piece of the message. */
  received(octets: number): void {
    if (this.#current !== null) this.#current.bytesReceived += octets;
  }

  replied(code: number, octets: number): void {
    const exchange = this.#current ?? this.#unasked();
    exchange.bytesSent += octets;
    if (intermediateCodes.has(code) && this.#current !== null) return;
    this.#write(exchange, code);
  }

  /** The connection is closed. A command that got no answer is told as well. */
  closed(): void {
    if (this.#current !== null) this.#write(this.#current, 0);
    this.#write({ ...this.#unasked(), query: 'disconnected', startedAtMs: this.#openedAtMs }, 0);
  }

  #begin(method: string, query: string, bytesReceived: number): void {
    this.#current = { method, query, startedAtMs: this.#clock.now(), bytesSent: 0, bytesReceived };
  }

  /** A reply nobody asked for: the greeting, a time-out, the end of the server. */
  #unasked(): Exchange {
    return { method: '', query: '', startedAtMs: this.#clock.now(), bytesSent: 0, bytesReceived: 0 };
  }

  #write({ method, query, startedAtMs, bytesSent, bytesReceived }: Exchange, status: number): void {
    this.#current = null;
    this.#log.write({
      direction: 'inbound',
      ...this.#ends(),
      method,
      query,
      status,
      bytesSent,
      bytesReceived,
      // Negative when somebody sets the computer's clock back.
      timeTakenMs: Math.max(this.#clock.now() - startedAtMs, 0),
    });
  }
}

/** Text of a stranger in a log: one line, of bounded length, UTF-8 where it is. */
const shown = (octets: string): string =>
  Buffer.from(octets.slice(0, longestQuery), 'latin1')
    .toString('utf8')
    .replace(/\p{Cc}/gu, '?');
