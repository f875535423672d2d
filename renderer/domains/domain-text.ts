/** What the list says about a domain beside its name. Pure. */
import type { TFunction } from 'i18next';
import type { ServerSettings } from '../../shared/settings/server-settings.ts';
import type { DomainRow } from './domain-rows.ts';

export function routeText(t: TFunction<'domains'>, row: DomainRow, settings: ServerSettings): string {
  if (row.kind !== 'remote') return settings['domains.default'] === '' ? t('route.server') : t('route.drop');
  return row.remote.smartHosts.length === 0 ? t('route.dns') : row.remote.smartHosts.join(', ');
}

/** 'Held, Own security': what differs from a usual domain. */
export function flagsText(t: TFunction<'domains'>, row: DomainRow, settings: ServerSettings): string {
  if (row.kind === 'alias' && settings['domains.default'] === '') return t('flag.unused');
  if (row.kind !== 'remote') return '';
  const { held, relayAllowed, helo, security, port } = row.remote;
  return [
    ...(held ? [t('flag.held')] : []),
    ...(relayAllowed ? [t('flag.relayAllowed')] : []),
    ...(security === null ? [] : [t('flag.security')]),
    ...(port === null ? [] : [t('flag.port', { port })]),
    ...(helo ? [t('flag.helo')] : []),
  ].join(', ');
}
