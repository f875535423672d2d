import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ServerId } from '../../shared/contract/messages.ts';
import { testSetting } from '../../shared/settings/check-setting.ts';
import { chooseLanguage, texts } from '../../shared/texts/index.ts';
import { useServerStatus } from '../api/queries.ts';
import { BrowseButton } from '../app/BrowseButton.tsx';
import { CheckBox, FieldRow, GroupBox, TextInput } from '../app/fields.tsx';
import { SettingRow } from '../properties/SettingRow.tsx';
import { DomainConflictDialog } from './DomainConflictDialog.tsx';
import { DomainSheet } from './DomainSheet.tsx';
import type { DomainState } from './domain-store.ts';
import { useDomainEdits } from './use-domain-edits.ts';

interface LocalDomainSheetProps {
  readonly serverId: ServerId;
  readonly state: DomainState;
  readonly name: string;
  readonly onClose: () => void;
}

/** The default domain: where its mail is written, and how much of it. */
export function LocalDomainSheet({ serverId, state, name, onClose }: LocalDomainSheetProps) {
  const { t, i18n } = useTranslation('domains');
  const { t: tDelivery } = useTranslation('delivery');
  const { t: tProperties } = useTranslation('properties');
  const words = texts[chooseLanguage([i18n.language])].settings;
  const server = useServerStatus(serverId);
  const edits = useDomainEdits(serverId);
  const [base, setBase] = useState(state);
  const [folderText, setFolderText] = useState(base.settings['domains.dropFolder']);
  const [quota, setQuota] = useState(base.settings['domains.dropQuota']);
  const [failedTries, setFailedTries] = useState(0);
  const folder = folderText.trim();
  const valid = testSetting('domains.dropFolder', folder).ok;
  const touched = folder !== base.settings['domains.dropFolder'] || quota !== base.settings['domains.dropQuota'];
  const show = (now: DomainState): void => {
    setBase(now);
    setFolderText(now.settings['domains.dropFolder']);
    setQuota(now.settings['domains.dropQuota']);
    setFailedTries(0);
  };
  const save = (thenClose: boolean): void => {
    if (!valid) setFailedTries(failedTries + 1);
    else if (!touched) {
      if (thenClose) onClose();
    } else {
      edits.submit({
        base,
        edit: () => ({ 'domains.dropFolder': folder, 'domains.dropQuota': quota }),
        onSaved: thenClose ? onClose : show,
        onReload: show,
      });
    }
  };
  const usual = server !== undefined && folder === '' && base.settings['domains.dropFolder'] === '';
  return (
    <DomainSheet
      title={t('sheet.title', { name })}
      tabs={[{ id: 'general', label: t('sheet.general') }]}
      tab="general"
      onTab={() => {}}
      topic="local-domain"
      height={340}
      canApply={touched}
      busy={edits.busy}
      failedTries={failedTries}
      onOk={() => save(true)}
      onApply={() => save(false)}
      onClose={onClose}
    >
      <p style={{ margin: '0 0 10px' }}>{t('sheet.localText')}</p>
      <GroupBox legend={words['domains.dropFolder'].label}>
        <SettingRow settingKey="domains.dropFolder" help={words['domains.dropFolder'].help}>
          <FieldRow
            label={words['domains.dropFolder'].label}
            narrowLabel={120}
            problem={failedTries > 0 && !valid ? tProperties('problem.path') : undefined}
          >
            {(ids) => (
              <>
                <TextInput
                  {...ids}
                  value={folderText}
                  maxLength={1_000}
                  {...(usual ? { placeholder: tDelivery('folderOfServer', { folder: server.dropFolder }) } : {})}
                  onChange={setFolderText}
                />
                <BrowseButton
                  kind="folder"
                  label={words['domains.dropFolder'].label}
                  value={folderText}
                  onChoose={setFolderText}
                />
              </>
            )}
          </FieldRow>
        </SettingRow>
        <SettingRow settingKey="domains.dropQuota" help={words['domains.dropQuota'].help}>
          <CheckBox label={words['domains.dropQuota'].label} checked={quota} onChange={setQuota} />
        </SettingRow>
      </GroupBox>
      <DomainConflictDialog edits={edits} />
    </DomainSheet>
  );
}
