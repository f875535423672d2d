/** Settings that take secrets along: what belonged to a user or a remote domain that is gone is not kept. */
import type { ServerId } from '../../shared/contract/messages.ts';
import { outboundSecret, type SecretName, userSecret } from '../../shared/settings/secrets.ts';
import type { ServerSettings } from '../../shared/settings/server-settings.ts';
import type { Log } from '../base/ports.ts';
import type { SecretStore, SettingsStore } from './types.ts';

/**
 * After each successful change, secrets are removed whose user, remote domain or server was there before and is no more.
 * Settings first: a crash in between leaves a secret nobody uses, never a user without a password. Secrets that were set
 * ahead of their user or domain stay.
 */
export function forgettingSettings(
  settings: SettingsStore,
  secrets: Pick<SecretStore, 'storedNames' | 'set'>,
  log: Log,
): SettingsStore {
  /** Seen in the settings, with the secrets of those that are gone still to be removed. */
  let seen = ownersIn(settings);

  const forget = async (): Promise<void> => {
    const now = ownersIn(settings);
    const gone = new Map([...seen].filter(([owner]) => !now.has(owner)));
    seen = new Map([...seen, ...now]);
    for (const [owner, serverId] of gone) {
      try {
        for (const name of secrets.storedNames(serverId)) {
          if (ownerOf(serverId, name) === owner) await secrets.set(serverId, name, null);
        }
        seen.delete(owner);
      } catch (error) {
        // The settings are saved. The next change tries again.
        log.error('secret of what is gone not removed', error, { server: serverId });
      }
    }
  };

  const thenForget = async <Result>(change: Promise<Result>): Promise<Result> => {
    const result = await change;
    await forget();
    return result;
  };

  return {
    serverIds: () => settings.serverIds(),
    get revision() {
      return settings.revision;
    },
    get: (serverId) => settings.get(serverId),
    create: (values) => thenForget(settings.create(values)),
    remove: (serverId) => thenForget(settings.remove(serverId)),
    save: (serverId, revision, changes) => thenForget(settings.save(serverId, revision, changes)),
    exportServer: (serverId) => settings.exportServer(serverId),
    importServer: (serverId, text, options) => {
      const imported = settings.importServer(serverId, text, options);
      return options.preview ? imported : thenForget(imported);
    },
    history: () => settings.history(),
    rollback: (revision, toRevision) => thenForget(settings.rollback(revision, toRevision)),
    onChange: (listener) => settings.onChange(listener),
    onServers: (listener) => settings.onServers(listener),
  };
}

/** A server itself, each of its users and each of its remote domains. */
type Owners = Map<string, ServerId>;

const ownersIn = (settings: Pick<SettingsStore, 'serverIds' | 'get'>): Owners =>
  new Map(
    settings
      .serverIds()
      .flatMap((serverId) =>
        namesIn(settings.get(serverId).values).map((name) => [ownerOf(serverId, name), serverId] as const),
      ),
  );

/** One secret of each that may have some. */
const namesIn = (values: ServerSettings): readonly SecretName[] => [
  outboundSecret(null, 'password'),
  ...values['access.users'].map(userSecret),
  ...values['domains.remote'].map(({ name }) => outboundSecret(name, 'password')),
];

/** Names are the same in every spelling. */
function ownerOf(serverId: ServerId, name: SecretName): string {
  const [owner = ''] = /^(?:user:.*|domain:[^:]*)/.exec(name.toLowerCase()) ?? [];
  return `${serverId} ${owner}`;
}
