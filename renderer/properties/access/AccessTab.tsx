import Button from '@mui/material/Button';
import type { TFunction } from 'i18next';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { thisComputerEntry } from '../../../shared/settings/address.ts';
import { FieldProblem, GroupBox, Note } from '../../app/fields.tsx';
import type { Draft } from '../draft-types.ts';
import { useSheet } from '../sheet.tsx';
import { useSettingText } from '../use-setting-text.ts';
import { RelayDialog } from './RelayDialog.tsx';
import { isOpenRelay } from './relay-entry.ts';

export function AccessTab() {
  const { t } = useTranslation('properties');
  const { draft, change } = useSheet();
  const mode = useSettingText('access.relayMode');
  const list = useSettingText('access.relayList');
  const [open, setOpen] = useState(false);
  return (
    <GroupBox legend={t('access.relayRestrictions')}>
      <div style={{ display: 'flex', alignItems: 'center', gap: 12 }}>
        <span style={{ flex: 1 }}>{t('access.relayExplanation')}</span>
        <Button onClick={() => setOpen(true)}>{t('access.relayButton')}</Button>
      </div>
      <Note>{rulesText(t, draft)}</Note>
      {(mode.note ?? list.note) !== undefined && <Note>{mode.note ?? list.note}</Note>}
      <FieldProblem id="relay-problem" problem={mode.problem ?? list.problem} />
      {open && (
        <RelayDialog
          mode={draft['access.relayMode']}
          list={draft['access.relayList']}
          onClose={() => setOpen(false)}
          onAccept={(rules) => {
            setOpen(false);
            change('access.relayMode', rules.mode);
            change('access.relayList', rules.list);
          }}
        />
      )}
    </GroupBox>
  );
}

/** The rules in one sentence, so that nobody must open the dialog to see whether the relay is open. */
function rulesText(t: TFunction<'properties'>, draft: Draft): string {
  const mode = draft['access.relayMode'];
  const list = [...draft['access.relayList']];
  if (mode === 'allExceptListed') {
    return list.length === 0 ? t('access.open') : t('access.allExcept', { count: list.length });
  }
  if (isOpenRelay({ 'access.relayMode': mode, 'access.relayList': list })) return t('access.open');
  if (list.length === 0) return t('access.nobody');
  if (list.every((entry) => entry === thisComputerEntry)) return t('access.onlyThisComputer');
  return t('access.onlyListed', { count: list.length });
}
