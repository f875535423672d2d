import Button from '@mui/material/Button';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ConsoleDialog } from '../../app/Dialog.tsx';
import { FieldProblem, FieldRow, Note, RadioButton, TextInput } from '../../app/fields.tsx';
import { Icon } from '../../app/Icon.tsx';
import { LookupDialog } from './LookupDialog.tsx';
import { type ComputerForm, type EntryCheck, entryOfForm, entryText, formOfEntry, isInList } from './relay-entry.ts';

interface ComputerDialogProps {
  /** Undefined: a new one. */
  readonly entry: string | undefined;
  readonly others: readonly string[];
  readonly onAccept: (entry: string) => void;
  readonly onClose: () => void;
}

type FormProblem = Extract<EntryCheck, { readonly ok: false }>['field'] | 'duplicate';

/** 'Computer': this computer, a single one, a group by subnet, or by their name in DNS. */
export function ComputerDialog({ entry, others, onAccept, onClose }: ComputerDialogProps) {
  const { t } = useTranslation('properties');
  const { t: tAccess } = useTranslation('accessTab');
  const { t: tApp } = useTranslation('app');
  const [form, setForm] = useState<ComputerForm>(() =>
    entry === undefined ? { kind: 'single', address: '' } : formOfEntry(entry),
  );
  const [problem, setProblem] = useState<FormProblem | null>(null);
  const [lookingUp, setLookingUp] = useState(false);

  const address = form.kind === 'single' || form.kind === 'group' ? form.address : '';
  const mask = form.kind === 'group' ? form.mask : '';
  const name = form.kind === 'domain' ? form.name : '';
  const change = (next: ComputerForm): void => {
    setForm(next);
    setProblem(null);
  };
  const accept = (): void => {
    const check = entryOfForm(form);
    if (!check.ok) setProblem(check.field);
    else if (isInList(check.entry, others)) setProblem('duplicate');
    else onAccept(check.entry);
  };
  const wrongAddress = problem === 'address' ? t('problem.address') : undefined;
  return (
    <ConsoleDialog
      title={t(entry === undefined ? 'computer.addTitle' : 'computer.editTitle')}
      onClose={onClose}
      width={480}
      buttons={[
        { label: tApp('dialog.ok'), onClick: accept, isDefault: true },
        { label: tApp('dialog.cancel'), onClick: onClose },
      ]}
    >
      <RadioButton
        name="computer-kind"
        label={t('computer.thisComputer')}
        checked={form.kind === 'thisComputer'}
        onSelect={() => change({ kind: 'thisComputer' })}
      />
      <Indented>
        <Note>{t('computer.thisComputerNote')}</Note>
      </Indented>
      <RadioButton
        name="computer-kind"
        label={t('computer.single')}
        checked={form.kind === 'single'}
        onSelect={() => change({ kind: 'single', address })}
      />
      <Indented>
        <FieldRow
          label={t('computer.singleAddress')}
          narrowLabel={170}
          problem={form.kind === 'single' ? wrongAddress : undefined}
        >
          {(ids) => (
            <>
              <TextInput
                {...ids}
                disabled={form.kind !== 'single'}
                value={form.kind === 'single' ? address : ''}
                onChange={(text) => change({ kind: 'single', address: text })}
              />
              <Button disabled={form.kind !== 'single'} onClick={() => setLookingUp(true)}>
                {tAccess('lookup')}
              </Button>
            </>
          )}
        </FieldRow>
      </Indented>
      <RadioButton
        name="computer-kind"
        label={t('computer.group')}
        checked={form.kind === 'group'}
        onSelect={() => change({ kind: 'group', address, mask: mask === '' ? '255.255.255.0' : mask })}
      />
      <Indented>
        <FieldRow
          label={t('computer.subnetAddress')}
          narrowLabel={170}
          problem={form.kind === 'group' ? wrongAddress : undefined}
        >
          {(ids) => (
            <TextInput
              {...ids}
              disabled={form.kind !== 'group'}
              value={form.kind === 'group' ? address : ''}
              onChange={(text) => change({ kind: 'group', address: text, mask })}
            />
          )}
        </FieldRow>
        <FieldRow
          label={t('computer.subnetMask')}
          narrowLabel={170}
          problem={problem === 'mask' ? t('problem.mask') : undefined}
        >
          {(ids) => (
            <TextInput
              {...ids}
              disabled={form.kind !== 'group'}
              value={mask}
              onChange={(text) => change({ kind: 'group', address, mask: text })}
            />
          )}
        </FieldRow>
      </Indented>
      <RadioButton
        name="computer-kind"
        label={t('computer.domain')}
        checked={form.kind === 'domain'}
        onSelect={() => change({ kind: 'domain', name })}
      />
      <Indented>
        <FieldRow
          label={t('computer.domainName')}
          narrowLabel={170}
          problem={problem === 'name' ? t('problem.name') : undefined}
        >
          {(ids) => (
            <TextInput
              {...ids}
              disabled={form.kind !== 'domain'}
              value={name}
              maxLength={255}
              onChange={(text) => change({ kind: 'domain', name: text })}
            />
          )}
        </FieldRow>
        <div role="status">
          {form.kind === 'domain' && (
            <>
              <Note>{t('computer.domainNote')}</Note>
              <p style={{ display: 'flex', gap: 8, margin: '6px 0 0' }}>
                <Icon name="warning" />
                <span>{t('computer.domainWarning')}</span>
              </p>
            </>
          )}
        </div>
      </Indented>
      <FieldProblem
        id="computer-problem"
        problem={
          problem === 'duplicate'
            ? t('problem.duplicateEntry', { entry: entryText(duplicateOf(form), t('relay.thisComputer')) })
            : undefined
        }
      />
      {lookingUp && (
        <LookupDialog
          onClose={() => setLookingUp(false)}
          onFound={(found) => {
            setLookingUp(false);
            change({ kind: 'single', address: found });
          }}
        />
      )}
    </ConsoleDialog>
  );
}

const Indented = ({ children }: { readonly children: React.ReactNode }) => (
  <div style={{ margin: '0 0 8px 21px' }}>{children}</div>
);

const duplicateOf = (form: ComputerForm): string => {
  const check = entryOfForm(form);
  return check.ok ? check.entry : '';
};
