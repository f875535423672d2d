/** What can be done with the computer: 'New > Virtual Server…'. */
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { useDialogs } from '../app/dialogs.tsx';
import type { ViewAction } from '../app/view-chrome.tsx';

export function useComputerActions(): readonly ViewAction[] {
  const { t } = useTranslation('wizards');
  const { open } = useDialogs();
  return useMemo(
    () => [
      {
        id: 'new',
        label: t('new'),
        submenu: [{ id: 'newServer', label: t('newServer'), run: () => open({ kind: 'newServer' }) }],
        run: () => {},
      },
    ],
    [t, open],
  );
}
