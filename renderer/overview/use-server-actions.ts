/** What can be done with a virtual server: the same actions for its menu, its row, its tree node and the toolbar. */
import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import type { ServerStatus } from '../../shared/contract/servers.ts';
import { useContract } from '../api/contract-context.tsx';
import { useStatus } from '../api/queries.ts';
import { useDialogs } from '../app/dialogs.tsx';
import type { ViewAction } from '../app/view-chrome.tsx';

/** A stable function from the server to its actions; an empty list while the server is not known. */
export function useServerActions(): (server: ServerStatus | undefined) => readonly ViewAction[] {
  const { t } = useTranslation('menus');
  const { t: tWizards } = useTranslation('wizards');
  const { t: tChecks } = useTranslation('checks');
  const client = useContract();
  const { open, showFailure } = useDialogs();
  const isOnly = (useStatus().data?.servers.length ?? 0) < 2;
  return useCallback(
    (server) => {
      if (server === undefined) return [];
      const { id: serverId, state } = server;
      const change = (call: 'server.start' | 'server.pause') => () => {
        client.call(call, { serverId }).catch(showFailure);
      };
      return [
        {
          id: 'start',
          label: t('start'),
          disabledReason: {
            started: t('reason.alreadyStarted'),
            paused: t('reason.pausedResume'),
            stopped: undefined,
          }[state],
          run: change('server.start'),
        },
        {
          id: 'stop',
          label: t('stop'),
          disabledReason: state === 'stopped' ? t('reason.alreadyStopped') : undefined,
          run: () => open({ kind: 'confirmStop', serverId }),
        },
        {
          id: 'pause',
          label: t('pause'),
          pressed: state === 'paused',
          disabledReason: state === 'stopped' ? t('reason.stoppedCannotPause') : undefined,
          // As in IIS: choosing Pause again goes on. A server without it would need a fourth word.
          run: change(state === 'paused' ? 'server.start' : 'server.pause'),
        },
        {
          id: 'new',
          label: tWizards('new'),
          separatorBefore: true,
          submenu: [
            { id: 'newServer', label: tWizards('newServer'), run: () => open({ kind: 'newServer' }) },
            { id: 'newDomain', label: tWizards('newDomain'), run: () => open({ kind: 'newDomain', serverId }) },
          ],
          run: () => {},
        },
        {
          id: 'testMail',
          label: tChecks('testMail.menu'),
          separatorBefore: true,
          disabledReason: state === 'stopped' ? t('reason.alreadyStopped') : undefined,
          run: () => open({ kind: 'testMail', serverId }),
        },
        { id: 'checkServer', label: tChecks('menu'), run: () => open({ kind: 'checkServer', serverId }) },
        {
          id: 'delete',
          label: tWizards('delete'),
          separatorBefore: true,
          disabledReason: isOnly
            ? tWizards('reason.deleteLast')
            : state === 'stopped'
              ? undefined
              : tWizards('reason.deleteStarted'),
          run: () => open({ kind: 'deleteServer', serverId }),
        },
        {
          id: 'rename',
          label: tWizards('rename'),
          shortcut: 'F2',
          run: () => open({ kind: 'renameServer', serverId }),
        },
        {
          id: 'properties',
          label: t('properties'),
          shortcut: t('shortcut.properties'),
          run: () => open({ kind: 'properties', serverId }),
        },
      ];
    },
    [client, open, showFailure, isOnly, t, tWizards, tChecks],
  );
}
