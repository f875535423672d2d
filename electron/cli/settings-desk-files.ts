/** Settings and secrets while no relay runs: whoever changes them holds the data folder for that moment. */
import type { SecretName } from '../../shared/settings/secrets.ts';
import { prepareDataFolder } from '../host/data-folder.ts';
import { holdDataFolder } from '../host/hold-data-folder.ts';
import { missingSecrets } from '../host/needed-secrets.ts';
import { forgettingSettings } from '../settings/forgetting-settings.ts';
import { openSecrets } from '../settings/secret-store.ts';
import { openSettings } from '../settings/settings-store.ts';
import type { SecretStore, ServerSettingsSnapshot, SettingsStore } from '../settings/types.ts';
import type { Cli } from './cli.ts';
import type { SettingsDesk, SettingsSnapshot } from './settings-desk-types.ts';

interface OpenFiles {
  readonly settings: SettingsStore;
  readonly secrets: SecretStore;
}

export function fileDesk(cli: Cli): SettingsDesk {
  const { ports } = cli;
  const [dataFolder, serverId] = [cli.dataFolder(), cli.serverId()];

  /** Reading needs no lock: the files are only ever replaced as a whole. */
  const open = async (): Promise<OpenFiles> => {
    const stored = await openSettings({ dataFolder, ports });
    const secrets = await openSecrets({ dataFolder, ports });
    return { settings: forgettingSettings(stored, secrets, ports.log), secrets };
  };

  const change = async <Result>(action: (files: OpenFiles) => Promise<Result>): Promise<Result> => {
    await prepareDataFolder(ports.disk, dataFolder);
    const lock = await holdDataFolder({ dataFolder, program: 'command line', ports });
    try {
      return await action(await open());
    } finally {
      await lock.release();
    }
  };

  const get = ({ settings, secrets }: OpenFiles): SettingsSnapshot =>
    snapshotOf(settings.get(serverId), secrets.names(serverId));

  return {
    isRunning: false,
    get: async () => get(await open()),
    save: (edit) =>
      change(async (files) => {
        const snapshot = get(files);
        await files.settings.save(serverId, snapshot.revision, edit(snapshot));
        return get(files);
      }),
    exportText: async () => (await open()).settings.exportServer(serverId),
    importText(text, { asNew, preview }) {
      const run = async ({ settings, secrets }: OpenFiles) => {
        const imported = await settings.importServer(asNew ? null : serverId, text, { preview });
        const names = secrets.names(imported.serverId);
        return {
          serverId: imported.serverId,
          snapshot: snapshotOf(imported.snapshot, names),
          changes: [...imported.changes],
          missingSecrets: missingSecrets(imported.snapshot.values, names),
        };
      };
      return preview ? open().then(run) : change(run);
    },
    history: async () => await (await open()).settings.history(),
    rollback: (toRevision) => change(({ settings }) => settings.rollback(settings.revision, toRevision)),
    setSecret: (name, value) =>
      change(async ({ settings, secrets }) => {
        settings.get(serverId); // a secret of a server that does not exist would wait for the next one of that number
        await secrets.set(serverId, name, value);
      }),
  };
}

const snapshotOf = (
  { revision, values, overridden }: ServerSettingsSnapshot,
  secrets: readonly SecretName[],
): SettingsSnapshot => ({ revision, values, overridden: [...overridden], secrets: [...secrets] });
