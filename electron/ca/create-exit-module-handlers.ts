/** Answers what a console asks about the mail of this computer's certification authority. */
import type { HandlersOf } from '../../shared/contract/call.ts';
import type { exitModuleCalls } from '../../shared/contract/computer/exit-module-calls.ts';
import { problem } from '../../shared/contract/problem.ts';
import { applyChange, plannedChange, planOf, rollback, rollbackPlan, selfTestOf } from './apply-change.ts';
import {
  type CaDesk,
  caStatus,
  type ExitModuleOptions,
  mailFailures,
  readingOf,
  requireRights,
  stateOf,
} from './ca-desk.ts';
import { isPortBlocked } from './read-ca.ts';
import { restartCa } from './restart-ca.ts';
import { createRollbackFile } from './rollback-file.ts';
import { errorCodeOf } from './windows-error.ts';
import { allowPortCommands, blockPortCommands, portBlockedCommand, windowsPrograms } from './windows-programs.ts';

/** Where the exit module is told to send to. */
const loopback = '127.0.0.1';

export function createExitModuleHandlers(options: ExitModuleOptions): HandlersOf<typeof exitModuleCalls> {
  const desk: CaDesk = {
    ...options,
    programs: windowsPrograms(options.systemRoot),
    rollbackFile: createRollbackFile(options.disk, options.dataFolder),
  };
  const alone = oneAtATime();
  return {
    'ca.status': () => caStatus(desk),
    'ca.plan': async (change) => {
      const reading = await readingOf(desk);
      return planOf(desk, reading, plannedChange(reading, change));
    },
    'ca.apply': ({ change, fingerprint, testTo }) => alone(() => applyChange(desk, change, fingerprint, testTo)),
    'ca.rollbackPlan': async () => await rollbackPlan(desk, await readingOf(desk)),
    'ca.rollback': ({ fingerprint }) => alone(() => rollback(desk, fingerprint)),
    'ca.selfTest': async ({ testTo }) => await selfTestOf(desk, await readingOf(desk), loopback, testTo),
    'ca.restart': () => alone(() => restart(desk)),
    'ca.blockPort': ({ blocked }) => alone(() => blockPort(desk, blocked)),
    'ca.failures': async ({ sinceMs }) => {
      if (!desk.isWindows) return null;
      const failures = await mailFailures(desk, desk.clock.now() - sinceMs);
      return failures === null ? null : failures.filter(({ atMs }) => atMs >= sinceMs);
    },
  };
}

/** Two changes at once would each read what the other one is about to write. */
function oneAtATime(): <Answer>(action: () => Promise<Answer>) => Promise<Answer> {
  let busy = false;
  return async (action) => {
    if (busy) throw problem('notPossible', 'Another change of the certification authority is still under way.');
    busy = true;
    try {
      return await action();
    } finally {
      busy = false;
    }
  };
}

async function restart(desk: CaDesk) {
  await requireRights(desk, 'Restarting the certification authority');
  const reading = await readingOf(desk);
  const state = stateOf(reading);
  if (state === 'noCa') throw problem('notPossible', 'There is no certification authority on this computer.');
  // Only the cluster may restart it, or the change is lost with the next failover.
  if (reading?.clustered !== 'no') {
    throw problem(
      'notPossible',
      'The certification authority belongs to a cluster, or may do so. Restart it in the Failover Cluster Manager: take its resource offline and bring it online.',
    );
  }
  const times = await restartCa(desk);
  desk.log.info('ca restart', { ...times });
  return times;
}

async function blockPort(desk: CaDesk, blocked: boolean): Promise<{ blocked: boolean }> {
  await requireRights(desk, 'Changing the firewall');
  const { runner, programs } = desk;
  const isBlocked = async (): Promise<boolean | null> => isPortBlocked(await runner.run(portBlockedCommand(programs)));
  if ((await isBlocked()) !== blocked) {
    for (const command of blocked ? blockPortCommands(programs) : allowPortCommands(programs)) {
      const result = await runner.run(command);
      if (result.exitCode === 0) continue;
      throw problem(
        'notPossible',
        `Windows did not change the firewall: error ${errorCodeOf(result) || result.exitCode}. A group policy may forbid rules of this computer.`,
      );
    }
  }
  return { blocked: (await isBlocked()) === true };
}
