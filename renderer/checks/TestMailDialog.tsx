/** Sends a test mail and shows what becomes of it. */
import { styled } from '@mui/material/styles';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { MessageId, ServerId } from '../../shared/contract/messages.ts';
import { useContract } from '../api/contract-context.tsx';
import { ConsoleDialog } from '../app/Dialog.tsx';
import { useDialogs } from '../app/dialogs.tsx';
import { FieldRow, GroupBox, TextInput } from '../app/fields.tsx';
import { badRecipient } from './check-text.ts';
import { MailProgress } from './MailProgress.tsx';

const Intro = styled('p')({ margin: '0 0 8px' });
/** As high before as after: nothing moves while the message travels. */
const Progress = styled('div')({ minHeight: 170 });

interface TestMailDialogProps {
  readonly serverId: ServerId;
  readonly onClose: () => void;
}

export function TestMailDialog({ serverId, onClose }: TestMailDialogProps) {
  const { t } = useTranslation('checks');
  const relay = useContract();
  const { showFailure } = useDialogs();
  const [to, setTo] = useState('');
  const [from, setFrom] = useState('');
  const [wrong, setWrong] = useState<{ readonly to?: string; readonly from?: string }>({});
  const [isSending, setIsSending] = useState(false);
  const [id, setId] = useState<MessageId | null>(null);

  const send = async (): Promise<void> => {
    const sender = from.trim();
    const found = {
      ...problemIn('to', to.trim(), false),
      ...problemIn('from', sender, true),
    };
    setWrong(found);
    if (Object.keys(found).length > 0) return;
    setIsSending(true);
    try {
      const mail = { serverId, to: to.trim(), ...(sender === '' ? {} : { from: sender }) };
      setId((await relay.call('mail.sendTest', mail)).id);
    } catch (error) {
      showFailure(error);
    } finally {
      setIsSending(false);
    }
  };
  const problemIn = (field: 'to' | 'from', address: string, mayBeEmpty: boolean): Record<string, string> => {
    if (address === '' && mayBeEmpty) return {};
    return badRecipient([address]) === undefined ? {} : { [field]: t('badRecipient', { address: address || '""' }) };
  };

  return (
    <ConsoleDialog
      title={t('testMail.title')}
      width={600}
      help="test-mail"
      onClose={onClose}
      buttons={[
        {
          label: id === null ? t('testMail.send') : t('testMail.another'),
          onClick: () => void send(),
          disabled: isSending,
          isDefault: true,
        },
        { label: t('close'), onClick: onClose },
      ]}
    >
      <Intro>{t('testMail.intro')}</Intro>
      <FieldRow label={t('testMail.to')} narrowLabel={60} problem={wrong.to}>
        {(ids) => (
          <TextInput {...ids} value={to} maxLength={320} placeholder="operations@example.org" onChange={setTo} />
        )}
      </FieldRow>
      <FieldRow label={t('testMail.from')} narrowLabel={60} problem={wrong.from}>
        {(ids) => (
          <TextInput {...ids} value={from} maxLength={320} placeholder={t('testMail.fromHelp')} onChange={setFrom} />
        )}
      </FieldRow>
      <GroupBox legend={t('testMail.progress')}>
        <Progress>{id !== null && <MailProgress key={id} serverId={serverId} id={id} />}</Progress>
      </GroupBox>
    </ConsoleDialog>
  );
}
