import Button from '@mui/material/Button';
import { useTranslation } from 'react-i18next';
import { monospaceFontFamily } from './theme.ts';

/** The console can't go on. The relay does. */
export function ErrorPage({ error }: { readonly error: Error }) {
  const { t } = useTranslation('app');
  const details = `${error.name}: ${error.message}\n${error.stack ?? ''}`;
  return (
    <main role="alert" style={{ padding: 24, maxWidth: 820 }}>
      <h1 style={{ fontSize: 18 }}>{t('error.title')}</h1>
      <p>{t('error.explanation')}</p>
      <div style={{ display: 'flex', gap: 8 }}>
        <Button onClick={() => window.location.reload()}>{t('error.reload')}</Button>
        <Button onClick={() => void navigator.clipboard.writeText(details)}>{t('dialog.copyDetails')}</Button>
      </div>
      <pre
        data-selectable
        style={{ fontFamily: monospaceFontFamily, fontSize: 12, overflow: 'auto', maxHeight: '50vh', marginTop: 16 }}
      >
        {details}
      </pre>
    </main>
  );
}
