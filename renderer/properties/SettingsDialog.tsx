import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ConsoleDialog } from '../app/Dialog.tsx';
import type { EditedKey } from './draft.ts';
import { useSheet } from './sheet.tsx';

interface SettingsDialogProps {
  readonly title: string;
  /** The settings this dialog edits; Cancel puts them back. */
  readonly keys: readonly EditedKey[];
  readonly children: ReactNode;
  readonly onClose: () => void;
}

/** A dialog behind a button of a tab. It works on the draft of the sheet; saved is what the sheet saves. */
export function SettingsDialog({ title, keys, children, onClose }: SettingsDialogProps) {
  const { t } = useTranslation('app');
  const { draft, change, judge } = useSheet();
  const [before] = useState(draft);
  const restore = <Key extends EditedKey>(key: Key): void => change(key, before[key]);
  const cancel = (): void => {
    for (const key of keys) restore(key);
    onClose();
  };
  return (
    <ConsoleDialog
      title={title}
      onClose={cancel}
      width={460}
      buttons={[
        {
          label: t('dialog.ok'),
          isDefault: true,
          onClick: () => {
            if (judge(keys)) onClose();
          },
        },
        { label: t('dialog.cancel'), onClick: cancel },
      ]}
    >
      <div style={{ display: 'flex', flexDirection: 'column', gap: 6 }}>{children}</div>
    </ConsoleDialog>
  );
}
