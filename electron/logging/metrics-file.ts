/** Counters as a file that a node exporter collects: no listener, and never half of a file. */
import { dirname } from 'node:path';
import type { Ports } from '../base/ports.ts';
import { metricsText } from './metrics-text.ts';
import type { ServerMetrics } from './types.ts';

export interface MetricsFileOptions {
  readonly path: string;
  readonly version: string;
  readonly ports: Pick<Ports, 'clock' | 'disk' | 'log'>;
  readonly collect: () => Promise<readonly ServerMetrics[]>;
}

export interface MetricsFile {
  start(): void;
  /** Writes a last time, that the relay is not up. */
  stop(): Promise<void>;
}

const writeEveryMs = 15_000;

export function createMetricsFile({ path, version, ports, collect }: MetricsFileOptions): MetricsFile {
  const { clock, disk, log } = ports;
  let running = false;
  let cancel = (): void => undefined;
  let writing: Promise<void> = Promise.resolve();
  let written = '';
  let failing = false;

  const write = async (up: boolean): Promise<void> => {
    try {
      const text = metricsText(await collect(), version, clock.now(), up);
      if (text === written) return;
      await disk.ensureFolder(dirname(path));
      const temporary = `${path}.tmp`;
      await disk.remove(temporary);
      const file = await disk.createFile(temporary);
      try {
        await file.write(Buffer.from(text));
      } finally {
        await file.close();
      }
      await disk.rename(temporary, path);
      written = text;
      failing = false;
    } catch (error) {
      // Once, not every fifteen seconds.
      if (!failing) log.error('metrics file not written', error, { file: path });
      failing = true;
    }
  };

  const run = (): void => {
    writing = write(true).then(() => {
      if (running) cancel = clock.after(writeEveryMs, run);
    });
  };

  return {
    start() {
      running = true;
      run();
    },
    async stop() {
      running = false;
      cancel();
      await writing;
      cancel();
      await write(false);
    },
  };
}
