import Button from '@mui/material/Button';
import { useMutation } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { useComputer, useComputerFacts } from '../api/computer-context.tsx';
import { useDialogs } from '../app/dialogs.tsx';

/** A button that opens this console again with administrator rights; nothing where the system can't ask for them. */
export function RestartElevated() {
  const { t } = useTranslation('service');
  const { showFailure } = useDialogs();
  const computer = useComputer();
  const facts = useComputerFacts();
  const restart = useMutation({
    mutationFn: async () => (await computer?.call('computer.restartElevated', null)) ?? { restarted: false },
    onError: showFailure,
  });
  if (facts?.canElevate !== true || facts.elevated) return null;
  return (
    <div style={{ display: 'flex', alignItems: 'center', gap: 8 }}>
      <Button disabled={restart.isPending} onClick={() => restart.mutate()}>
        {t('elevation.restart')}
      </Button>
      <span role="status">{restart.data?.restarted === false && t('elevation.declined')}</span>
    </div>
  );
}
