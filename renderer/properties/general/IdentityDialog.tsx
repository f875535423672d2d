import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ConsoleDialog } from '../../app/Dialog.tsx';
import { CheckBox, FieldRow, Note, TextInput } from '../../app/fields.tsx';
import { AddressSelect } from '../AddressSelect.tsx';
import { joinListen, type ListenProblem, listenProblem, splitListen } from '../listen-entry.ts';
import { useSheet } from '../sheet.tsx';
import { hasCertificate, type Identity, portFor } from './identities.ts';

interface IdentityDialogProps {
  /** Undefined: a new one. */
  readonly identity: Identity | undefined;
  /** Endpoints it must differ from. */
  readonly others: readonly string[];
  readonly onAccept: (identity: Identity) => void;
  readonly onClose: () => void;
}

const newIdentity: Identity = { endpoint: '127.0.0.1:25', implicitTls: false };

/** 'Identification': one address and port, with or without implicit TLS. */
export function IdentityDialog({ identity = newIdentity, others, onAccept, onClose }: IdentityDialogProps) {
  const { t } = useTranslation('properties');
  const { t: tGeneral } = useTranslation('generalTab');
  const { t: tApp } = useTranslation('app');
  const { draft } = useSheet();
  const [entry, setEntry] = useState(() => splitListen(identity.endpoint));
  const [implicitTls, setImplicitTls] = useState(identity.implicitTls);
  const [problem, setProblem] = useState<ListenProblem | null>(null);

  const change = (next: Partial<typeof entry>): void => {
    setEntry({ ...entry, ...next });
    setProblem(null);
  };
  const accept = (): void => {
    const found = listenProblem(entry, others);
    if (found === null) onAccept({ endpoint: joinListen(entry), implicitTls });
    else setProblem(found);
  };
  return (
    <ConsoleDialog
      title={t('identity.title')}
      onClose={onClose}
      width={440}
      buttons={[
        { label: tApp('dialog.ok'), onClick: accept, isDefault: true },
        { label: tApp('dialog.cancel'), onClick: onClose },
      ]}
    >
      <FieldRow label={t('identity.address')} narrowLabel={110}>
        {(ids) => <AddressSelect {...ids} value={entry.address} onChange={(address) => change({ address })} />}
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
            onChange={(portText) => change({ portText })}
          />
        )}
      </FieldRow>
      <CheckBox
        label={tGeneral('identityTls')}
        checked={implicitTls}
        onChange={(on) => {
          setImplicitTls(on);
          change({ portText: portFor(on, entry.portText) });
        }}
      />
      <div role="status" style={{ marginLeft: 21 }}>
        {implicitTls && !hasCertificate(draft) && <Note>{tGeneral('identityNeedsCertificate')}</Note>}
      </div>
    </ConsoleDialog>
  );
}
