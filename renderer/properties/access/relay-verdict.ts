import type { TFunction } from 'i18next';
import type { RelayVerdict } from '../../../shared/contract/servers.ts';
import { entryText } from './relay-entry.ts';

/** 'No. It is excluded by the entry 10.0.0.0/8.' Pure. */
export function verdictText(t: TFunction<'properties'>, verdict: RelayVerdict): string {
  return t(verdict.allowed ? 'relay.allowed' : 'relay.notAllowed', { reason: reasonText(t, verdict) });
}

function reasonText(t: TFunction<'properties'>, { reason, entry }: RelayVerdict): string {
  switch (reason) {
    case 'exceptListed':
      // No entry was found to fit, but one of the names might: DNS did not tell.
      return entry === null
        ? t('relay.reason.nameUnknown')
        : t('relay.reason.exceptListed', { entry: entryText(entry, t('relay.thisComputer')) });
    case 'listed':
      return t('relay.reason.listed', { entry: entryText(entry ?? '', t('relay.thisComputer')) });
    default:
      return t(`relay.reason.${reason}`, { entry: entry ?? '' });
  }
}
