import Button from '@mui/material/Button';
import { useMutation } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { useContract } from '../../api/contract-context.tsx';
import { problemOf } from '../../app/dialogs.tsx';
import { FieldRow, Note, TextInput } from '../../app/fields.tsx';
import { problemText } from '../../app/problem-text.ts';
import { SettingRow } from '../SettingRow.tsx';
import { useSheet } from '../sheet.tsx';
import { useSettingText } from '../use-setting-text.ts';

const key = 'delivery.fullyQualifiedName';

/** The name of this server in SMTP, with 'Check DNS'. */
export function HostNameField() {
  const { t } = useTranslation('delivery');
  const { t: tProblems, i18n } = useTranslation('problems');
  const { draft, change } = useSheet();
  const { label, note, problem, help } = useSettingText(key);
  const client = useContract();
  const check = useMutation({
    mutationFn: async (name: string) => ({ name, ...(await client.call('name.check', { name })) }),
  });
  const name = draft[key].trim();
  return (
    <SettingRow settingKey={key} help={help}>
      <FieldRow label={label} note={note} problem={problem} narrowLabel={190}>
        {(ids) => (
          <>
            <TextInput
              {...ids}
              value={draft[key]}
              maxLength={253}
              placeholder={t('nameOfComputer')}
              onChange={(text) => {
                change(key, text);
                // Another name makes the answer worthless.
                check.reset();
              }}
            />
            <Button disabled={name === '' || check.isPending} onClick={() => check.mutate(name)}>
              {t('checkDns')}
            </Button>
          </>
        )}
      </FieldRow>
      <Note role="status" sx={{ display: 'block', minHeight: 18 }}>
        {check.isError && problemText(tProblems, i18n.language, problemOf(check.error)).summary}
        {check.data !== undefined &&
          t(check.data.valid ? (check.data.own ? 'name.own' : 'name.other') : 'name.invalid', {
            name: check.data.name,
            addresses: check.data.addresses.join(', '),
          })}
      </Note>
    </SettingRow>
  );
}
