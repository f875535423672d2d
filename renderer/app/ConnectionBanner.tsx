import Button from '@mui/material/Button';
import { styled } from '@mui/material/styles';
import { useTranslation } from 'react-i18next';
import { useConnectionState } from '../api/connection.tsx';
import { Icon } from './Icon.tsx';

const Banner = styled('div')(({ theme }) => ({
  display: 'flex',
  flex: 'none',
  alignItems: 'center',
  gap: 8,
  padding: '4px 8px',
  backgroundColor: theme.vars.palette.frame.selected,
  borderBottom: `1px solid ${theme.vars.palette.frame.line}`,
}));

/** While there is no connection. What is on the screen stays readable. */
export function ConnectionBanner() {
  const { t } = useTranslation('app');
  const state = useConnectionState();
  return (
    <div role="status" aria-live="polite">
      {state === 'lost' && (
        <Banner>
          <Icon name="warning" />
          <span style={{ flex: 1 }}>{t('connection.lost')}</span>
          <Button onClick={() => window.location.reload()}>{t('connection.reload')}</Button>
        </Banner>
      )}
    </div>
  );
}
