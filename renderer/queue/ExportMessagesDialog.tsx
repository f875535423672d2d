import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { MessageId, QueueRow, ServerId } from '../../shared/contract/messages.ts';
import { useContract } from '../api/contract-context.tsx';
import { ConsoleDialog } from '../app/Dialog.tsx';
import { useDialogs } from '../app/dialogs.tsx';
import { downloadFile } from '../app/download-file.ts';
import { type Progress, ProgressBar, type ProgressControl } from '../app/ProgressBar.tsx';
import type { QueueFormat } from './format.ts';
import { type ReadPiece, readMailbox, readMessage } from './message-files.ts';

interface ExportMessagesDialogProps {
  readonly serverId: ServerId;
  readonly count: number;
  /** The message, when it is a single one. */
  readonly only: MessageId | undefined;
  /** The messages, when they are many: those that are not loaded are asked for. */
  readonly rows: (control: ProgressControl) => Promise<readonly QueueRow[]>;
  readonly format: QueueFormat;
  readonly onDone: (said: string) => void;
  readonly onClose: () => void;
}

/** Messages as a file: one as .eml, several as one mailbox. */
export function ExportMessagesDialog(props: ExportMessagesDialogProps) {
  const { serverId, count, only, rows, format, onDone, onClose } = props;
  const { t } = useTranslation('queue');
  const { t: tApp } = useTranslation('app');
  const client = useContract();
  const { showFailure } = useDialogs();
  const [busy, setBusy] = useState(false);
  const [progress, setProgress] = useState<Progress | null>(null);
  // However the dialog goes away, nobody waits for the file any more.
  const working = useRef<AbortController | null>(null);
  useEffect(() => () => working.current?.abort(), []);

  const read: ReadPiece = (id, piece) => client.call('queue.source', { serverId, id, ...piece });
  const save = async (control: ProgressControl): Promise<string> => {
    if (only !== undefined) {
      downloadFile(`${only}.eml`, await readMessage(only, read, control));
      return t('messageExport.exported', { count: 1 });
    }
    const { content, exported, missing } = await readMailbox(
      await rows({ ...control, onProgress: () => {} }),
      read,
      control,
    );
    if (exported === 0) return t('messageExport.nothing');
    downloadFile(`${t('list')}.mbox`, content);
    const skipped = t('outcome.skipped', { count: missing, reason: t('outcome.notFound') });
    return [t('messageExport.exported', { count: exported }), ...(missing > 0 ? [skipped] : [])].join(', ');
  };
  const start = async (): Promise<void> => {
    const controller = new AbortController();
    working.current = controller;
    const { signal } = controller;
    setBusy(true);
    try {
      const said = await save({ signal, onProgress: setProgress });
      if (signal.aborted) return;
      onDone(said);
    } catch (error) {
      if (signal.aborted) return;
      showFailure(error);
    }
    onClose();
  };
  return (
    <ConsoleDialog
      title={t('messageExport.title')}
      width={480}
      onClose={onClose}
      buttons={[
        { label: t('messageExport.start'), onClick: () => void start(), isDefault: true, disabled: busy },
        { label: tApp('dialog.cancel'), onClick: onClose },
      ]}
    >
      <div>{t('messageExport.about', { count })}</div>
      <p style={{ margin: '6px 0 10px' }}>{t('messageExport.folderNote')}</p>
      <div style={{ minHeight: 24 }}>
        {busy && (
          <ProgressBar
            label={t('messageExport.title')}
            progress={progress}
            text={
              progress === null
                ? t('messageExport.collecting')
                : only === undefined
                  ? t('messageExport.progress', { ...progress })
                  : t('messageExport.bytes', { done: format.size(progress.done), total: format.size(progress.total) })
            }
          />
        )}
      </div>
    </ConsoleDialog>
  );
}
