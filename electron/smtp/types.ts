/** What the inbound side offers to the host. */

import type { SecureContext } from 'node:tls';
import type { Listener, ServerState, Session } from '../../shared/contract/servers.ts';
import type { ServerSettings } from '../../shared/settings/server-settings.ts';
import type { Ports } from '../base/ports.ts';
import type { ProtocolLog } from '../logging/types.ts';
import type { Envelope, IncomingMessage } from '../spool/types.ts';

/** Who may log in. Implemented in authenticator.ts as createAuthenticator(options): Authenticator. */
export interface Authenticator {
  /**
   * Checks a password, slowly and with the delay of a failed login inside. Equal time whether the user exists or not.
   * @returns 'accepted'; 'refused' (535); 'locked': too many failures of this client or for this user (454 4.7.0).
   */
  check(login: {
    readonly clientAddress: string;
    readonly user: string;
    readonly password: string;
  }): Promise<'accepted' | 'refused' | 'locked'>;
}

/** The listener's certificate. Implemented in server-certificate.ts as createServerCertificate(options): ServerCertificate. */
export interface ServerCertificate {
  /** Null when none is set up, or it cannot be used. A changed file is read within a minute; no session waits for it. */
  readonly current: { readonly context: SecureContext; readonly subject: string; readonly expiresAtMs: number } | null;
  /** Why the certificate that is set up cannot be used, naming the file; null otherwise. An old one goes on being used while a new one is wrong. */
  readonly problem: string | null;
  /** Reads the files now when settings or passphrase have changed. Never throws. */
  refresh(): Promise<void>;
  onChange(listener: () => void): () => void;
  close(): void;
}

export interface InboundOptions {
  readonly ports: Pick<Ports, 'clock' | 'dns' | 'log' | 'ownAddresses' | 'computerName'>;
  readonly authenticator: Authenticator;
  readonly certificate: ServerCertificate;
  readonly protocolLog: ProtocolLog;
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
   * Makes the sockets (`general.listen`, `general.listenTls`) agree with settings and state: binds what is missing, closes what is not wanted any more.
   * Sessions on a listener that stays are not touched. A listener that cannot be bound is reported, not thrown.
   */
  apply(state: ServerState): Promise<readonly Listener[]>;
  listeners(): readonly Listener[];
  sessions(): readonly Session[];
  /** Cuts connections by session id; all of them for null. @returns how many. An unfinished message is discarded. */
  terminate(ids: readonly string[] | null): number;
  readonly totals: InboundTotals;
  onChange(listener: () => void): () => void;
  /** Takes no more mail in: a session in DATA may finish (bounded), others get 421. */
  close(): Promise<void>;
}
