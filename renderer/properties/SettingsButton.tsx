import Button from '@mui/material/Button';
import { type ReactNode, useState } from 'react';
import type { SettingKey } from '../../shared/settings/server-settings.ts';
import type { HelpTopic } from '../help/topics.ts';
import { SettingsDialog } from './SettingsDialog.tsx';

interface SettingsButtonProps {
  readonly label: string;
  /** Of the dialog. */
  readonly title: string;
  readonly keys: readonly SettingKey[];
  readonly children: ReactNode;
  readonly width?: number;
  readonly help?: HelpTopic;
}

/** A button of a tab with the dialog behind it; found by the settings that are in there. */
export function SettingsButton({ label, ...dialog }: SettingsButtonProps) {
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button data-setting={dialog.keys.join(' ')} onClick={() => setOpen(true)}>
        {label}
      </Button>
      {open && <SettingsDialog {...dialog} onClose={() => setOpen(false)} />}
    </>
  );
}
