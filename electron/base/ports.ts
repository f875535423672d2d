/** The outside world as small interfaces: tests pass fakes, `node-ports.ts` has the real ones. */
import type { EpochMs } from '../../shared/contract/messages.ts';
import type { Disk } from './disk.ts';

export interface Clock {
  now(): EpochMs;
  /** Runs `action` once after `delayMs`; never keeps the process alive. Returns a function that cancels it. */
  after(delayMs: number, action: () => void): () => void;
}

export interface MxRecord {
  readonly exchange: string;
  readonly priority: number;
}

/** Answers of the operating system's DNS servers. Rejections carry Node's `code` (ENOTFOUND, ENODATA, ESERVFAIL, ETIMEOUT…). */
export interface Dns {
  mx(domain: string): Promise<readonly MxRecord[]>;
  /** IPv4 and IPv6 addresses of a host, in the order to try them. */
  addresses(host: string): Promise<readonly string[]>;
}

export type LogFields = Readonly<Record<string, string | number | boolean | null | undefined>>;

/** The operator log: one line per accept, attempt and end, with the message id. Never secrets, never bodies. */
export interface Log {
  info(event: string, fields?: LogFields): void;
  warn(event: string, fields?: LogFields): void;
  /** `error` is logged with its stack; people see the problem, never the stack. */
  error(event: string, error: unknown, fields?: LogFields): void;
}

export interface Ports {
  readonly clock: Clock;
  readonly disk: Disk;
  readonly dns: Dns;
  readonly log: Log;
  /** Uniform in [0, 1). */
  readonly random: () => number;
  /** IP addresses of this machine now, loopback included. */
  readonly ownAddresses: () => readonly { address: string; family: 'IPv4' | 'IPv6'; adapter: string }[];
  readonly computerName: () => string;
}
