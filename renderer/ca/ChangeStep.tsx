import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { CaStatus, ExitModuleChange } from '../../shared/contract/computer/exit-module-calls.ts';
import { hasExitEvent } from '../../shared/exit-module/exit-events.ts';
import { CheckBox, FieldRow, TextInput } from '../app/fields.tsx';
import { PlanPanel } from './PlanPanel.tsx';
import { Row } from './parts.tsx';
import type { Computer } from './use-ca.ts';

interface ChangeStepProps {
  readonly computer: Computer;
  readonly status: CaStatus;
  readonly testTo: string;
}

/** The mail server of the certification authority, and what has to go with it. */
export function ChangeStep({ computer, status, testTo }: ChangeStepProps) {
  const { t } = useTranslation('ca');
  const { settings } = status;
  // What was offered stays in sight after it was done.
  const [offers] = useState(() => ({
    anonymous: settings === null || (settings.authentication ?? 0) !== 0,
    startup: settings === null || !hasExitEvent(settings.eventMask ?? 0, 'startup'),
  }));
  const [server, setServer] = useState('127.0.0.1');
  const [anonymous, setAnonymous] = useState(offers.anonymous);
  const [startup, setStartup] = useState(false);
  const change: ExitModuleChange = {
    ...(server.trim() === '' ? {} : { server: server.trim() }),
    ...(anonymous ? { anonymous: true } : {}),
    ...(startup ? { events: { startup: true } } : {}),
  };
  return (
    <>
      <FieldRow label={t('plan.server')} narrowLabel={160}>
        {(ids) => <TextInput {...ids} value={server} maxLength={255} width={220} onChange={setServer} />}
      </FieldRow>
      {offers.anonymous && <CheckBox label={t('plan.anonymous')} checked={anonymous} onChange={setAnonymous} />}
      {offers.startup && <CheckBox label={t('plan.startup')} checked={startup} onChange={setStartup} />}
      <Row />
      <PlanPanel computer={computer} status={status} change={change} testTo={testTo} />
    </>
  );
}
