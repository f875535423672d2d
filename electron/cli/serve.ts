/** The relay without a window, until it is told to stop. */
import { PassThrough } from 'node:stream';
import { ProblemError } from '../../shared/contract/problem.ts';
import type { Log } from '../base/ports.ts';
import { type ConsoleServer, startConsoleServer } from '../console-server.ts';
import { consoleFolder, readVersion } from '../host/app-files.ts';
import { createHost } from '../host/create-host.ts';
import { firstSignal } from '../host/first-signal.ts';
import type { Host } from '../host/types.ts';
import { createOperatorLog } from '../logging/operator-log.ts';
import type { SettingOverrides } from '../settings/types.ts';
import type { Cli } from './cli.ts';
import { parentGone } from './parent-gone.ts';
import { overridesOf, type ServeOptions } from './serve-options.ts';

/** @throws {ProblemError} why the relay could not start; the exit status of a clean stop is 0. */
export async function serve(cli: Cli, options: ServeOptions): Promise<void> {
  const overrides = overridesOf(options);
  const stopWanted = startedByNpm()
    ? Promise.race([firstSignal(), parentGone(cli.ports.clock, () => process.ppid)])
    : firstSignal();
  const { log, show } = createStartLog();
  let stop: () => Promise<void>;
  try {
    stop = await start(cli, options, overrides, log);
  } catch (error) {
    // A problem is said in one sentence; for anything else the log is the only help.
    if (!(error instanceof ProblemError)) show();
    throw error;
  }
  show();
  cli.terminal.out('ready\n');
  await stopWanted;
  await stop();
}

/** @returns what stops it again. */
async function start(
  cli: Cli,
  options: ServeOptions,
  overrides: SettingOverrides,
  log: Log,
): Promise<() => Promise<void>> {
  const host = await createHost({
    dataFolder: cli.dataFolder(),
    hostedBy: 'service',
    version: readVersion(),
    overrides,
    ports: { ...cli.ports, log },
  });
  try {
    await requireListeners(host, cli);
    const console = options.console === undefined ? null : await serveConsole(cli, host, options.console, log);
    return async () => {
      await console?.stop();
      await host.stop();
    };
  } catch (error) {
    await host.stop();
    throw error;
  }
}

/** @throws {ProblemError} why a listener of a started server is not bound. */
async function requireListeners(host: Host, cli: Cli): Promise<void> {
  const { servers } = await host.handlers['status.get'](null);
  for (const { id, state, listeners } of servers) {
    const unbound = listeners.flatMap(({ problem }) => problem ?? []);
    if (unbound[0] !== undefined) throw new ProblemError(unbound[0]);
    if (state !== 'started') {
      cli.terminal.complain(
        `Virtual server ${id} is ${state}. Let it take mail with "smtp-relay server start --server ${id}".`,
      );
    }
  }
}

const serveConsole = (cli: Cli, host: Host, port: number, log: Log): Promise<ConsoleServer> =>
  startConsoleServer({
    host,
    port,
    folder: consoleFolder,
    log,
    onAddress: (url) => cli.terminal.out(`console ${url}\n`),
  });

/** Holds the log back until it is known whether the start needs one sentence or the whole story. */
function createStartLog(): { readonly log: Log; readonly show: () => void } {
  const lines = new PassThrough();
  return { log: createOperatorLog(lines), show: () => void lines.pipe(process.stderr) };
}

/** Windows ends the whole tree of processes, and does not tell of a new parent. */
const startedByNpm = (): boolean => process.env.npm_lifecycle_event === 'cli' && process.platform !== 'win32';
