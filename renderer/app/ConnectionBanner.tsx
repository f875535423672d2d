import Button from '@mui/material/Button';
import { styled } from '@mui/material/styles';
import { useState } from 'react';
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
  const { i18n } = useTranslation();
  const state = useConnectionState();
  const since = useSince(state === 'lost');
  const time = new Intl.DateTimeFormat(i18n.language, { timeStyle: 'medium' });
  return (
    <div role="status" aria-live="polite">
      {state === 'lost' && (
        <Banner>
          <Icon name="warning" />
          <span style={{ flex: 1 }}>{t('connection.lost', { since: time.format(since) })}</span>
          <Button onClick={() => window.location.reload()}>{t('connection.reload')}</Button>
        </Banner>
      )}
    </div>
  );
}

/** The moment since which the condition has held; any moment while it does not. */
function useSince(holds: boolean): number {
  const [before, setBefore] = useState({ holds: false, atMs: 0 });
  if (before.holds === holds) return before.atMs;
  const now = { holds, atMs: Date.now() };
  setBefore(now);
  return now.atMs;
}
