/** What the inbound side offers to the host. */
import type { Listener, ServerState, Session } from '../../shared/contract/servers.ts';
import type { ServerSettings } from '../../shared/settings/server-settings.ts';
import type { Ports } from '../base/ports.ts';
import type { Envelope, IncomingMessage } from '../spool/types.ts';

export interface InboundOptions {
  readonly ports: Pick<Ports, 'clock' | 'log' | 'ownAddresses' | 'computerName'>;
  /** The settings in force at this moment; read again for every connection and recipient. */
  readonly settings: () => ServerSettings;
  readonly version: string;
  /** The spool's `begin`: where accepted mail goes. */
  readonly begin: (envelope: Envelope) => Promise<IncomingMessage>;
}

export interface InboundTotals {
  readonly accepted: number;
  /** Recipients and connections that were turned away. */
  readonly refused: number;
}

/** The listeners of one virtual server and their sessions. */
export interface InboundServer {
  /**
   * Makes the sockets agree with settings and state: binds what is missing, closes what is not wanted any more.
   * Sessions on a listener that stays are not touched. A listener that cannot be bound is reported, not thrown.
   */
  apply(state: ServerState): Promise<readonly Listener[]>;
  listeners(): readonly Listener[];
  sessions(): readonly Session[];
  readonly totals: InboundTotals;
  onChange(listener: () => void): () => void;
  /** Takes no more mail in: a session in DATA may finish (bounded), others get 421. */
  close(): Promise<void>;
}
