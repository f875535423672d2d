import { type ReactNode, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { SettingKey } from '../../shared/settings/server-settings.ts';
import { ConsoleDialog } from '../app/Dialog.tsx';
import type { HelpTopic } from '../help/topics.ts';
import { useSheet } from './sheet.tsx';

interface SettingsDialogProps {
  readonly title: string;
  /** The settings this dialog edits: OK looks whether they are good. */
  readonly keys: readonly SettingKey[];
  readonly children: ReactNode;
  readonly onClose: () => void;
  /** One of the settings has a problem: the page it is on must be shown. */
  readonly onProblem?: () => void;
  /** Pixels. */
  readonly width?: number;
  /** False: what the dialog says is wrong keeps OK from being pressed. */
  readonly acceptable?: boolean;
  /** The page F1 opens; without it that of the tab. */
  readonly help?: HelpTopic;
}

/** A dialog behind a button of a tab. It works on the draft of the sheet, which saves it; Cancel puts back what was there. */
export function SettingsDialog({
  title,
  keys,
  children,
  onClose,
  onProblem,
  width = 460,
  acceptable = true,
  help,
}: SettingsDialogProps) {
  const { t } = useTranslation('app');
  const { edits, restore, judge } = useSheet();
  const [before] = useState(edits);
  const [failedTries, setFailedTries] = useState(0);
  const content = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (failedTries > 0) content.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus();
  }, [failedTries]);
  const cancel = (): void => {
    restore(before);
    onClose();
  };
  return (
    <ConsoleDialog
      title={title}
      onClose={cancel}
      width={width}
      {...(help === undefined ? {} : { help })}
      buttons={[
        {
          label: t('dialog.ok'),
          isDefault: true,
          disabled: !acceptable,
          onClick: () => {
            if (judge(keys)) onClose();
            else {
              onProblem?.();
              setFailedTries(failedTries + 1);
            }
          },
        },
        { label: t('dialog.cancel'), onClick: cancel },
      ]}
    >
      <div ref={content} style={{ display: 'flex', flexDirection: 'column', gap: 6 }}>
        {children}
      </div>
    </ConsoleDialog>
  );
}
