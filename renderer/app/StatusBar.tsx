import { styled } from '@mui/material/styles';
import { useTranslation } from 'react-i18next';

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

interface StatusBarProps {
  /** What the view says about itself. */
  readonly texts: readonly string[];
  /** At the right edge: state of the server. */
  readonly state: string;
}

export function StatusBar({ texts, state }: StatusBarProps) {
  const { t } = useTranslation('app');
  return (
    <Bar role="status" aria-label={t('pane.status')}>
      {texts.map((text) => (
        <span key={text}>{text}</span>
      ))}
      <div style={{ flex: 1 }} />
      <div>{state}</div>
    </Bar>
  );
}
