/** TLS and login towards the next hop: the same fields for the server and for a remote domain. */
import { useTranslation } from 'react-i18next';
import {
  type OutboundSecurity,
  outboundAuthentications,
  tlsModes,
} from '../../../shared/settings/outbound-security.ts';
import type { OutboundSecretKind } from '../../../shared/settings/secrets.ts';
import type { SettingKey } from '../../../shared/settings/server-settings.ts';
import { chooseLanguage, type Texts, texts } from '../../../shared/texts/index.ts';
import { BrowseButton } from '../../app/BrowseButton.tsx';
import { CheckBox, FieldRow, GroupBox, Note, RadioButton, SelectBox, TextInput } from '../../app/fields.tsx';
import { SettingRow } from '../SettingRow.tsx';
import type { SecretState } from '../secret-changes.ts';
import { SecretInput } from './SecretInput.tsx';
import { isInClearText, secretKindOf, securityGaps } from './security-gaps.ts';

export type SecurityField = keyof OutboundSecurity;

/** What the fields work on, wherever it is kept. */
export interface SecurityEdit {
  readonly values: OutboundSecurity;
  readonly change: (part: Partial<OutboundSecurity>) => void;
  /** Shown in place. */
  readonly problems: { readonly [Field in SecurityField]?: string };
  /** That the value was given on the command line for this run. */
  readonly notes: { readonly [Field in SecurityField]?: string };
  /** By which the finder and the help know a field. */
  readonly settingKey: (field: SecurityField) => SettingKey;
  readonly secretState: (kind: OutboundSecretKind) => SecretState;
  readonly typedSecret: (kind: OutboundSecretKind) => string;
  readonly changeSecret: (kind: OutboundSecretKind, value: string | null | undefined) => void;
}

const labelWidth = 170;
const inset = { marginLeft: 21, display: 'flex', flexDirection: 'column', gap: 4 } as const;

export function OutboundSecurityFields({ edit }: { readonly edit: SecurityEdit }) {
  return (
    <>
      <TlsFields edit={edit} />
      <LoginFields edit={edit} />
    </>
  );
}

type TextField = 'caFile' | 'userName' | 'oauthTokenEndpoint' | 'oauthClientId' | 'oauthScope';

interface SecurityTextProps {
  readonly edit: SecurityEdit;
  readonly field: TextField;
  readonly label?: string;
  readonly placeholder?: string;
}

function SecurityText({ edit, field, label, placeholder }: SecurityTextProps) {
  const { outboundSecurity: words } = useSecurityWords();
  return (
    <SettingRow settingKey={edit.settingKey(field)} help={words[field].help}>
      <FieldRow
        label={label ?? words[field].label}
        narrowLabel={labelWidth}
        note={edit.notes[field]}
        problem={edit.problems[field]}
      >
        {(ids) => (
          <>
            <TextInput
              {...ids}
              value={edit.values[field]}
              maxLength={2_000}
              {...(placeholder === undefined ? {} : { placeholder })}
              onChange={(text) => edit.change({ [field]: text })}
            />
            {field === 'caFile' && (
              <BrowseButton
                kind="certificate"
                label={label ?? words[field].label}
                value={edit.values[field]}
                onChoose={(path) => edit.change({ [field]: path })}
              />
            )}
          </>
        )}
      </FieldRow>
    </SettingRow>
  );
}

/** The words of the fields and of their options, which are not keys of i18next. */
function useSecurityWords(): Pick<Texts, 'outboundSecurity' | 'settingOptions'> {
  const { i18n } = useTranslation();
  return texts[chooseLanguage([i18n.language])];
}

function TlsFields({ edit }: { readonly edit: SecurityEdit }) {
  const { t } = useTranslation('delivery');
  const { outboundSecurity: words, settingOptions: options } = useSecurityWords();
  const { values, change, notes } = edit;
  return (
    <GroupBox legend={t('security.tls')}>
      <SettingRow settingKey={edit.settingKey('tlsMode')} help={words.tlsMode.help}>
        <FieldRow label={words.tlsMode.label} narrowLabel={labelWidth} note={notes.tlsMode}>
          {(ids) => (
            <SelectBox
              {...ids}
              value={values.tlsMode}
              options={tlsModes.map((mode) => ({
                value: mode,
                label: options['delivery.tlsMode'][mode],
              }))}
              onChange={(value) => change({ tlsMode: tlsModes.find((mode) => mode === value) ?? values.tlsMode })}
            />
          )}
        </FieldRow>
      </SettingRow>
      <SettingRow settingKey={edit.settingKey('implicitTls')} help={words.implicitTls.help}>
        <CheckBox
          label={
            <>
              {words.implicitTls.label} {notes.implicitTls !== undefined && <Note>{notes.implicitTls}</Note>}
            </>
          }
          checked={values.implicitTls}
          onChange={(implicitTls) => change({ implicitTls })}
        />
      </SettingRow>
      <SecurityText edit={edit} field="caFile" />
    </GroupBox>
  );
}

function LoginFields({ edit }: { readonly edit: SecurityEdit }) {
  const { t } = useTranslation('delivery');
  const { outboundSecurity: words, settingOptions: options } = useSecurityWords();
  const { values, change } = edit;
  const kind = secretKindOf(values);
  const gaps = kind === null ? [] : securityGaps(values, edit.secretState(kind));
  const gapNames = gaps.map((gap) => {
    if (gap === 'password' || gap === 'clientSecret') return t(`security.${gap}`);
    return gap === 'userName' && kind === 'clientSecret' ? t('security.mailbox') : words[gap].label;
  });
  return (
    <GroupBox legend={t('security.authentication')}>
      {outboundAuthentications.map((way) => (
        <div key={way}>
          <SettingRow settingKey={edit.settingKey('authentication')} help={words.authentication.help}>
            <RadioButton
              name="outbound-authentication"
              label={options['delivery.authentication'][way]}
              checked={values.authentication === way}
              onSelect={() => change({ authentication: way })}
            />
          </SettingRow>
          {way === 'basic' && values.authentication === 'basic' && (
            <div style={inset}>
              <SecurityText edit={edit} field="userName" />
              <SecurityPassword edit={edit} kind="password" />
            </div>
          )}
          {way === 'oauth2' && values.authentication === 'oauth2' && (
            <div style={inset}>
              <SecurityText edit={edit} field="oauthTokenEndpoint" placeholder="https://…" />
              <SecurityText edit={edit} field="oauthClientId" />
              <SecurityText edit={edit} field="oauthScope" />
              <SecurityText edit={edit} field="userName" label={t('security.mailbox')} />
              <SecurityPassword edit={edit} kind="clientSecret" />
            </div>
          )}
        </div>
      ))}
      <RadioButton
        name="outbound-authentication"
        label={
          <>
            {t('security.integrated')} <Note>{t('security.integratedReason')}</Note>
          </>
        }
        checked={false}
        disabled
        onSelect={() => {}}
      />
      {gapNames.length > 0 && <Note role="status">{t('security.missing', { fields: gapNames.join(', ') })}</Note>}
      {isInClearText(values) && <Note role="status">{t('security.clearText')}</Note>}
    </GroupBox>
  );
}

function SecurityPassword({ edit, kind }: { readonly edit: SecurityEdit; readonly kind: OutboundSecretKind }) {
  const { t } = useTranslation('delivery');
  return (
    <SecretInput
      label={t(`security.${kind}`)}
      labelWidth={labelWidth}
      state={edit.secretState(kind)}
      typed={edit.typedSecret(kind)}
      onChange={(value) => edit.changeSecret(kind, value)}
    />
  );
}
