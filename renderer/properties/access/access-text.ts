/** What is chosen behind the buttons of the Access tab, in one sentence each. Pure. */
import type { TFunction } from 'i18next';
import { thisComputerEntry } from '../../../shared/settings/address.ts';
import { openRelayReason } from '../../../shared/settings/open-relay.ts';
import type { Draft } from '../draft-types.ts';

export function authenticationText(
  t: TFunction<'accessTab'>,
  draft: Pick<Draft, 'access.anonymous' | 'access.basic' | 'access.users'>,
): string {
  const count = draft['access.users'].length;
  if (draft['access.anonymous']) {
    return draft['access.basic'] ? t('authenticationNow.both', { count }) : t('authenticationNow.anonymous');
  }
  return draft['access.basic'] ? t('authenticationNow.basic', { count }) : t('authenticationNow.none');
}

export function connectionText(
  t: TFunction<'accessTab'>,
  draft: Pick<Draft, 'access.connectionMode' | 'access.connectionList'>,
): string {
  const count = draft['access.connectionList'].length;
  if (draft['access.connectionMode'] === 'allExceptListed') {
    return count === 0 ? t('connectionNow.everybody') : t('connectionNow.allExcept', { count });
  }
  return count === 0 ? t('connectionNow.nobody') : t('connectionNow.onlyListed', { count });
}

export function relayText(
  t: TFunction<'properties'>,
  draft: Pick<Draft, 'access.relayMode' | 'access.relayList'>,
): string {
  const mode = draft['access.relayMode'];
  const list = [...draft['access.relayList']];
  if (mode === 'allExceptListed') {
    return list.length === 0 ? t('access.open') : t('access.allExcept', { count: list.length });
  }
  if (openRelayReason({ 'access.relayMode': mode, 'access.relayList': list }) !== null) return t('access.open');
  if (list.length === 0) return t('access.nobody');
  if (list.every((entry) => entry === thisComputerEntry)) return t('access.onlyThisComputer');
  return t('access.onlyListed', { count: list.length });
}
