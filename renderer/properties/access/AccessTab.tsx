import Button from '@mui/material/Button';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { SettingKey } from '../../../shared/settings/server-settings.ts';
import { GroupBox, Note } from '../../app/fields.tsx';
import { SettingSwitch } from '../SettingField.tsx';
import { useSheet } from '../sheet.tsx';
import { useSettingWords } from '../use-setting-text.ts';
import { AuthenticationDialog, authenticationKeys } from './AuthenticationDialog.tsx';
import { authenticationText, connectionText, relayText } from './access-text.ts';
import { CertificateDialog, certificateKeys } from './CertificateDialog.tsx';
import { CertificateStatus } from './CertificateStatus.tsx';
import { ConnectionDialog, connectionKeys } from './ConnectionDialog.tsx';
import { RelayDialog, relayKeys } from './RelayDialog.tsx';

export function AccessTab() {
  const { t } = useTranslation('properties');
  const { t: tAccess } = useTranslation('accessTab');
  const { draft } = useSheet();
  const hasCertificate = draft['access.certificateFile'].trim() !== '';
  return (
    <>
      <AccessGroup
        legend={tAccess('accessControl')}
        explanation={tAccess('accessControlExplanation')}
        now={authenticationText(tAccess, draft)}
        button={tAccess('authenticationButton')}
        keys={authenticationKeys}
        Content={AuthenticationDialog}
      />
      <AccessGroup
        legend={tAccess('secure')}
        explanation={<CertificateStatus />}
        button={tAccess('secureButton')}
        keys={certificateKeys}
        Content={CertificateDialog}
      >
        <SettingSwitch
          settingKey="access.requireTls"
          // What is on must be possible to switch off.
          disabled={!hasCertificate && !draft['access.requireTls']}
        />
        {!hasCertificate && <Note>{tAccess('requireTlsNeedsCertificate')}</Note>}
      </AccessGroup>
      <AccessGroup
        legend={tAccess('connectionControl')}
        explanation={tAccess('connectionExplanation')}
        now={connectionText(tAccess, draft)}
        button={tAccess('connectionButton')}
        keys={connectionKeys}
        Content={ConnectionDialog}
      />
      <AccessGroup
        legend={t('access.relayRestrictions')}
        explanation={t('access.relayExplanation')}
        now={relayText(t, draft)}
        button={t('access.relayButton')}
        keys={relayKeys}
        Content={RelayDialog}
      />
    </>
  );
}

interface AccessGroupProps {
  readonly legend: string;
  readonly explanation: ReactNode;
  /** What is chosen behind the button, so that nobody must open it to see that. */
  readonly now?: string;
  readonly button: string;
  /** Of the dialog behind the button. */
  readonly keys: readonly SettingKey[];
  readonly Content: (props: { readonly onClose: () => void }) => ReactNode;
  readonly children?: ReactNode;
}

function AccessGroup({ legend, explanation, now, button, keys, Content, children }: AccessGroupProps) {
  const [open, setOpen] = useState(false);
  const { isOverridden } = useSheet();
  const overridden = keys.find(isOverridden);
  return (
    <GroupBox legend={legend}>
      <div style={{ display: 'flex', alignItems: 'center', gap: 12 }}>
        <div style={{ flex: 1, minWidth: 0 }}>{explanation}</div>
        <Button data-setting={keys.join(' ')} onClick={() => setOpen(true)}>
          {button}
        </Button>
      </div>
      {children}
      {now !== undefined && <Note>{now}</Note>}
      {overridden !== undefined && <OverriddenNote settingKey={overridden} />}
      {open && <Content onClose={() => setOpen(false)} />}
    </GroupBox>
  );
}

function OverriddenNote({ settingKey }: { readonly settingKey: SettingKey }) {
  const { note } = useSettingWords(settingKey);
  return note === undefined ? null : <Note>{note}</Note>;
}
