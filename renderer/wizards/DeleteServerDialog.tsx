import { useTranslation } from 'react-i18next';
import type { ServerId } from '../../shared/contract/messages.ts';
import { useContract } from '../api/contract-context.tsx';
import { useRefreshAll, useServerStatus } from '../api/queries.ts';
import { ConfirmDialog } from '../app/Dialog.tsx';
import { useDialogs } from '../app/dialogs.tsx';
import { useNavigation } from '../app/navigation.tsx';

/** Asks before a stopped virtual server goes, and says what stays. */
export function DeleteServerDialog({
  serverId,
  onClose,
}: {
  readonly serverId: ServerId;
  readonly onClose: () => void;
}) {
  const { t } = useTranslation('wizards');
  const client = useContract();
  const refresh = useRefreshAll();
  const { place, go } = useNavigation();
  const { showFailure } = useDialogs();
  const server = useServerStatus(serverId);
  const waiting = server?.queue.total ?? 0;
  const remove = (): void => {
    onClose();
    client.call('server.delete', { serverId }).then(() => {
      if ('serverId' in place && place.serverId === serverId) go({ kind: 'computer' });
      refresh();
    }, showFailure);
  };
  return (
    <ConfirmDialog
      title={t('deleteServer.title')}
      confirmLabel={t('deleteServer.confirm')}
      onConfirm={remove}
      onCancel={onClose}
    >
      <p style={{ margin: '0 0 8px', fontWeight: 600 }}>{t('deleteServer.text', { name: server?.name ?? serverId })}</p>
      <p style={{ margin: '0 0 4px' }}>{t('deleteServer.consequence')}</p>
      <p style={{ margin: '0 0 8px', overflowWrap: 'anywhere' }} data-selectable>
        {server?.mailroot}
      </p>
      {waiting > 0 && <p style={{ margin: 0, fontWeight: 600 }}>{t('deleteServer.waiting', { count: waiting })}</p>}
    </ConfirmDialog>
  );
}
