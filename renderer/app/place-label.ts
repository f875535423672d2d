import type { TFunction } from 'i18next';
import type { RelayStatus } from '../../shared/contract/servers.ts';
import { serverCaption } from '../overview/server-state.ts';
import type { Place } from './place.ts';

/** What the tree calls a node. */
export const placeLabel = (t: TFunction<'app'>, place: Place, status: RelayStatus | undefined): string => {
  switch (place.kind) {
    case 'root':
      return t('productName');
    case 'computer':
      return t('tree.computer', { computer: status?.computerName ?? '' });
    case 'server':
      return serverCaption({ name: status?.servers.find(({ id }) => id === place.serverId)?.name ?? place.serverId });
    case 'domains':
      return t('tree.domains');
    case 'sessions':
      return t('tree.sessions');
    case 'queue':
      return t('tree.queue');
    case 'badmail':
      return t('tree.badmail');
    case 'log':
      return t('tree.log');
  }
};
