import Button from '@mui/material/Button';
import { useTranslation } from 'react-i18next';
import type { SecretName } from '../../shared/settings/secrets.ts';
import { FieldRow, TextInput } from '../app/fields.tsx';
import type { SecretState } from './secret-changes.ts';
import { useSheet } from './sheet.tsx';

const maxSecretLength = 10_000;

interface SecretFieldProps {
  readonly name: SecretName;
  readonly label: string;
  /** Pixels for the label. */
  readonly labelWidth?: number;
}

const placeholders = {
  none: 'secret.none',
  set: 'secret.typeToReplace',
  willBeSet: 'secret.none',
  willBeRemoved: 'secret.willBeRemoved',
} as const satisfies Record<SecretState, string>;

/** A secret of the server. What is set can't be read back: only replaced or removed, with OK or Apply. */
export function SecretField({ name, label, labelWidth = 180 }: SecretFieldProps) {
  const { t } = useTranslation('accessTab');
  const { edits, secretState, changeSecret } = useSheet();
  const state = secretState(name);
  return (
    <FieldRow label={label} narrowLabel={labelWidth}>
      {(ids) => (
        <>
          <TextInput
            {...ids}
            password
            maxLength={maxSecretLength}
            value={edits.secrets.get(name) ?? ''}
            placeholder={t(placeholders[state])}
            onChange={(text) => changeSecret(name, text === '' ? undefined : text)}
          />
          {state === 'willBeRemoved' ? (
            <Button onClick={() => changeSecret(name, undefined)}>{t('secret.keep')}</Button>
          ) : (
            <Button disabled={state !== 'set'} onClick={() => changeSecret(name, null)}>
              {t('secret.remove')}
            </Button>
          )}
        </>
      )}
    </FieldRow>
  );
}
