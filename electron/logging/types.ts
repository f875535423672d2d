/** What the units write to the protocol log, and what the host reads from it. */
import type { EpochMs } from '../../shared/contract/messages.ts';
import type { ProtocolLogLine } from '../../shared/contract/servers.ts';

/** One command with its reply (inbound), or one command or reply (outbound). Never a password, never message text. */
export interface ProtocolLogEntry {
  readonly direction: ProtocolLogLine['direction'];
  readonly sessionId: string;
  /** c-ip: the other side's address. */
  readonly peerAddress: string;
  /** cs-username: HELO name or authenticated user inbound; empty outbound, where the direction stands in its place. */
  readonly user: string;
  /** s-ip and s-port: our side inbound; the port of the next hop outbound. */
  readonly serverAddress: string;
  readonly serverPort: number;
  /** The verb, such as MAIL; empty for a greeting or an outbound reply. */
  readonly method: string;
  /** What follows the verb, or the reply outbound. */
  readonly query: string;
  /** Reply code; 0 when there is none. */
  readonly status: number;
  readonly bytesSent: number;
  readonly bytesReceived: number;
  readonly timeTakenMs: number;
}

/** The protocol log of one virtual server. Implemented in protocol-log.ts as createProtocolLog(options): ProtocolLog. */
export interface ProtocolLog {
  /** Never throws and never waits: a full disk must not slow the conversation. */
  write(entry: ProtocolLogEntry): void;
  /** Sequence of the latest line; 0 before the first. */
  readonly sequence: number;
  /** The latest lines after `after` that have every word of `search`, at most `limit`, oldest first. Some thousands are kept in memory. */
  tail(query: { readonly after: number; readonly limit: number; readonly search?: string }): readonly ProtocolLogLine[];
  /** Why the file cannot be written; null while all is well or logging is off. */
  readonly problem: string | null;
  readonly folder: string;
  /** Follows the settings of this moment. */
  settingsChanged(): void;
  onChange(listener: () => void): () => void;
  /** Waits for what is under way. */
  close(): Promise<void>;
}

/** Counters of one virtual server, for the metrics file. */
export interface ServerMetrics {
  readonly serverId: string;
  readonly name: string;
  readonly state: 'started' | 'stopped' | 'paused';
  readonly queue: {
    readonly ready: number;
    readonly sending: number;
    readonly retry: number;
    readonly held: number;
    readonly failed: number;
  };
  readonly oldestReceivedAtMs: EpochMs | null;
  readonly badmail: number;
  readonly inboundSessions: number;
  readonly outboundSessions: number;
  readonly accepted: number;
  readonly refused: number;
  readonly delivered: number;
  readonly failed: number;
  readonly listeners: number;
  readonly listenersBound: number;
  readonly unreachableDestinations: number;
  readonly certificateExpiresAtMs: EpochMs | null;
}
