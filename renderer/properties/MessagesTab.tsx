import { useTranslation } from 'react-i18next';
import { GroupBox } from '../app/fields.tsx';
import { SettingChoice, SettingLimit, SettingSwitch, SettingText } from './SettingField.tsx';
import { useSheet } from './sheet.tsx';

const limits = [
  'messages.sizeLimit',
  'messages.sessionSizeLimit',
  'messages.messagesPerConnection',
  'messages.inboundMessagesPerConnection',
  'messages.recipientLimit',
  'messages.badCommandLimit',
] as const;

/** Limits of messages, reports about them, and the folders beside the queue. */
export function MessagesTab() {
  const { t } = useTranslation('delivery');
  const { draft, server } = useSheet();
  /** While a folder is not chosen, the one in use is the usual one. */
  const usual = (chosen: string, folder: string | undefined): { readonly placeholder?: string } =>
    folder === undefined || chosen !== '' ? {} : { placeholder: t('folderOfServer', { folder }) };
  return (
    <>
      <GroupBox legend={t('limits')}>
        {limits.map((key) => (
          <SettingLimit key={key} settingKey={key} />
        ))}
      </GroupBox>
      <GroupBox legend={t('reports')}>
        <SettingText settingKey="messages.reportCopyTo" maxLength={320} labelWidth={250} />
        <SettingChoice settingKey="messages.reportLanguage" labelWidth={250} />
      </GroupBox>
      <GroupBox legend={t('folders')}>
        <SettingText
          settingKey="messages.badmailFolder"
          labelWidth={150}
          {...usual(draft['messages.badmailFolder'], server?.badmailFolder)}
        />
        <SettingSwitch settingKey="messages.pickup" />
        <SettingText
          settingKey="messages.pickupFolder"
          labelWidth={150}
          disabled={!draft['messages.pickup']}
          {...usual(draft['messages.pickupFolder'], server?.pickupFolder)}
        />
      </GroupBox>
    </>
  );
}
