/** Reads and writes the domains of a server. Nobody's change is overwritten; settings of other kinds do not get in the way. */
import type { AnswerOf } from '../../shared/contract/calls.ts';
import type { ContractClient } from '../../shared/contract/client.ts';
import type { ServerId } from '../../shared/contract/messages.ts';
import { ProblemError } from '../../shared/contract/problem.ts';
import { type ServerSettings, serverSettingsSchema } from '../../shared/settings/server-settings.ts';
import { noSecretChanges, type SecretChanges } from '../properties/secret-changes.ts';
import { type DomainEdit, sameDomains } from './domain-rows.ts';

export interface DomainState {
  readonly revision: number;
  readonly settings: ServerSettings;
  /** Names of those that are set. */
  readonly secrets: AnswerOf<'settings.get'>['secrets'];
}

export const domainStateOf = ({ revision, values, secrets }: AnswerOf<'settings.get'>): DomainState => ({
  revision,
  settings: serverSettingsSchema.parse(values),
  secrets,
});

export interface DomainOrder {
  /** What the person saw when deciding. */
  readonly base: DomainState;
  readonly edit: DomainEdit;
  /** Set or removed after the settings are saved. */
  readonly secrets?: SecretChanges;
  readonly onSaved: (state: DomainState) => void;
  /** 'Reload' was the answer to a conflict. */
  readonly onReload?: (state: DomainState) => void;
}

export const isConflict = (error: unknown): boolean =>
  error instanceof ProblemError && error.problem.code === 'conflict';

interface DomainStore {
  readonly read: () => Promise<DomainState>;
  /** @throws {ProblemError} 'conflict' when somebody changed the domains since `order.base`. */
  readonly writeUndisputed: (order: DomainOrder) => Promise<DomainState>;
  /** Makes the change on the domains as they are now. */
  readonly writeAnyway: (order: DomainOrder) => Promise<DomainState>;
}

export function createDomainStore(client: Pick<ContractClient, 'call'>, serverId: ServerId): DomainStore {
  const read = async (): Promise<DomainState> => domainStateOf(await client.call('settings.get', { serverId }));
  const write = async ({ edit, secrets = noSecretChanges }: DomainOrder, on: DomainState): Promise<DomainState> => {
    const changes = edit(on.settings);
    if (Object.keys(changes).length > 0) {
      await client.call('settings.save', { serverId, revision: on.revision, changes });
    }
    for (const [name, value] of secrets) await client.call('secret.set', { serverId, name, value });
    return await read();
  };
  return {
    read,
    writeAnyway: async (order) => write(order, await read()),
    writeUndisputed: async (order) => {
      try {
        return await write(order, order.base);
      } catch (error) {
        if (!isConflict(error)) throw error;
        // The revision counts every change of every server.
        const now = await read();
        if (!sameDomains(now.settings, order.base.settings)) throw error;
        return await write(order, now);
      }
    },
  };
}
