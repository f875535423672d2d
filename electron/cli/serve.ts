/** The relay without a window, until it is told to stop. */
import { PassThrough } from 'node:stream';
import { computerCalls } from '../../shared/contract/computer/computer-calls.ts';
import { type Problem, ProblemError } from '../../shared/contract/problem.ts';
import type { ServerStatus } from '../../shared/contract/servers.ts';
import type { Log } from '../base/ports.ts';
import { thisComputer } from '../computer/this-computer.ts';
import { type ConsoleServer, startConsoleServer } from '../console-server.ts';
import { consoleFolder, readVersion } from '../host/app-files.ts';
import { serveCalls } from '../host/contract-server.ts';
import { createHost } from '../host/create-host.ts';
import { firstSignal } from '../host/first-signal.ts';
import type { Host } from '../host/types.ts';
import { createOperatorLog } from '../logging/operator-log.ts';
import type { SettingOverrides } from '../settings/types.ts';
import type { Cli } from './cli.ts';
import { oneLine } from './output.ts';
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

/**
 * A server that cannot listen keeps no other one from serving: it is told, and tried again each minute.
 * @throws {ProblemError} why, when none of the started servers listens as it should.
 */
async function requireListeners(host: Host, cli: Cli): Promise<void> {
  const { servers } = await host.handlers['status.get'](null);
  const started = servers.filter(({ state }) => state === 'started').map(problemsOf);
  const [first] = started.flat();
  if (first !== undefined && started.every((problems) => problems.length > 0)) throw new ProblemError(first);
  for (const { message } of started.flat()) cli.terminal.complain(oneLine(message));
  for (const { id, state } of servers) {
    if (state === 'started') continue;
    cli.terminal.complain(
      `Virtual server ${id} is ${state}. Let it take mail with "smtp-relay server start --server ${id}".`,
    );
  }
}

const problemsOf = ({ listeners }: ServerStatus): readonly Problem[] =>
  listeners.flatMap(({ problem }) => problem ?? []);

function serveConsole(cli: Cli, host: Host, port: number, log: Log): Promise<ConsoleServer> {
  const computer = thisComputer({ ports: { ...cli.ports, log }, dataFolder: cli.dataFolder(), window: null });
  return startConsoleServer({
    host,
    connectComputer: (channel) => void serveCalls(channel, computerCalls, computer, log),
    port,
    folder: consoleFolder,
    log,
    onAddress: (url) => cli.terminal.out(`console ${url}\n`),
  });
}

/** Holds the log back until it is known whether the start needs one sentence or the whole story. */
function createStartLog(): { readonly log: Log; readonly show: () => void } {
  const lines = new PassThrough();
  return { log: createOperatorLog(lines), show: () => void lines.pipe(process.stderr) };
}

/** Windows ends the whole tree of processes, and does not tell of a new parent. */
const startedByNpm = (): boolean => process.env.npm_lifecycle_event === 'cli' && process.platform !== 'win32';
