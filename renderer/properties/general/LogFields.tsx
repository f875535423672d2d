import { styled } from '@mui/material/styles';
import { useTranslation } from 'react-i18next';
import { type ProtocolLogField, protocolLogFields } from '../../../shared/settings/logging-settings.ts';
import { chooseLanguage, texts } from '../../../shared/texts/index.ts';
import { CheckBox, FieldProblem, Note } from '../../app/fields.tsx';
import { SettingRow } from '../SettingRow.tsx';
import { useSheet } from '../sheet.tsx';
import { useSettingText } from '../use-setting-text.ts';

/** Their columns exist for programs that expect them; SMTP has nothing to put there. */
const reserved: ReadonlySet<ProtocolLogField> = new Set(['cs-host', 'cs(User-Agent)', 'cs(Cookie)', 'cs(Referer)']);

const FieldList = styled('div')(({ theme }) => ({
  height: 300,
  overflow: 'auto',
  padding: '4px 8px',
  backgroundColor: theme.vars.palette.background.paper,
  border: `1px solid ${theme.vars.palette.frame.control}`,
}));

/** The page 'Advanced' of the logging properties: the fields of a line, in the order they are written. */
export function LogFields() {
  const { t, i18n } = useTranslation('generalTab');
  const { draft, change } = useSheet();
  const { label, help, note, problem } = useSettingText('logging.fields');
  const words = texts[chooseLanguage([i18n.language])].settingOptions['logging.fields'];
  const chosen = draft['logging.fields'];
  const toggle = (field: ProtocolLogField, on: boolean): void =>
    change(
      'logging.fields',
      protocolLogFields.filter((known) => (known === field ? on : chosen.includes(known))),
    );
  return (
    <SettingRow settingKey="logging.fields" help={help}>
      <p style={{ margin: '4px 0' }}>
        {label} {note !== undefined && <Note>{note}</Note>}
      </p>
      <FieldList role="group" aria-label={label}>
        {protocolLogFields.map((field) => (
          <CheckBox
            key={field}
            label={
              <>
                {words[field]} {reserved.has(field) && <Note>({t('reservedField')})</Note>}
              </>
            }
            checked={chosen.includes(field)}
            onChange={(on) => toggle(field, on)}
          />
        ))}
      </FieldList>
      <FieldProblem id="log-fields-problem" problem={problem} />
    </SettingRow>
  );
}
