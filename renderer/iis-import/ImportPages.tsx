import Button from '@mui/material/Button';
import { styled } from '@mui/material/styles';
import { useId } from 'react';
import { useTranslation } from 'react-i18next';
import { CheckBox, FieldProblem, FieldRow, Note, RadioButton, TextInput } from '../app/fields.tsx';
import { Caution } from '../properties/access/Caution.tsx';
import {
  countRows,
  type FoundServers,
  type ImportEntry,
  type ImportPage,
  type ImportPreview,
  readyMail,
  takesMail,
} from './import-entry.ts';
import { MailTable } from './MailTable.tsx';
import { MappingPage } from './MappingPage.tsx';
import { PlainTable } from './PlainTable.tsx';

export interface ImportPageProps {
  readonly entry: ImportEntry;
  readonly found: FoundServers | undefined;
  readonly preview: ImportPreview | undefined;
  /** Why this page cannot be left. */
  readonly problem: string | undefined;
  readonly onChange: (part: Partial<ImportEntry>) => void;
  /** Undefined where no dialog of the system can be shown. */
  readonly onBrowse: (() => void) | undefined;
  readonly onLookAgain: () => void;
  /** Windows shows the file to administrators only, and this console has not their rights. */
  readonly needsRights: boolean;
  /** Undefined where it cannot ask for them. */
  readonly onRestart: (() => void) | undefined;
}

const paragraph = { margin: '0 0 10px' } as const;

export function ImportPageContent({ page, ...props }: ImportPageProps & { readonly page: ImportPage }) {
  switch (page) {
    case 'file':
      return <FilePage {...props} />;
    case 'server':
      return <ServerPage {...props} />;
    case 'mapping':
      return props.preview === undefined ? null : <MappingPage rows={props.preview.rows} />;
    case 'listen':
      return <ListenPage {...props} />;
    case 'mail':
      return <MailPage {...props} />;
    case 'confirm':
      return <ConfirmPage {...props} />;
  }
}

function FilePage({ entry, problem, onChange, onBrowse, needsRights, onRestart }: ImportPageProps) {
  const { t } = useTranslation('iisImport');
  return (
    <>
      <p style={paragraph}>{t('file.text')}</p>
      <FieldRow label={t('file.label')} narrowLabel={60} problem={problem}>
        {(ids) => (
          <>
            <TextInput
              {...ids}
              value={entry.path}
              maxLength={1_000}
              placeholder={t('file.hint')}
              onChange={(path) => onChange({ path })}
            />
            {onBrowse !== undefined && <Button onClick={onBrowse}>{t('file.browse')}</Button>}
          </>
        )}
      </FieldRow>
      {needsRights && <Caution>{t('file.rights')}</Caution>}
      {needsRights && onRestart !== undefined && (
        <Button onClick={onRestart} sx={{ marginTop: '6px' }}>
          {t('file.restart')}
        </Button>
      )}
    </>
  );
}

function ServerPage({ entry, found, problem, onChange }: ImportPageProps) {
  const { t } = useTranslation('iisImport');
  const group = useId();
  const headings = [t('server.name'), t('server.bindings'), t('server.domains')];
  return (
    <>
      <p style={paragraph}>{t('server.text')}</p>
      <div style={{ display: 'flex', flexDirection: 'column', height: 220 }}>
        <PlainTable label={t('server.heading')} headings={headings}>
          {found?.servers.map(({ number, name, bindings, domains }) => (
            <tr key={number}>
              <td>
                <RadioButton
                  name={group}
                  label={`${number}: ${name}`}
                  checked={entry.number === number}
                  onSelect={() => onChange({ number })}
                />
              </td>
              <td>{bindings.length === 0 ? t('server.none') : bindings.join(', ')}</td>
              <td>{domains}</td>
            </tr>
          ))}
        </PlainTable>
      </div>
      <FieldProblem id={`${group}-problem`} problem={problem} />
    </>
  );
}

