import Button from '@mui/material/Button';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { FieldRow, GroupBox, SelectBox } from '../../app/fields.tsx';
import { SettingSwitch } from '../SettingField.tsx';
import { LoggingDialog, loggingKeys } from './LoggingDialog.tsx';

/** 'Enable logging', the one format there is, and its properties. */
export function Logging() {
  const { t } = useTranslation('generalTab');
  const [open, setOpen] = useState(false);
  return (
    <GroupBox legend={t('logging')}>
      <SettingSwitch settingKey="logging.enabled" />
      <FieldRow label={t('logFormat')} narrowLabel={150}>
        {(ids) => (
          <>
            <SelectBox
              {...ids}
              value="w3c"
              options={[
                { value: 'w3c', label: t('formatW3c') },
                { value: 'iis', label: t('formatIis'), disabled: true },
                { value: 'ncsa', label: t('formatNcsa'), disabled: true },
                { value: 'odbc', label: t('formatOdbc'), disabled: true },
              ]}
              onChange={() => undefined}
            />
            <Button data-setting={loggingKeys.join(' ')} onClick={() => setOpen(true)}>
              {t('logProperties')}
            </Button>
          </>
        )}
      </FieldRow>
      {open && <LoggingDialog onClose={() => setOpen(false)} />}
    </GroupBox>
  );
}
