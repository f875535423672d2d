import type { Handlers } from '../../shared/contract/calls.ts';
import type { ServerId } from '../../shared/contract/messages.ts';
import { problem } from '../../shared/contract/problem.ts';
import type { SecretStore, ServerSettingsSnapshot } from '../settings/types.ts';
import type { HandlerOptions } from './handler-options.ts';
import { missingSecrets } from './needed-secrets.ts';
import { createRevisionGuard } from './revision-guard.ts';
import { saveLatest } from './settings-change.ts';

export function settingsHandlers({ servers, settings, secrets }: HandlerOptions) {
  const guard = createRevisionGuard(settings);
  const snapshot = (serverId: ServerId, of = settings.get(serverId)) => snapshotOf(serverId, of, secrets);

  return {
    'settings.get': async ({ serverId }) => snapshot(serverId),
    'settings.save': async ({ serverId, revision, changes }) => {
      const saved = guard.isUnchangedSince(serverId, revision)
        ? await saveLatest(settings, serverId, (latest) => {
            // Asked again at each try: the server's own settings may be what moved on.
            if (!guard.isUnchangedSince(serverId, revision)) throw conflict(serverId, latest.revision, revision);
            return changes;
          })
        : await settings.save(serverId, revision, changes);
      await servers.apply(serverId);
      return snapshot(serverId, saved);
    },

    'settings.export': async ({ serverId }) => ({ text: settings.exportServer(serverId) }),
    'settings.import': async ({ serverId, text, preview }) => {
      const imported = await settings.importServer(serverId, text, { preview });
      if (!preview) await servers.apply(imported.serverId);
      return {
        serverId: imported.serverId,
        changes: [...imported.changes],
        snapshot: snapshot(imported.serverId, imported.snapshot),
        missingSecrets: missingSecrets(imported.snapshot.values, secrets.names(imported.serverId)),
      };
    },
    'settings.history': async () => [...(await settings.history())],
    'settings.rollback': async ({ revision, toRevision }) => {
      const inForce = await settings.rollback(revision, toRevision);
      await servers.apply();
      return { revision: inForce };
    },
    'secret.set': async ({ serverId, name, value }) => {
      settings.get(serverId); // refuses a server that is not there
      await secrets.set(serverId, name, value);
      await servers.apply(serverId);
      return null;
    },
  } satisfies Partial<Handlers>;
}

const conflict = (serverId: ServerId, current: number, from: number) =>
  problem(
    'conflict',
    `The settings of virtual server ${serverId} were changed meanwhile: they are at revision ${current}, this change began at ${from}. Load them again and repeat it.`,
  );

const snapshotOf = (
  serverId: ServerId,
  { revision, values, overridden }: ServerSettingsSnapshot,
  secrets: Pick<SecretStore, 'names'>,
) => ({ revision, values, overridden: [...overridden], secrets: [...secrets.names(serverId)] });
