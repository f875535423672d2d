import type { ServerId } from '../../shared/contract/messages.ts';
import type { SettingsStore } from '../settings/types.ts';

export interface RevisionGuard {
  /** Nobody has changed the settings of this server since that revision of the file. */
  isUnchangedSince(serverId: ServerId, revision: number): boolean;
}

/**
 * The revision counts saves of the whole file. Whoever edits one virtual server is not in conflict with a change of
 * another one.
 */
export function createRevisionGuard(settings: Pick<SettingsStore, 'revision' | 'onChange'>): RevisionGuard {
  const knownFrom = settings.revision;
  const changedAt = new Map<ServerId, number>();
  settings.onChange((serverId) => void changedAt.set(serverId, settings.revision));
  return {
    isUnchangedSince: (serverId, revision) =>
      revision >= (changedAt.get(serverId) ?? knownFrom) && revision <= settings.revision,
  };
}
