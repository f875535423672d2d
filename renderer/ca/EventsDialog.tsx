/** Which events send mail, and what each mail says, with a preview. */
import { styled } from '@mui/material/styles';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { CaStatus, ExitMail, ExitModuleSettings } from '../../shared/contract/computer/exit-module-calls.ts';
import { type ExitEventId, exitEventIds, hasExitEvent } from '../../shared/exit-module/exit-events.ts';
import { ConsoleDialog } from '../app/Dialog.tsx';
import { CheckBox, GroupBox, SelectBox } from '../app/fields.tsx';
import { MailFields } from './MailFields.tsx';
import { MailPreviewPane } from './MailPreviewPane.tsx';
import { changeOfDraft, draftOf, type EventsDraft, emptyDraft, isEmptyChange, type MailDraft } from './mail-draft.ts';
import { PlanDialog } from './PlanDialog.tsx';
import type { Computer } from './use-ca.ts';

interface EventsDialogProps {
  readonly computer: Computer;
  readonly status: CaStatus;
  readonly settings: ExitModuleSettings;
  readonly testTo: string;
  readonly onClose: () => void;
}

const Columns = styled('div')({ display: 'grid', gridTemplateColumns: '1fr 1fr', gap: 12, minHeight: 0 });
const Events = styled('div')({ display: 'grid', gridTemplateColumns: '1fr 1fr 1fr', gap: '2px 12px' });

export function EventsDialog({ computer, status, settings, testTo, onClose }: EventsDialogProps) {
  const { t } = useTranslation('ca');
  const [draft, setDraft] = useState<EventsDraft>(emptyDraft);
  const [key, setKey] = useState(settings.mails[0]?.key ?? '');
  const [reviewing, setReviewing] = useState(false);
  const change = changeOfDraft(settings, draft);
  const mail = settings.mails.find((one) => one.key === key);
  const isOn = (id: ExitEventId): boolean => draft.events[id] ?? hasExitEvent(settings.eventMask ?? 0, id);
  const edit = (changed: MailDraft): void => setDraft((now) => ({ ...now, mails: { ...now.mails, [key]: changed } }));
  return (
    <ConsoleDialog
      title={t('mails.title')}
      width={940}
      height={712}
      onClose={onClose}
      footer={isEmptyChange(change) ? t('mails.unchanged') : undefined}
      buttons={[
        {
          label: t('mails.review'),
          onClick: () => setReviewing(true),
          disabled: isEmptyChange(change),
          isDefault: true,
        },
        { label: t('close'), onClick: onClose },
      ]}
    >
      <GroupBox legend={t('mails.events')}>
        <Events>
          {exitEventIds.map((id) => (
            <CheckBox
              key={id}
              label={t(`event.${id}`)}
              checked={isOn(id)}
              onChange={(on) => setDraft((now) => ({ ...now, events: { ...now.events, [id]: on } }))}
            />
          ))}
        </Events>
      </GroupBox>
      <Columns>
        <GroupBox legend={t('mails.body')}>
          <SelectBox
            aria-label={t('mails.body')}
            value={key}
            options={settings.mails.map((one) => ({ value: one.key, label: mailLabel(t, one) }))}
            onChange={setKey}
          />
          {mail === undefined ? (
            <p>{t('mails.noMail')}</p>
          ) : (
            <MailFields key={key} mail={mail} draft={draft.mails[key] ?? draftOf(mail)} onChange={edit} />
          )}
        </GroupBox>
        {mail !== undefined && (
          <MailPreviewPane
            mail={mail}
            draft={draft.mails[key] ?? draftOf(mail)}
            facts={{ caName: settings.caName, computerName: status.computerName }}
          />
        )}
      </Columns>
      {reviewing && (
        <PlanDialog
          computer={computer}
          status={status}
          change={change}
          testTo={testTo}
          onClose={() => setReviewing(false)}
        />
      )}
    </ConsoleDialog>
  );
}

const mailLabel = (t: ReturnType<typeof useTranslation<'ca'>>['t'], { event, template }: ExitMail): string => {
  const what = t(`event.${event}`);
  return template === null || template === 'Default' ? what : `${what} (${t('mails.template', { template })})`;
};
