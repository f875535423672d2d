import Button from '@mui/material/Button';
import { styled } from '@mui/material/styles';
import { useTranslation } from 'react-i18next';

/** Over the lines: it comes and goes without moving them. */
const Place = styled('div')(({ theme }) => ({
  position: 'absolute',
  right: 24,
  bottom: 12,
  '& button': { borderColor: theme.vars.palette.primary.main, boxShadow: '2px 3px 8px rgb(0 0 0 / 25%)' },
}));

interface JumpButtonProps {
  readonly newLines: number;
  readonly onJump: () => void;
}

/** Back to the last line, and on with following it. */
export function JumpButton({ newLines, onJump }: JumpButtonProps) {
  const { t } = useTranslation('log');
  return (
    <Place>
      <Button onClick={onJump}>↓ {newLines === 0 ? t('jump') : t('jumpCount', { count: newLines })}</Button>
    </Place>
  );
}
