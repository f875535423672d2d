import type { Ports } from '../base/ports.ts';
import type { SecretStore, SettingsStore } from '../settings/types.ts';
import type { LoadHistory } from './load-history.ts';
import type { RelayFacts } from './status.ts';
import type { VirtualServers } from './virtual-servers.ts';

/** What the handlers of the contract work with. */
export interface HandlerOptions {
  readonly facts: RelayFacts;
  readonly servers: VirtualServers;
  readonly settings: SettingsStore;
  readonly secrets: SecretStore;
  readonly loadHistory: LoadHistory;
  readonly ports: Ports;
}
