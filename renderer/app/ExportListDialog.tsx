import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ConsoleDialog } from './Dialog.tsx';
import { downloadList, type ListFormat, type ListTable } from './export-list.ts';
import { GroupBox, RadioButton } from './fields.tsx';
import { type Progress, ProgressBar, type ProgressControl } from './ProgressBar.tsx';

interface ExportListDialogProps {
  /** Base name of the file. */
  readonly name: string;
  readonly counts: { readonly all: number; readonly selected: number };
  /** Collects the rows once the user has chosen; a long list may have to be asked for page by page. */
  readonly collect: (which: 'all' | 'selected', control: ProgressControl) => ListTable | Promise<ListTable>;
  readonly onClose: () => void;
  readonly onFailure: (error: unknown) => void;
}

export function ExportListDialog({ name, counts, collect, onClose, onFailure }: ExportListDialogProps) {
  const { t, i18n } = useTranslation('app');
  const [which, setWhich] = useState<'all' | 'selected'>(counts.selected > 0 ? 'selected' : 'all');
  const [format, setFormat] = useState<ListFormat>('csv');
  const [busy, setBusy] = useState(false);
  const [progress, setProgress] = useState<Progress | null>(null);
  // However the dialog goes away, nobody waits for the rows any more.
  const working = useRef<AbortController | null>(null);
  useEffect(() => () => working.current?.abort(), []);

  const run = async (): Promise<void> => {
    const controller = new AbortController();
    working.current = controller;
    const { signal } = controller;
    setBusy(true);
    try {
      const table = await collect(which, { signal, onProgress: setProgress });
      if (!signal.aborted) downloadList(name, table, format);
    } catch (error) {
      if (!signal.aborted) onFailure(error);
    } finally {
      if (!signal.aborted) onClose();
    }
  };
  const count = new Intl.NumberFormat(i18n.language);
  return (
    <ConsoleDialog
      title={t('exportList.title')}
      help="lists"
      onClose={onClose}
      buttons={[
        { label: t('exportList.export'), onClick: () => void run(), isDefault: true, disabled: busy },
        { label: t('dialog.cancel'), onClick: onClose },
      ]}
    >
      <GroupBox legend={t('exportList.rows')}>
        <RadioButton
          name="rows"
          label={t('exportList.allRows', { count: counts.all })}
          checked={which === 'all'}
          onSelect={() => setWhich('all')}
        />
        <RadioButton
          name="rows"
          label={t('exportList.selectedRows', { count: counts.selected })}
          checked={which === 'selected'}
          disabled={counts.selected === 0}
          onSelect={() => setWhich('selected')}
        />
      </GroupBox>
      <GroupBox legend={t('exportList.format')}>
        <RadioButton
          name="format"
          label={t('exportList.commaSeparated')}
          checked={format === 'csv'}
          onSelect={() => setFormat('csv')}
        />
        <RadioButton
          name="format"
          label={t('exportList.tabSeparated')}
          checked={format === 'tab'}
          onSelect={() => setFormat('tab')}
        />
      </GroupBox>
      <p style={{ margin: '8px 0 0' }}>{t('exportList.encoding')}</p>
      {busy && (
        <ProgressBar
          label={t('exportList.title')}
          progress={progress}
          text={progress === null ? '' : `${count.format(progress.done)} / ${count.format(progress.total)}`}
        />
      )}
    </ConsoleDialog>
  );
}
