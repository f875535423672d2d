import { useTranslation } from 'react-i18next';
import type { CaStatus, ExitModuleChange } from '../../shared/contract/computer/exit-module-calls.ts';
import { ConsoleDialog } from '../app/Dialog.tsx';
import { momentText } from './finding-text.ts';
import { PlanPanel } from './PlanPanel.tsx';
import { Paragraph } from './parts.tsx';
import type { Computer } from './use-ca.ts';

interface PlanDialogProps {
  readonly computer: Computer;
  readonly status: CaStatus;
  readonly change: ExitModuleChange | 'rollback';
  readonly testTo: string;
  readonly onDone?: () => void;
  readonly onClose: () => void;
}

/** A plan on its own: changed events and texts, or the way back. */
export function PlanDialog({ onClose, ...plan }: PlanDialogProps) {
  const { t, i18n } = useTranslation('ca');
  const isRollback = plan.change === 'rollback';
  return (
    <ConsoleDialog
      title={t(isRollback ? 'verify.rollbackTitle' : 'mails.reviewTitle')}
      width={720}
      height={520}
      onClose={onClose}
      buttons={[{ label: t('close'), onClick: onClose, isDefault: true }]}
    >
      {isRollback && plan.status.lastChange !== null && (
        <Paragraph>
          {t('verify.rollbackAbout', { at: momentText(i18n.language, plan.status.lastChange.atMs) })}
        </Paragraph>
      )}
      <PlanPanel {...plan} />
    </ConsoleDialog>
  );
}
