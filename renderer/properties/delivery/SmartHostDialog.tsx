import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import {
  formatSmartHost,
  isHostName,
  isIpAddress,
  parseEndpoint,
  parseSmartHost,
} from '../../../shared/settings/address.ts';
import { ConsoleDialog } from '../../app/Dialog.tsx';
import { FieldRow, TextInput } from '../../app/fields.tsx';

interface SmartHostDialogProps {
  /** Undefined: a new one. */
  readonly host: string | undefined;
  readonly others: readonly string[];
  /** The port that holds when none is given. */
  readonly usualPort: string;
  readonly onAccept: (host: string) => void;
  readonly onClose: () => void;
}

type HostProblem = 'host' | 'port' | 'duplicate';

export function SmartHostDialog({ host, others, usualPort, onAccept, onClose }: SmartHostDialogProps) {
  const { t } = useTranslation('delivery');
  const { t: tProperties } = useTranslation('properties');
  const { t: tApp } = useTranslation('app');
  const parts = parseSmartHost(host ?? '');
  const [name, setName] = useState(parts?.host ?? '');
  const [portText, setPortText] = useState(String(parts?.port ?? ''));
  const [problem, setProblem] = useState<HostProblem | null>(null);

  const accept = (): void => {
    const trimmed = name.trim().replace(/^\[(.*)\]$/, '$1');
    const port = portText.trim() === '' ? null : (parseEndpoint(`*:${portText.trim()}`)?.port ?? undefined);
    const text = formatSmartHost({ host: trimmed, port: port ?? null });
    if (!isHostName(trimmed) && !isIpAddress(trimmed)) setProblem('host');
    else if (port === undefined) setProblem('port');
    else if (others.includes(text)) setProblem('duplicate');
    else onAccept(text);
  };
  const change = (set: (text: string) => void) => (text: string) => {
    set(text);
    setProblem(null);
  };
  return (
    <ConsoleDialog
      title={t(host === undefined ? 'smartHosts.addTitle' : 'smartHosts.editTitle')}
      onClose={onClose}
      width={460}
      buttons={[
        { label: tApp('dialog.ok'), onClick: accept, isDefault: true },
        { label: tApp('dialog.cancel'), onClick: onClose },
      ]}
    >
      <FieldRow
        label={t('smartHosts.host')}
        narrowLabel={170}
        problem={
          problem === 'host'
            ? tProperties('problem.smartHost')
            : problem === 'duplicate'
              ? tProperties('problem.duplicateEntry', { entry: name.trim() })
              : undefined
        }
      >
        {(ids) => <TextInput {...ids} value={name} maxLength={253} onChange={change(setName)} />}
      </FieldRow>
      <FieldRow
        label={t('smartHosts.port')}
        narrowLabel={170}
        problem={problem === 'port' ? tProperties('problem.port') : undefined}
      >
        {(ids) => (
          <TextInput
            {...ids}
            numeric
            width={80}
            maxLength={5}
            placeholder={usualPort}
            value={portText}
            onChange={change(setPortText)}
          />
        )}
      </FieldRow>
    </ConsoleDialog>
  );
}
