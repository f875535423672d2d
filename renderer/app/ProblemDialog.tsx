import { useTranslation } from 'react-i18next';
import type { Problem } from '../../shared/contract/problem.ts';
import { ConsoleDialog } from './Dialog.tsx';
import { Note } from './fields.tsx';
import { Icon } from './Icon.tsx';
import { problemText } from './problem-text.ts';

/** The message box of something that did not work. */
export function ProblemDialog({ problem, onClose }: { readonly problem: Problem; readonly onClose: () => void }) {
  const { t, i18n } = useTranslation('problems');
  const { t: tApp } = useTranslation('app');
  const { summary, detail } = problemText(t, i18n.language, problem);
  return (
    <ConsoleDialog
      role="alertdialog"
      title={t('title')}
      onClose={onClose}
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
