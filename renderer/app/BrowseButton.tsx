import Button from '@mui/material/Button';
import { useTranslation } from 'react-i18next';
import type { FileKind } from '../../shared/contract/computer/file-calls.ts';
import { useComputer, useComputerFacts } from '../api/computer-context.tsx';
import { useDialogs } from './dialogs.tsx';

interface BrowseButtonProps {
  readonly kind: FileKind;
  /** Of the field beside it. */
  readonly label: string;
  /** The system's dialog opens there. */
  readonly value: string;
  readonly onChoose: (path: string) => void;
  readonly disabled?: boolean;
}

/** Beside a field for a path: the system's own dialog. Nothing where there is none to show, as in a browser. */
export function BrowseButton({ kind, label, value, onChoose, disabled = false }: BrowseButtonProps) {
  const { t } = useTranslation('service');
  const { showFailure } = useDialogs();
  const computer = useComputer();
  const canChoose = useComputerFacts()?.canChooseFiles === true;
  if (computer === null || !canChoose) return null;
  const choose = async (): Promise<void> => {
    const { path } = await computer.call('file.choose', { kind, startAt: value });
    if (path !== null) onChoose(path);
  };
  return (
    <Button
      aria-label={t('browse.label', { field: label })}
      disabled={disabled}
      onClick={() => void choose().catch(showFailure)}
    >
      {t('browse.button')}
    </Button>
  );
}
