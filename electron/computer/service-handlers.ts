/** Answers the calls about the relay as a service of this computer. */
import type { HandlersOf } from '../../shared/contract/call.ts';
import {
  noServiceReasons,
  type ServiceCommand,
  type ServiceState,
  type serviceCalls,
} from '../../shared/contract/computer/service-calls.ts';
import { ProblemError, problem } from '../../shared/contract/problem.ts';
import type { ServiceControl } from '../packaging/service-control.ts';

export interface ServiceHandlersOptions {
  /** @throws {ProblemError} 'notPossible' where there are no services. */
  readonly control: () => ServiceControl;
  /** The program a service starts. @throws {ProblemError} 'notPossible' when this one can't be a service. */
  readonly program: () => string;
  readonly dataFolder: string;
  /** Of this computer; a service on it needs no word about it. */
  readonly defaultDataFolder: string;
  readonly account: string;
  /** What a prompt with rights begins with: 'sudo ' or nothing. */
  readonly promptPrefix: string;
  readonly elevated: () => Promise<boolean>;
  readonly ownRelay: OwnRelay;
  /** The process that runs a relay on the data folder now; null when there is none. */
  readonly relayProcess: () => Promise<number | null>;
  /** Of a window that may host the relay; null where it can't be handed over. */
  readonly ownProcess: number | null;
}

/** The relay of a window that hosts it: two can't have one data folder. */
export interface OwnRelay {
  /** Stops it, runs `change`, and finds a relay anew: that of the service, or one of the window's own again. */
  handOver<Answer>(change: () => Promise<Answer>): Promise<Answer>;
}

export function createServiceHandlers(options: ServiceHandlersOptions): HandlersOf<typeof serviceCalls> {
  const { account, dataFolder, defaultDataFolder } = options;
  const chosenFolder = dataFolder === defaultDataFolder ? null : dataFolder;

  const status = async (): Promise<ServiceState> => {
    const notPossible = whyNot(options)?.reason ?? null;
    const state = notPossible === 'system' ? 'notInstalled' : (await options.control().status()).state;
    return {
      notPossible,
      state: state === 'notInstalled' ? 'absent' : state,
      account,
      dataFolder,
      commands: commandsOf(options.promptPrefix, chosenFolder),
    };
  };
  const change = async (action: (control: ServiceControl) => Promise<void>): Promise<ServiceState> => {
    const reason = whyNot(options);
    if (reason !== null) throw reason.problem;
    if (!(await options.elevated())) throw needsRights();
    await action(options.control());
    return await status();
  };
  const install = async (control: ServiceControl): Promise<void> => {
    const isNew = (await control.status()).state === 'notInstalled';
    try {
      await control.install({ program: options.program(), dataFolder: chosenFolder, firewallPorts: [] });
      await control.start();
    } catch (error) {
      // A service that does not run today would take the data folder from the window at the next start of the computer.
      if (isNew) await control.remove().catch(() => {});
      throw error;
    }
  };
  /** Otherwise the service would fail at the data folder, with a word in the event log that nobody reads. */
  const refuseOtherRelay = async (control: ServiceControl): Promise<void> => {
    const running = await options.relayProcess();
    if (running === null || running === options.ownProcess) return;
    if (running !== (await control.status()).processId) throw otherRelay(running, dataFolder);
  };
  const { handOver } = options.ownRelay;
  const changeRelay = (action: (control: ServiceControl) => Promise<void>): Promise<ServiceState> =>
    change(async (control) => {
      await refuseOtherRelay(control);
      await handOver(() => action(control));
    });
  return {
    'service.status': status,
    'service.install': () => changeRelay(install),
    'service.remove': () => changeRelay((control) => control.remove()),
    'service.start': () => changeRelay((control) => control.start()),
    'service.stop': () => change((control) => control.stop()),
  };
}

interface Refusal {
  readonly reason: (typeof noServiceReasons)[number];
  readonly problem: ProblemError;
}

function whyNot({ program, control }: ServiceHandlersOptions): Refusal | null {
  try {
    control();
    program();
    return null;
  } catch (error) {
    if (!(error instanceof ProblemError)) throw error;
    const given = error.problem.parameters?.reason;
    return { reason: noServiceReasons.find((known) => known === given) ?? 'system', problem: error };
  }
}

const needsRights = (): ProblemError =>
  problem('notPossible', 'Administrator rights are needed. Restart the console as administrator, then try again.', {
    parameters: { reason: 'notElevated' },
  });

const otherRelay = (processId: number, dataFolder: string): ProblemError =>
  problem(
    'notPossible',
    `Another program (process ${processId}) runs the relay on ${dataFolder}. Quit it there first, then try again.`,
    { parameters: { reason: 'otherRelay', processId } },
  );

function commandsOf(prefix: string, dataFolder: string | null): Record<ServiceCommand, string> {
  const data = dataFolder === null ? '' : `--data "${dataFolder}" `;
  const command = (word: ServiceCommand): string => `${prefix}smtp-relay ${data}service ${word}`;
  return { install: command('install'), remove: command('remove'), start: command('start'), stop: command('stop') };
}
