import Button from '@mui/material/Button';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { FieldProblem, FieldRow, GroupBox, Note, TextInput } from '../app/fields.tsx';
import { problemText } from '../app/problem-text.ts';
import { socketText } from '../app/socket-text.ts';
import { AddressSelect } from './AddressSelect.tsx';
import { IdentitiesDialog } from './IdentitiesDialog.tsx';
import { joinListen, splitListen } from './listen-entry.ts';
import { SettingAmount, SettingLimit, SettingText } from './SettingField.tsx';
import { useSheet } from './sheet.tsx';
import { useSettingText } from './use-setting-text.ts';

export function GeneralTab() {
  const { t } = useTranslation('properties');
  return (
    <>
      <div style={{ marginBottom: 10 }}>
        <SettingText settingKey="general.name" />
      </div>
      <Identities />
      <GroupBox legend={t('general.connections')}>
        <SettingLimit settingKey="general.connectionLimit" />
        <SettingAmount settingKey="general.connectionTimeout" />
      </GroupBox>
    </>
  );
}

function Identities() {
  const { t } = useTranslation('properties');
  const { draft, change } = useSheet();
  const { label, note, problem } = useSettingText('general.listen');
  const [advanced, setAdvanced] = useState(false);
  const [firstText = '', ...more] = draft['general.listen'];
  const first = splitListen(firstText);
  const setFirst = (text: string): void => change('general.listen', [text, ...more]);
  return (
    <GroupBox legend={t('general.identity')}>
      {note !== undefined && <Note>{note}</Note>}
      <FieldRow label={label} narrowLabel={110}>
        {(ids) => (
          <>
            <AddressSelect
              {...ids}
              value={first.address}
              onChange={(address) => setFirst(joinListen({ ...first, address }))}
            />
            <label htmlFor={`${ids.id}-port`}>{t('general.tcpPort')}</label>
            <TextInput
              id={`${ids.id}-port`}
              numeric
              width={64}
              maxLength={5}
              value={first.portText}
              onChange={(portText) => setFirst(joinListen({ ...first, portText }))}
              {...(problem === undefined
                ? {}
                : { 'aria-invalid': true as const, 'aria-describedby': 'listen-problem' })}
            />
          </>
        )}
      </FieldRow>
      <FieldProblem id="listen-problem" problem={problem} />
      <div style={{ display: 'flex', alignItems: 'center', gap: 8 }}>
        <div style={{ flex: 1 }}>
          {more.length > 0 && <Note>{t('general.moreIdentities', { count: more.length })}</Note>}
        </div>
        <Button onClick={() => setAdvanced(true)}>{t('advanced')}</Button>
      </div>
      <OpenSockets />
      {advanced && (
        <IdentitiesDialog
          endpoints={draft['general.listen']}
          onClose={() => setAdvanced(false)}
          onAccept={(endpoints) => {
            setAdvanced(false);
            change('general.listen', endpoints);
          }}
        />
      )}
    </GroupBox>
  );
}

/** What the settings ask for is above; this is what the operating system really gave. */
function OpenSockets() {
  const { t } = useTranslation('properties');
  const { t: tProblems, i18n } = useTranslation('problems');
  const { server } = useSheet();
  if (server === undefined) return null;
  const lines = server.listeners.map(({ endpoint, implicitTls, boundTo, problem }) =>
    problem === null
      ? socketText(boundTo ?? endpoint, implicitTls)
      : t('general.socketClosed', { endpoint, reason: problemText(tProblems, i18n.language, problem).summary }),
  );
  return (
    <div data-selectable>
      <Note>{t('general.openSockets')}:</Note>
      {server.state === 'stopped' || lines.length === 0 ? (
        <div>{t('general.noSockets')}</div>
      ) : (
        lines.map((line) => <div key={line}>{line}</div>)
      )}
    </div>
  );
}
