/** A mail server under measurement: ours or Postfix, both behind the same few operations. */

export type Upstream =
  | { readonly kind: 'port'; readonly port: number }
  /** Mail goes where DNS says, and DNS does not answer. */
  | { readonly kind: 'deadDns'; readonly resolverFile: string };

export interface PeerStart {
  /** Kept between two starts when a queue has to survive. */
  readonly folder: string;
  readonly upstream: Upstream;
}

export interface RunningPeer {
  readonly port: number;
  /** The process whose tree is counted. */
  readonly processId: number;
  /** From the start of its process until a client was greeted. */
  readonly listeningAfterMs: number;
  stop(): Promise<void>;
}

export interface Peer {
  readonly name: string;
  /** For the record of results. */
  readonly version: string;
  start(options: PeerStart): Promise<RunningPeer>;
  /** Puts copies of one accepted message into the queue of a peer that does not run. */
  fill(folder: string, messages: number): Promise<void>;
}
