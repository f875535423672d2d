import Button from '@mui/material/Button';
import { useTranslation } from 'react-i18next';
import { FieldRow, TextInput } from '../../app/fields.tsx';
import type { SecretState } from '../secret-changes.ts';

interface SecretInputProps {
  readonly label: string;
  readonly state: SecretState;
  /** What has been typed and not yet saved. */
  readonly typed: string;
  readonly labelWidth: number;
  /** A value sets the secret, null removes it, undefined leaves it as it is. */
  readonly onChange: (value: string | null | undefined) => void;
}

/** A password: the stored one is never shown, only that there is one. */
export function SecretInput({ label, state, typed, labelWidth, onChange }: SecretInputProps) {
  const { t } = useTranslation('delivery');
  const hints = {
    set: t('secret.set'),
    willBeRemoved: t('secret.willBeRemoved'),
    none: undefined,
    willBeSet: undefined,
  };
  const hint = hints[state];
  return (
    <FieldRow label={label} narrowLabel={labelWidth}>
      {(ids) => (
        <>
          <TextInput
            {...ids}
            password
            value={typed}
            maxLength={10_000}
            {...(hint === undefined ? {} : { placeholder: hint })}
            onChange={(text) => onChange(text === '' ? undefined : text)}
          />
          {state === 'set' && <Button onClick={() => onChange(null)}>{t('secret.remove')}</Button>}
          {state === 'willBeRemoved' && <Button onClick={() => onChange(undefined)}>{t('secret.keep')}</Button>}
        </>
      )}
    </FieldRow>
  );
}
