import { styled } from '@mui/material/styles';
import { useId } from 'react';
import { useTranslation } from 'react-i18next';
import type { ExitMail } from '../../shared/contract/computer/exit-module-calls.ts';
import { exitEvents } from '../../shared/exit-module/exit-events.ts';
import { previewProperties } from '../../shared/exit-module/mail-preview.ts';
import { FieldRow, Note, SelectBox, TextInput } from '../app/fields.tsx';
import { monospaceFontFamily } from '../app/theme.ts';
import type { MailDraft } from './mail-draft.ts';

interface MailFieldsProps {
  readonly mail: ExitMail;
  readonly draft: MailDraft;
  readonly onChange: (draft: MailDraft) => void;
}

const labelPx = 60;

export function MailFields({ mail, draft, onChange }: MailFieldsProps) {
  const { t } = useTranslation('ca');
  const set = (change: Partial<MailDraft>): void => onChange({ ...draft, ...change });
  return (
    <>
      <FieldRow label={t('mails.from')} narrowLabel={labelPx}>
        {(ids) => <TextInput {...ids} value={draft.from} maxLength={1_000} onChange={(from) => set({ from })} />}
      </FieldRow>
      <FieldRow label={t('mails.to')} narrowLabel={labelPx}>
        {(ids) => (
          <TextInput
            {...ids}
            value={draft.to}
            maxLength={1_000}
            {...(exitEvents[mail.event].ofCertificate ? { placeholder: t('mails.toNote') } : {})}
            onChange={(to) => set({ to })}
          />
        )}
      </FieldRow>
      <FieldRow label={t('mails.cc')} narrowLabel={labelPx}>
        {(ids) => <TextInput {...ids} value={draft.cc} maxLength={1_000} onChange={(cc) => set({ cc })} />}
      </FieldRow>
      <FieldRow label={t('mails.subject')} narrowLabel={labelPx}>
        {(ids) => (
          <TextInput
            {...ids}
            value={draft.titleFormat}
            maxLength={1_000}
            onChange={(titleFormat) => set({ titleFormat })}
          />
        )}
      </FieldRow>
      <Lines
        ofNames
        label={t('mails.subjectArguments')}
        rows={2}
        value={draft.titleArguments}
        onChange={(titleArguments) => set({ titleArguments })}
      />
      <Lines label={t('mails.body')} rows={4} value={draft.bodyFormat} onChange={(bodyFormat) => set({ bodyFormat })} />
      <Lines
        ofNames
        label={t('mails.bodyArguments')}
        rows={3}
        value={draft.bodyArguments}
        onChange={(bodyArguments) => set({ bodyArguments })}
      />
      <Note>{t('mails.argumentsHint')}</Note>
    </>
  );
}

const Area = styled('textarea')(({ theme }) => ({
  fontFamily: monospaceFontFamily,
  fontSize: 12,
  boxSizing: 'border-box',
  width: '100%',
  resize: 'none',
  padding: '2px 6px',
  color: theme.vars.palette.text.primary,
  backgroundColor: theme.vars.palette.background.paper,
  border: `1px solid ${theme.vars.palette.frame.control}`,
}));

interface LinesProps {
  readonly label: string;
  readonly rows: number;
  readonly value: string;
  readonly onChange: (text: string) => void;
  /** Names of values, which can be chosen as well. */
  readonly ofNames?: boolean;
}

const Head = styled('div')({ display: 'flex', alignItems: 'center', minHeight: 26, '& label': { flex: 1 } });

function Lines({ label, rows, value, onChange, ofNames = false }: LinesProps) {
  const { t } = useTranslation('ca');
  const id = useId();
  const names = ['', ...previewProperties()];
  return (
    <div>
      <Head>
        <label htmlFor={id}>{label}</label>
        {ofNames && (
          <SelectBox
            aria-label={`${t('mails.addValue')} ${label}`}
            value=""
            width={170}
            options={names.map((name) => ({ value: name, label: name === '' ? t('mails.addValue') : name }))}
            onChange={(name) => {
              if (name !== '') onChange(`${value.trimEnd()}\n${name}`.trimStart());
            }}
          />
        )}
      </Head>
      <Area
        id={id}
        rows={rows}
        spellCheck={false}
        maxLength={100_000}
        value={value}
        onChange={(event) => onChange(event.target.value)}
        // Enter ends a line here.
        onKeyDown={(event) => {
          if (event.key === 'Enter') event.stopPropagation();
        }}
      />
    </div>
  );
}
