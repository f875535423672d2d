/** A data folder on the real disk, and what the settings tests ask of it. */
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { nodePorts } from '../../../electron/base/node-ports.ts';
import { openSettings } from '../../../electron/settings/settings-store.ts';
import type { SettingOverrides, SettingsStore } from '../../../electron/settings/types.ts';
import { type Problem, ProblemError } from '../../../shared/contract/problem.ts';
import type { SettingKey } from '../../../shared/settings/server-settings.ts';
import { FakeClock } from '../../fakes/fake-clock.ts';
import { FaultyDisk } from '../../fakes/faulty-disk.ts';
import { MemoryLog } from '../../fakes/memory-log.ts';

export interface SettingsFolder {
  readonly dataFolder: string;
  readonly settingsPath: string;
  readonly disk: FaultyDisk;
  readonly log: MemoryLog;
  readonly open: (overrides?: SettingOverrides) => Promise<SettingsStore>;
  /** Writes the file as an earlier run would have left it, revision 3. */
  readonly write: (servers: Readonly<Record<string, Readonly<Partial<Record<SettingKey, unknown>>>>>) => Promise<void>;
  readonly content: () => Promise<string>;
  readonly remove: () => Promise<void>;
}

export async function newSettingsFolder(): Promise<SettingsFolder> {
  const dataFolder = await mkdtemp(join(tmpdir(), 'settings-'));
  const settingsPath = join(dataFolder, 'settings.json');
  const log = new MemoryLog();
  const disk = new FaultyDisk(nodePorts({ log }).disk);
  return {
    dataFolder,
    settingsPath,
    disk,
    log,
    open: (overrides = {}) => openSettings({ dataFolder, ports: { clock: new FakeClock(), disk, log }, overrides }),
    write: (servers) =>
      writeFile(
        settingsPath,
        JSON.stringify({
          version: 1,
          revision: 3,
          servers: Object.entries(servers).map(([id, settings]) => ({ id, settings })),
        }),
      ),
    content: () => readFile(settingsPath, 'utf8'),
    remove: () => rm(dataFolder, { recursive: true, force: true }),
  };
}

export async function problemOf(action: Promise<unknown>): Promise<Problem> {
  const error = await action.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (error instanceof ProblemError) return error.problem;
  throw new Error('A problem was expected', { cause: error });
}
