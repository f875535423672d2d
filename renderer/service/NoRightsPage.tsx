/** In place of the whole console while this account may not use the relay. */
import { useTranslation } from 'react-i18next';
import { useComputerFacts } from '../api/computer-context.tsx';
import { EmptyState } from '../app/EmptyState.tsx';
import { RestartElevated } from './RestartElevated.tsx';

export function NoRightsPage() {
  const { t } = useTranslation('service');
  const canElevate = useComputerFacts()?.canElevate === true;
  return (
    <main aria-label={t('noRights.title')}>
      <EmptyState headline={t('noRights.title')}>{t('noRights.text')}</EmptyState>
      <div style={{ padding: '0 16px', maxWidth: 620 }}>
        <p>{t('noRights.mail')}</p>
        <p>
          {!canElevate && `${t('noRights.elsewhere')} `}
          {t('noRights.again')}
        </p>
        <RestartElevated />
      </div>
    </main>
  );
}
