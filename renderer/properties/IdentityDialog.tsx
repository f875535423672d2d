import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ConsoleDialog } from '../app/Dialog.tsx';
import { FieldRow, TextInput } from '../app/fields.tsx';
import { AddressSelect } from './AddressSelect.tsx';
import { joinListen, type ListenProblem, listenProblem, splitListen } from './listen-entry.ts';

interface IdentityDialogProps {
  /** Undefined: a new one. */
  readonly endpoint: string | undefined;
  readonly others: readonly string[];
  readonly onAccept: (endpoint: string) => void;
  readonly onClose: () => void;
}

/** 'Identification': one address and port. */
export function IdentityDialog({ endpoint = '127.0.0.1:25', others, onAccept, onClose }: IdentityDialogProps) {
  const { t } = useTranslation('properties');
  const { t: tApp } = useTranslation('app');
  const [entry, setEntry] = useState(() => splitListen(endpoint));
  const [problem, setProblem] = useState<ListenProblem | null>(null);

  const accept = (): void => {
    const found = listenProblem(entry, others);
    if (found === null) onAccept(joinListen(entry));
    else setProblem(found);
  };
  return (
    <ConsoleDialog
      title={t('identity.title')}
      onClose={onClose}
      width={400}
      buttons={[
        { label: tApp('dialog.ok'), onClick: accept, isDefault: true },
        { label: tApp('dialog.cancel'), onClick: onClose },
      ]}
    >
      <FieldRow label={t('identity.address')} narrowLabel={110}>
        {(ids) => (
          <AddressSelect
            {...ids}
            value={entry.address}
            onChange={(address) => {
              setEntry({ ...entry, address });
              setProblem(null);
            }}
          />
        )}
      </FieldRow>
      <FieldRow
        label={t('identity.port')}
        narrowLabel={110}
        problem={
          problem === null
            ? undefined
            : problem === 'port'
              ? t('problem.port')
              : t('problem.duplicateEndpoint', { endpoint: joinListen(entry) })
        }
      >
        {(ids) => (
          <TextInput
            {...ids}
            numeric
            width={80}
            maxLength={5}
            value={entry.portText}
            onChange={(portText) => {
              setEntry({ ...entry, portText });
              setProblem(null);
            }}
          />
        )}
      </FieldRow>
    </ConsoleDialog>
  );
}
