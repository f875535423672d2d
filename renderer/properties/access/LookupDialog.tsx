import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useContract } from '../../api/contract-context.tsx';
import { ConsoleDialog } from '../../app/Dialog.tsx';
import { problemOf } from '../../app/dialogs.tsx';
import { FieldRow, TextInput } from '../../app/fields.tsx';
import { problemText } from '../../app/problem-text.ts';

interface LookupDialogProps {
  /** The first address the name leads to. */
  readonly onFound: (address: string) => void;
  readonly onClose: () => void;
}

/** 'DNS Lookup': from a name to its address, as the relay sees it. */
export function LookupDialog({ onFound, onClose }: LookupDialogProps) {
  const { t } = useTranslation('accessTab');
  const { t: tApp } = useTranslation('app');
  const { t: tProblems, i18n } = useTranslation('problems');
  const client = useContract();
  const [name, setName] = useState('');
  const lookup = useMutation({
    mutationFn: (text: string) => client.call('name.check', { name: text }),
    onSuccess: ({ addresses: [address] }) => {
      if (address !== undefined) onFound(address);
    },
  });
  const failure = lookup.isError ? problemText(tProblems, i18n.language, problemOf(lookup.error)) : null;
  const problem = failure === null ? lookup.data?.message : (failure.detail ?? failure.summary);
  const trimmed = name.trim();
  return (
    <ConsoleDialog
      title={t('lookupTitle')}
      onClose={onClose}
      width={400}
      buttons={[
        {
          label: tApp('dialog.ok'),
          onClick: () => lookup.mutate(trimmed),
          isDefault: true,
          disabled: trimmed === '' || lookup.isPending,
        },
        { label: tApp('dialog.cancel'), onClick: onClose },
      ]}
    >
      <FieldRow label={t('lookupName')} narrowLabel={110} problem={problem}>
        {(ids) => (
          <TextInput
            {...ids}
            value={name}
            maxLength={255}
            onChange={(text) => {
              setName(text);
              lookup.reset();
            }}
          />
        )}
      </FieldRow>
    </ConsoleDialog>
  );
}
