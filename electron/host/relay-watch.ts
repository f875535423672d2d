/** What looks after the relay while nobody looks at it: alerts in the event log, and the metrics file. */
import { join } from 'node:path';
import type { Ports } from '../base/ports.ts';
import { createAlerts } from '../logging/alerts.ts';
import { createMetricsFile } from '../logging/metrics-file.ts';
import { metricsOf } from './relay-metrics.ts';
import { type RelayFacts, relayStatus, type StatusOptions } from './status.ts';
import { isOpen } from './virtual-servers.ts';

export interface RelayWatchOptions extends StatusOptions {
  readonly facts: RelayFacts;
  readonly ports: Ports;
}

export interface RelayWatch {
  stop(): Promise<void>;
}

export function watchRelay(options: RelayWatchOptions): RelayWatch {
  const { facts, servers, ports } = options;
  const alerts = createAlerts({
    ports,
    look: async () => {
      await recountBadmail(servers);
      return (await relayStatus(options)).warnings;
    },
  });
  const metrics = createMetricsFile({
    path: join(facts.dataFolder, 'metrics', 'smtp-relay.prom'),
    ports,
    version: facts.version,
    collect: async () => (await relayStatus(options)).servers.map(metricsOf),
  });
  alerts.start();
  metrics.start();
  return {
    async stop() {
      await alerts.stop();
      await metrics.stop();
    },
  };
}

/** Administrators clear the folder with the Explorer as well. */
const recountBadmail = async (servers: StatusOptions['servers']): Promise<void> => {
  for (const slot of servers.slots()) {
    if (!isOpen(slot) || slot.server.spool.badmail.count === 0) continue;
    await slot.server.spool.badmail.list().catch(() => []); // a folder that cannot be read keeps its count
  }
};
