import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ServerId } from '../../shared/contract/messages.ts';
import { testSetting } from '../../shared/settings/check-setting.ts';
import { useContract } from '../api/contract-context.tsx';
import { useRefreshAll, useServerStatus } from '../api/queries.ts';
import { ConsoleDialog } from '../app/Dialog.tsx';
import { useDialogs } from '../app/dialogs.tsx';
import { FieldRow, Note, TextInput } from '../app/fields.tsx';

/** F2 on a virtual server: the name in the tree. */
export function RenameServerDialog({
  serverId,
  onClose,
}: {
  readonly serverId: ServerId;
  readonly onClose: () => void;
}) {
  const { t } = useTranslation('wizards');
  const { t: tApp } = useTranslation('app');
  const client = useContract();
  const refresh = useRefreshAll();
  const { showFailure } = useDialogs();
  const present = useServerStatus(serverId)?.name ?? '';
  const [text, setText] = useState(present);
  const [judging, setJudging] = useState(false);
  const check = testSetting('general.name', text);
  const rename = useMutation({
    // The name alone: whatever else changed meanwhile is not touched.
    mutationFn: async (name: string) => {
      const { revision } = await client.call('settings.get', { serverId });
      await client.call('settings.save', { serverId, revision, changes: { 'general.name': name } });
    },
    onSuccess: () => {
      refresh();
      onClose();
    },
    onError: showFailure,
  });
  const accept = (): void => {
    setJudging(true);
    if (!check.ok) return;
    if (check.value === present) onClose();
    else rename.mutate(check.value);
  };
  return (
    <ConsoleDialog
      title={t('renameServer.title')}
      onClose={onClose}
      buttons={[
        { label: tApp('dialog.ok'), onClick: accept, isDefault: true, disabled: rename.isPending },
        { label: tApp('dialog.cancel'), onClick: onClose },
      ]}
    >
      <FieldRow
        label={t('renameServer.name')}
        narrowLabel={70}
        problem={judging && !check.ok ? t('server.nameProblem') : undefined}
      >
        {(ids) => <TextInput {...ids} value={text} maxLength={100} onChange={setText} />}
      </FieldRow>
      <Note>{t('renameServer.note')}</Note>
    </ConsoleDialog>
  );
}
