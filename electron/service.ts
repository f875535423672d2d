/**
 * The relay without a window, as a service: started by the service control manager of Windows, by systemd, or by hand.
 *   --data DIR   the data folder; without it the one of this computer
 * A listener that cannot be bound is a warning here, not the end: the CA's mail waits for nobody at the keyboard, and the
 * listener is tried again.
 */
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { isProgram } from './base/is-program.ts';
import { nodePorts } from './base/node-ports.ts';
import { readVersion } from './host/app-files.ts';
import { createHost } from './host/create-host.ts';
import { defaultDataFolder } from './host/data-folder.ts';
import { firstSignal } from './host/first-signal.ts';
import { createOperatorLog } from './logging/operator-log.ts';
import { runRelayService } from './packaging/relay-service.ts';
import type { ServiceControlManager } from './packaging/service-control-manager.ts';

const usageExitCode = 2;

/**
 * @param args  without the program. @param stopWanted  asks for the end, besides signals and the service control manager.
 * @returns the exit code.
 */
export async function runService(args: readonly string[], stopWanted: Promise<void> = firstSignal()): Promise<number> {
  let dataFolder: string;
  try {
    const { values } = parseArgs({ args: [...args], options: { data: { type: 'string' } } });
    dataFolder = resolve(values.data ?? defaultDataFolder());
  } catch (error) {
    complain(error instanceof Error ? error.message : String(error));
    return usageExitCode;
  }
  const log = createOperatorLog(process.stderr);
  const ports = nodePorts({ log });
  return runRelayService({
    openRelay: () => createHost({ dataFolder, hostedBy: 'service', version: readVersion(), ports }),
    controlManager: await serviceControlManager(),
    stopWanted,
    log,
    eventLog: ports.eventLog,
    complain,
  });
}

/** Loaded only where there is one: nowhere else does native code come into the process. */
async function serviceControlManager(): Promise<ServiceControlManager | null> {
  if (process.platform !== 'win32') return null;
  const { createServiceControlManager } = await import('./packaging/advapi32.ts');
  return createServiceControlManager();
}

const complain = (sentence: string): void => void process.stderr.write(`${sentence}\n`);

if (isProgram(import.meta)) process.exitCode = await runService(process.argv.slice(2));
