import { useTranslation } from 'react-i18next';
import type { Session } from '../../shared/contract/servers.ts';
import { ConfirmDialog } from '../app/Dialog.tsx';

/** Which sessions end: these, or whoever is connected when the answer is given. */
export type Terminated = readonly Session[] | 'all';

interface TerminateDialogProps {
  readonly sessions: Terminated;
  readonly onConfirm: () => void;
  readonly onCancel: () => void;
}

/** Asks before connections are cut, as the IIS console does. */
export function TerminateDialog({ sessions, onConfirm, onCancel }: TerminateDialogProps) {
  const { t } = useTranslation('sessions');
  const [only, ...more] = sessions === 'all' ? [] : sessions;
  return (
    <ConfirmDialog
      title={t('terminate.title')}
      confirmLabel={t('terminate.confirm')}
      onConfirm={onConfirm}
      onCancel={onCancel}
    >
      <p style={{ margin: '0 0 8px', fontWeight: 600, overflowWrap: 'anywhere' }}>
        {only === undefined
          ? t('terminate.all')
          : more.length === 0
            ? t('terminate.one', { user: only.user === '' ? only.peer : only.user, peer: only.peer })
            : t('terminate.some', { count: more.length + 1 })}
      </p>
      <p style={{ margin: 0 }}>{t('terminate.consequence')}</p>
    </ConfirmDialog>
  );
}
