import { styled } from '@mui/material/styles';
import { useTranslation } from 'react-i18next';
import { useIsRelaySlow } from '../api/connection.tsx';

const Bar = styled('div')(({ theme }) => ({
  display: 'flex',
  flex: 'none',
  alignItems: 'center',
  height: 24,
  padding: '0 8px',
  fontSize: 12,
  backgroundColor: theme.vars.palette.frame.bar,
  borderTop: `1px solid ${theme.vars.palette.frame.line}`,
  '& > span': { paddingRight: 10, marginRight: 10, borderRight: `1px solid ${theme.vars.palette.frame.line}` },
  '& > span:last-of-type': { borderRight: 'none' },
}));

const Working = styled('div')({
  display: 'flex',
  alignItems: 'center',
  gap: 6,
  marginRight: 16,
  '& progress': { width: 70, height: 8 },
});

interface StatusBarProps {
  /** What the view says about itself. */
  readonly texts: readonly string[];
  /** At the right edge: state of the server. */
  readonly state: string;
}

export function StatusBar({ texts, state }: StatusBarProps) {
  const { t } = useTranslation('app');
  const slow = useIsRelaySlow();
  return (
    <Bar role="status" aria-label={t('pane.status')}>
      {texts.map((text) => (
        <span key={text}>{text}</span>
      ))}
      <div style={{ flex: 1 }} />
      {slow && (
        <Working>
          <progress aria-label={t('working')} />
          {t('working')}
        </Working>
      )}
      <div>{state}</div>
    </Bar>
  );
}
