/** The two tabs of a remote domain. */
import Button from '@mui/material/Button';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { RemoteDomain } from '../../shared/settings/remote-domain.ts';
import { chooseLanguage, type Texts, texts } from '../../shared/texts/index.ts';
import { CheckBox, FieldRow, GroupBox, Note, RadioButton, TextInput } from '../app/fields.tsx';
import { SmartHostList } from '../properties/delivery/SmartHostList.tsx';
import { SettingRow } from '../properties/SettingRow.tsx';
import type { SecretChanges } from '../properties/secret-changes.ts';
import type { DomainState } from './domain-store.ts';
import { type DomainSecurity, RemoteSecurityDialog } from './RemoteSecurityDialog.tsx';
import { heloContradicts, type RemoteDraft, type RemoteProblem, securityOf } from './remote-draft.ts';

interface RemoteTabProps {
  readonly draft: RemoteDraft;
  readonly onChange: (part: Partial<RemoteDraft>) => void;
}

function useRemoteWords(): Texts['remoteDomain'] {
  const { i18n } = useTranslation();
  return texts[chooseLanguage([i18n.language])].remoteDomain;
}

interface RemoteSwitchProps extends RemoteTabProps {
  readonly field: keyof Pick<RemoteDomain, 'relayAllowed' | 'helo' | 'held'>;
}

function RemoteSwitch({ field, draft, onChange }: RemoteSwitchProps) {
  const words = useRemoteWords();
  return (
    <SettingRow settingKey="domains.remote" help={words[field].help}>
      <CheckBox label={words[field].label} checked={draft[field]} onChange={(on) => onChange({ [field]: on })} />
    </SettingRow>
  );
}

interface RemoteGeneralTabProps extends RemoteTabProps {
  readonly name: string;
  readonly base: DomainState;
  readonly secrets: SecretChanges;
  readonly problem: RemoteProblem | null;
  readonly onSecurity: (security: DomainSecurity) => void;
}

export function RemoteGeneralTab({ name, base, secrets, problem, onSecurity, ...tab }: RemoteGeneralTabProps) {
  const { t } = useTranslation('domains');
  const words = useRemoteWords();
  const [asking, setAsking] = useState(false);
  const { draft, onChange } = tab;
  const serverPort = String(base.settings['delivery.outboundPort']);
  return (
    <>
      <RemoteSwitch {...tab} field="relayAllowed" />
      <RemoteSwitch {...tab} field="helo" />
      {heloContradicts(draft, securityOf(base.settings)) && <Note role="status">{t('sheet.heloContradicts')}</Note>}
      <div style={{ display: 'flex', alignItems: 'center', gap: 8, margin: '6px 0 10px' }}>
        <span style={{ flex: 1 }}>{t(draft.ownSecurity ? 'sheet.securityOwn' : 'sheet.securityOfServer')}</span>
        <Button onClick={() => setAsking(true)}>{t('sheet.outboundSecurity')}</Button>
      </div>
      <GroupBox legend={t('sheet.routing')}>
        <RadioButton
          name="domain-route"
          label={t('sheet.useDns')}
          checked={!draft.bySmartHosts}
          onSelect={() => onChange({ bySmartHosts: false })}
        />
        <SettingRow settingKey="domains.remote" help={words.smartHosts.help}>
          <RadioButton
            name="domain-route"
            label={t('sheet.smartHosts')}
            checked={draft.bySmartHosts}
            onSelect={() => onChange({ bySmartHosts: true })}
          />
        </SettingRow>
        <div style={{ marginLeft: 21 }}>
          <SmartHostList
            hosts={draft.smartHosts}
            usualPort={draft.portText.trim() === '' ? serverPort : draft.portText.trim()}
            problem={problem === 'smartHosts' ? t('problem.smartHosts') : undefined}
            onChange={(smartHosts) => onChange({ smartHosts, bySmartHosts: true })}
          />
        </div>
        <SettingRow settingKey="domains.remote" help={words.port.help}>
          <FieldRow label={words.port.label} problem={problem === 'port' ? t('problem.port') : undefined}>
            {(ids) => (
              <TextInput
                {...ids}
                numeric
                width={170}
                maxLength={5}
                placeholder={t('sheet.portHint', { port: serverPort })}
                value={draft.portText}
                onChange={(portText) => onChange({ portText })}
              />
            )}
          </FieldRow>
        </SettingRow>
      </GroupBox>
      {asking && (
        <RemoteSecurityDialog
          name={name}
          base={base}
          draft={draft}
          secrets={secrets}
          onClose={() => setAsking(false)}
          onAccept={(security) => {
            setAsking(false);
            onSecurity(security);
          }}
        />
      )}
    </>
  );
}

export function RemoteAdvancedTab(tab: RemoteTabProps) {
  const { t } = useTranslation('domains');
  const words = useRemoteWords();
  return (
    <GroupBox legend={t('sheet.held')}>
      <RemoteSwitch {...tab} field="held" />
      <Note>{words.held.help}</Note>
      <Note>{t('sheet.heldInstead')}</Note>
    </GroupBox>
  );
}
