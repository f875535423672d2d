/** The operator log: where the host says, and into files of the data folder where nobody watches a terminal. */
import type { Log, Ports } from '../base/ports.ts';
import { createOperatorLogFile } from '../logging/operator-log-file.ts';
import { logFolderOf, type RelayFacts } from './status.ts';

export interface OpenedLog {
  readonly log: Log;
  readonly close: () => Promise<void>;
}

export function openLog({ facts, ports }: { readonly facts: RelayFacts; readonly ports: Ports }): OpenedLog {
  const { log } = ports;
  if (facts.hostedBy === 'console') return { log, close: async () => undefined };
  const file = createOperatorLogFile({ folder: logFolderOf(facts.dataFolder), ports });
  return { log: both(log, file.log), close: () => file.close() };
}

const both = (first: Log, second: Log): Log => ({
  info(event, fields) {
    first.info(event, fields);
    second.info(event, fields);
  },
  warn(event, fields) {
    first.warn(event, fields);
    second.warn(event, fields);
  },
  error(event, error, fields) {
    first.error(event, error, fields);
    second.error(event, error, fields);
  },
});
