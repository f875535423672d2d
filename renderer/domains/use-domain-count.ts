import type { ServerId } from '../../shared/contract/messages.ts';
import { useWatchedSettings } from '../api/queries.ts';
import { domainRows } from './domain-rows.ts';
import { domainStateOf } from './domain-store.ts';

/** How many domains a server has; null while it is not known. */
export function useDomainCount(serverId: ServerId): number | null {
  const { data } = useWatchedSettings(serverId);
  return data === undefined ? null : domainRows(domainStateOf(data).settings).length;
}