const EndpointText = styled('textarea')(({ theme }) => ({
  font: 'inherit',
  boxSizing: 'border-box',
  width: '100%',
  height: 90,
  resize: 'none',
  padding: '2px 6px',
  color: theme.vars.palette.text.primary,
  backgroundColor: theme.vars.palette.background.paper,
  border: `1px solid ${theme.vars.palette.frame.control}`,
  '&[aria-invalid="true"]': { borderColor: theme.vars.palette.error.main },
}));

function ListenPage({ entry, preview, problem, onChange }: ImportPageProps) {
  const { t } = useTranslation('iisImport');
  const id = useId();
  return (
    <>
      <p style={paragraph}>{t('listen.text')}</p>
      <FieldRow label={t('listen.name')} narrowLabel={120}>
        {(ids) => <TextInput {...ids} value={entry.name} maxLength={100} onChange={(name) => onChange({ name })} />}
      </FieldRow>
      <label htmlFor={id} style={{ display: 'block', margin: '8px 0 4px' }}>
        {t('listen.endpoints')}
      </label>
      <EndpointText
        id={id}
        spellCheck={false}
        value={entry.listenText}
        {...(problem === undefined ? {} : { 'aria-invalid': true, 'aria-describedby': `${id}-problem` })}
        onChange={(event) => onChange({ listenText: event.target.value })}
        // Enter ends a line here, it does not turn the page.
        onKeyDown={(event) => {
          if (event.key === 'Enter') event.stopPropagation();
        }}
      />
      <FieldProblem id={`${id}-problem`} problem={problem} />
      {preview?.conflicts.map(({ endpoint, server }) => (
        <Caution key={endpoint}>{t('listen.conflict', { endpoint, server })}</Caution>
      ))}
      {preview?.service === 'running' && <Caution>{t('warning.serviceRuns')}</Caution>}
      <CheckBox label={t('listen.start')} checked={entry.start} onChange={(start) => onChange({ start })} />
    </>
  );
}

function MailPage({ entry, preview, onChange, onLookAgain }: ImportPageProps) {
  const { t } = useTranslation('iisImport');
  if (preview === undefined) return null;
  const ready = readyMail(preview);
  const runs = preview.service === 'running';
  return (
    <>
      <p style={paragraph}>{t('mail.text')}</p>
      <MailTable mail={preview.mail} />
      <div style={{ display: 'flex', alignItems: 'center', gap: 12, margin: '10px 0' }}>
        <CheckBox
          label={t('mail.take')}
          checked={takesMail(entry, preview)}
          disabled={ready === 0 || runs}
          onChange={(takeMail) => onChange({ takeMail })}
        />
        <Button onClick={onLookAgain}>{t('mail.again')}</Button>
      </div>
      {ready === 0 && <Note>{t('mail.nothing')}</Note>}
      {runs && <Caution>{t('mail.stopFirst')}</Caution>}
      {preview.service === 'unknown' && ready > 0 && <Caution>{t('warning.serviceUnknown')}</Caution>}
      {preview.warnings.includes('envelopes') && <Caution>{t('warning.envelopes')}</Caution>}
    </>
  );
}

function ConfirmPage({ entry, preview }: ImportPageProps) {
  const { t } = useTranslation('iisImport');
  if (preview === undefined) return null;
  const { rows, warnings } = preview;
  const takes = takesMail(entry, preview);
  const counted = (['same', 'changed', 'noEquivalent'] as const).map((remark) => ({
    remark,
    count: countRows(rows, remark),
  }));
  return (
    <>
      <p style={paragraph}>
        {t('confirm.text')} <strong>[{entry.name.trim()}]</strong>
      </p>
      <ul style={{ margin: '0 0 10px', paddingLeft: 22 }}>
        {counted.map(({ remark, count }) => (
          <li key={remark}>{t(`confirm.${remark}`, { count })}</li>
        ))}
        {takes && <li>{t('confirm.mail', { count: readyMail(preview) })}</li>}
        <li>{entry.start ? t('confirm.started') : t('confirm.stopped')}</li>
      </ul>
      {warnings
        .filter((warning) => warning !== 'envelopes' || takes)
        .map((warning) => (
          <Caution key={warning}>{t(`warning.${warning}`)}</Caution>
        ))}
    </>
  );
}
