import Button from '@mui/material/Button';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { FieldProblem, FieldRow, GroupBox, Note, TextInput } from '../../app/fields.tsx';
import { problemText } from '../../app/problem-text.ts';
import { socketText } from '../../app/socket-text.ts';
import { AddressSelect } from '../AddressSelect.tsx';
import { joinListen, splitListen } from '../listen-entry.ts';
import { SettingRow } from '../SettingRow.tsx';
import { useSheet } from '../sheet.tsx';
import { useSettingText } from '../use-setting-text.ts';
import { IdentitiesDialog } from './IdentitiesDialog.tsx';
import { identitiesOf } from './identities.ts';

/** The addresses a server listens on: the first one here, all of them behind 'Advanced'. */
export function Identities() {
  const { t } = useTranslation('properties');
  const { draft, change } = useSheet();
  const { label, help, note, problem } = useSettingText('general.listen');
  const tls = useSettingText('general.listenTls');
  const [advanced, setAdvanced] = useState(false);
  const [firstText = '', ...more] = draft['general.listen'];
  const first = splitListen(firstText);
  const setFirst = (text: string): void => change('general.listen', [text, ...more]);
  const moreCount = more.length + draft['general.listenTls'].length;
  const shownNote = note ?? tls.note;
  return (
    <GroupBox legend={t('general.identity')}>
      {shownNote !== undefined && <Note>{shownNote}</Note>}
      <SettingRow settingKey="general.listen" help={help}>
        <FieldRow label={label} narrowLabel={90}>
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
                width={58}
                maxLength={5}
                value={first.portText}
                onChange={(portText) => setFirst(joinListen({ ...first, portText }))}
                {...(problem === undefined
                  ? {}
                  : { 'aria-invalid': true as const, 'aria-describedby': 'listen-problem' })}
              />
              <Button data-setting="general.listenTls" onClick={() => setAdvanced(true)}>
                {t('advanced')}
              </Button>
            </>
          )}
        </FieldRow>
      </SettingRow>
      <FieldProblem id="listen-problem" problem={problem} />
      <FieldProblem
        id="listen-tls-problem"
        problem={tls.problem === undefined ? undefined : `${tls.label}: ${tls.problem}`}
      />
      {moreCount > 0 && <Note>{t('general.moreIdentities', { count: moreCount })}</Note>}
      <OpenSockets />
      {advanced && (
        <IdentitiesDialog
          identities={identitiesOf(draft)}
          onClose={() => setAdvanced(false)}
          onAccept={({ listen, listenTls }) => {
            setAdvanced(false);
            change('general.listen', listen);
            change('general.listenTls', listenTls);
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
