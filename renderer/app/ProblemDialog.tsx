import Button from '@mui/material/Button';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Problem } from '../../shared/contract/problem.ts';
import { useStatus } from '../api/queries.ts';
import { ConsoleDialog } from './Dialog.tsx';
import { Note } from './fields.tsx';
import { Icon } from './Icon.tsx';
import { problemDetails } from './problem-details.ts';
import { problemText } from './problem-text.ts';

/** The message box of something that did not work. */
export function ProblemDialog({ problem, onClose }: { readonly problem: Problem; readonly onClose: () => void }) {
  const { t, i18n } = useTranslation('problems');
  const { t: tApp } = useTranslation('app');
  const { data: status } = useStatus();
  const [copied, setCopied] = useState(false);
  const copy = (): void => {
    void navigator.clipboard.writeText(problemDetails(problem, status)).then(() => setCopied(true));
  };
  const { summary, detail } = problemText(t, i18n.language, problem);
  return (
    <ConsoleDialog
      role="alertdialog"
      title={t('title')}
      onClose={onClose}
      footer={
        <div style={{ display: 'flex', alignItems: 'center', gap: 8 }}>
          <Button onClick={copy}>{tApp('dialog.copyDetails')}</Button>
          <span role="status">{copied && tApp('dialog.copied')}</span>
        </div>
      }
      buttons={[{ label: tApp('dialog.ok'), onClick: onClose, isDefault: true }]}
    >
      <div style={{ display: 'flex', gap: 10 }} data-selectable>
        <Icon name="error" />
        <div>
          <div>{summary}</div>
          {detail !== null && (
            <Note lang="en" sx={{ display: 'block', marginTop: '6px' }}>
              {detail}
            </Note>
          )}
        </div>
      </div>
    </ConsoleDialog>
  );
}
