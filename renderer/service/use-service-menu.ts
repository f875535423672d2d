/** File > Install service… or Remove service…, whichever there is to do. */
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { useDialogs } from '../app/dialogs.tsx';
import type { ViewAction } from '../app/view-chrome.tsx';
import { useService } from './use-service.ts';

/** Nothing where nobody answers for the computer. */
export function useServiceMenu(): readonly ViewAction[] {
  const { t } = useTranslation('service');
  const { open } = useDialogs();
  const { computer, status } = useService();
  const isInstalled = status !== undefined && status.state !== 'absent';
  return useMemo(() => {
    if (computer === null) return [];
    const what = isInstalled ? 'remove' : 'install';
    return [
      { id: 'service', label: t(`${what}.menu`), separatorBefore: true, run: () => open({ kind: 'service', what }) },
    ];
  }, [t, open, computer, isInstalled]);
}
