/** The outside world as small interfaces: tests pass fakes, `node-ports.ts` has the real ones. */
import type { Severity } from '../../shared/contract/alerts.ts';
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
  /** Names of an address (PTR). */
  reverse(address: string): Promise<readonly string[]>;
}

/** One entry of the operating system's event log. */
export interface SystemEvent {
  /** See shared/contract/alerts.ts; stable. */
  readonly eventId: number;
  readonly severity: Severity;
  readonly text: string;
}

/** The Windows event log, or the journal elsewhere. Never throws and never waits: an alert must not stop mail. */
export interface EventLog {
  write(event: SystemEvent): void;
}

export interface FormAnswer {
  readonly status: number;
  /** At most 64 KB of it. */
  readonly body: string;
}

/** HTTPS to a token endpoint; nothing else of the relay speaks HTTP as a client. */
export interface FormPost {
  /** @throws {Error} with Node's `code` when no answer came. */
  post(url: string, form: Readonly<Record<string, string>>, signal: AbortSignal): Promise<FormAnswer>;
}

export type LogFields = Readonly<Record<string, string | number | boolean | null | undefined>>;

/** The operator log: one line per accept, attempt and end, with the message id. Never secrets, never bodies. */
export interface Log {
  info(event: string, fields?: LogFields): void;
  warn(event: string, fields?: LogFields): void;
  /** `error` is logged with its stack; people see the problem, never the stack. */
  error(event: string, error: unknown, fields?: LogFields): void;
}

/** Means of the operating system to keep a secret readable on this computer only. */
export interface SecretProtection {
  /** @throws {Error} with the reason when the system refuses. */
  protect(text: string): Promise<Uint8Array>;
  /** @throws {Error} as well for what was protected on another computer. */
  unprotect(sealed: Uint8Array): Promise<string>;
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
  readonly eventLog: EventLog;
  readonly formPost: FormPost;
  /** Authorities the operating system trusts, PEM; where it does not tell, those that came with Node. */
  readonly trustedCertificates: () => readonly string[];
  /** Absent where the system has nothing that a service could use. */
  readonly secretProtection?: SecretProtection;
}
