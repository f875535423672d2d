import { useTranslation } from 'react-i18next';
import type { ServerId } from '../../shared/contract/messages.ts';
import { useContract } from '../api/contract-context.tsx';
import { useServerStatus } from '../api/queries.ts';
import { ConfirmDialog } from './Dialog.tsx';
import { useDialogs } from './dialogs.tsx';

/** Asks before a virtual server is stopped, and says what stops with it. */
export function StopDialog({ serverId, onClose }: { readonly serverId: ServerId; readonly onClose: () => void }) {
  const { t } = useTranslation('server');
  const client = useContract();
  const { showFailure } = useDialogs();
  const name = useServerStatus(serverId)?.name ?? serverId;
  return (
    <ConfirmDialog
      title={t('stopQuestion.title')}
      confirmLabel={t('stopQuestion.confirm')}
      onCancel={onClose}
      onConfirm={() => {
        onClose();
        client.call('server.stop', { serverId }).catch(showFailure);
      }}
    >
      <p style={{ margin: '0 0 8px', fontWeight: 600 }}>{t('stopQuestion.text', { name })}</p>
      <p style={{ margin: '0 0 8px' }}>{t('stopQuestion.consequence')}</p>
      <p style={{ margin: 0 }}>{t('stopQuestion.pauseInstead')}</p>
    </ConfirmDialog>
  );
}
