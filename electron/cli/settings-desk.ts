/** Settings through the running relay, or on the files themselves while none runs. */
import type { ContractClient } from '../../shared/contract/client.ts';
import type { Cli } from './cli.ts';
import { connectRelay } from './relay-connection.ts';
import { fileDesk } from './settings-desk-files.ts';
import type { SettingsDesk } from './settings-desk-types.ts';

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
    async save(edit) {
      const snapshot = await relay.call('settings.get', { serverId });
      return await relay.call('settings.save', { serverId, revision: snapshot.revision, changes: edit(snapshot) });
    },
    exportText: async () => (await relay.call('settings.export', { serverId })).text,
    importText: (text, { asNew, preview }) =>
      relay.call('settings.import', { serverId: asNew ? null : serverId, text, preview }),
    history: () => relay.call('settings.history', null),
    async rollback(toRevision) {
      const { revision } = await relay.call('settings.get', { serverId });
      return (await relay.call('settings.rollback', { revision, toRevision })).revision;
    },
    async setSecret(name, value) {
      await relay.call('secret.set', { serverId, name, value });
    },
  };
}
