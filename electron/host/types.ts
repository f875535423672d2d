/** The relay as a program: what every way of starting it (window, service, browser console, command line) gets. */
import type { Handlers } from '../../shared/contract/calls.ts';
import type { EventName, EventOf } from '../../shared/contract/events.ts';
import type { FrameChannel } from '../../shared/contract/frames.ts';
import type { RelayStatus } from '../../shared/contract/servers.ts';
import type { Ports } from '../base/ports.ts';
import type { SettingOverrides } from '../settings/types.ts';

export interface HostOptions {
  readonly dataFolder: string;
  readonly hostedBy: RelayStatus['hostedBy'];
  readonly version: string;
  /** Settings for this run only (command line options). */
  readonly overrides?: SettingOverrides;
  readonly ports: Ports;
}

/** A running relay. Its pipe is served, its listeners are bound or their problems known. */
export interface Host {
  readonly handlers: Handlers;
  readonly pipeAddress: string;
  on<Name extends EventName>(name: Name, listener: (event: EventOf<Name>) => void): () => void;
  /** Serves the contract on one more channel (a window, a browser). */
  attach(channel: FrameChannel): void;
  /** Takes no more mail in, lets conversations end, releases the data folder. */
  stop(): Promise<void>;
}

/**
 * Implemented in create-host.ts as
 *   createHost(options: HostOptions): Promise<Host>
 * @throws {ProblemError} 'storage' (folder, lock held by whom, settings unreadable) with a sentence for people.
 */
export type CreateHost = (options: HostOptions) => Promise<Host>;
