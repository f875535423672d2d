/** In place of the whole console while this account may not use the relay. */
import { styled } from '@mui/material/styles';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { useComputerFacts } from '../api/computer-context.tsx';
import { useDesktopLanguage } from '../app/use-desktop.ts';
import { RestartElevated } from './RestartElevated.tsx';

const Page = styled('main')({ maxWidth: 620, padding: 24 });
const Heading = styled('h1')({ margin: '0 0 12px', fontSize: 16, fontWeight: 600 });

export function NoRightsPage() {
  const { t, i18n } = useTranslation('service');
  const { t: tApp } = useTranslation('app');
  const canElevate = useComputerFacts()?.canElevate === true;
  const title = tApp('productName');
  useDesktopLanguage();
  useEffect(() => {
    document.title = title;
    document.documentElement.lang = i18n.language;
  }, [title, i18n.language]);
  return (
    <Page aria-label={t('noRights.title')}>
      <Heading>{t('noRights.title')}</Heading>
      <p>{t('noRights.text')}</p>
      <p>{t('noRights.mail')}</p>
      <p>
        {!canElevate && `${t('noRights.elsewhere')} `}
        {t('noRights.again')}
      </p>
      <RestartElevated />
    </Page>
  );
}
