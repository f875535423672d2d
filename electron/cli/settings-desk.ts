/** Settings through the running relay, or on the file itself while none runs. */
import type { AnswerOf } from '../../shared/contract/calls.ts';
import type { ContractClient } from '../../shared/contract/client.ts';
import type { SettingKey } from '../../shared/settings/server-settings.ts';
import { prepareDataFolder } from '../host/data-folder.ts';
import { holdDataFolder } from '../host/hold-data-folder.ts';
import { openSettings } from '../settings/settings-store.ts';
import type { ServerSettingsSnapshot } from '../settings/types.ts';
import type { Cli } from './cli.ts';
import { connectRelay } from './relay-connection.ts';

export type SettingsSnapshot = AnswerOf<'settings.get'>;
type SettingChanges = Partial<Record<SettingKey, unknown>>;

export interface SettingsDesk {
  /** A running relay has the settings, so that changes count at once. */
  readonly isRunning: boolean;
  get(): Promise<SettingsSnapshot>;
  save(changes: SettingChanges): Promise<SettingsSnapshot>;
}

export async function withSettings<Answer>(cli: Cli, action: (desk: SettingsDesk) => Promise<Answer>): Promise<Answer> {
  const relay = await connectRelay(cli.dataFolder());
  if (relay === null) return await action(fileDesk(cli));
  try {
    return await action(relayDesk(relay, cli));
  } finally {
    relay.close();
  }
}

function relayDesk(relay: ContractClient, cli: Cli): SettingsDesk {
  const serverId = cli.serverId();
  return {
    isRunning: true,
    get: () => relay.call('settings.get', { serverId }),
    async save(changes) {
      const { revision } = await relay.call('settings.get', { serverId });
      return await relay.call('settings.save', { serverId, revision, changes });
    },
  };
}

function fileDesk(cli: Cli): SettingsDesk {
  const { ports } = cli;
  const [dataFolder, serverId] = [cli.dataFolder(), cli.serverId()];
  return {
    isRunning: false,
    // Reading needs no lock: the file is only ever replaced as a whole.
    get: async () => snapshotOf((await openSettings({ dataFolder, ports })).get(serverId)),
    async save(changes) {
      await prepareDataFolder(ports.disk, dataFolder);
      const lock = await holdDataFolder({ dataFolder, program: 'command line', ports });
      try {
        const store = await openSettings({ dataFolder, ports });
        return snapshotOf(await store.save(serverId, store.get(serverId).revision, changes));
      } finally {
        await lock.release();
      }
    },
  };
}

const snapshotOf = ({ revision, values, overridden }: ServerSettingsSnapshot): SettingsSnapshot => ({
  revision,
  values,
  overridden: [...overridden],
});
