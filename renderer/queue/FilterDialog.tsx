import Button from '@mui/material/Button';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ConsoleDialog } from '../app/Dialog.tsx';
import { Note } from '../app/fields.tsx';
import type { QueueRules } from './filter-rules.ts';
import { RuleRow, RuleTable } from './RuleRow.tsx';
import { draftsOf, emptyDraft, nextDraft, type RuleDraft, rulesOf } from './rule-drafts.ts';

interface FilterDialogProps {
  readonly rules: QueueRules;
  /** To choose from, as the relay knows them now. */
  readonly nextHops: readonly string[];
  readonly onAccept: (rules: QueueRules) => void;
  readonly onClose: () => void;
}

/** Field, condition and value, a row for each: what the list is filtered by. */
export function FilterDialog({ rules, nextHops, onAccept, onClose }: FilterDialogProps) {
  const { t } = useTranslation('queue');
  const { t: tApp } = useTranslation('app');
  const [drafts, setDrafts] = useState<readonly RuleDraft[]>(() => {
    const known = draftsOf(rules);
    return known.length > 0 ? known : [emptyDraft('sender')];
  });
  /** Nothing is complained about before somebody wanted to have it. */
  const [tried, setTried] = useState(false);
  const result = rulesOf(drafts);
  const problems = tried && !result.ok ? result.problems : {};
  const further = nextDraft(drafts);
  const aboutAge = drafts.some(({ id }) => id === 'olderThan' || id === 'newerThan');

  const accept = (): void => {
    setTried(true);
    if (!result.ok) return;
    onAccept(result.rules);
    onClose();
  };
  const change = (index: number, draft: RuleDraft): void => setDrafts(drafts.with(index, draft));
  return (
    <ConsoleDialog
      title={t('filter.title')}
      help="filter"
      width={680}
      onClose={onClose}
      buttons={[
        { label: tApp('dialog.ok'), onClick: accept, isDefault: true },
        { label: tApp('dialog.cancel'), onClick: onClose },
      ]}
    >
      <div style={{ marginBottom: 8 }}>{t(drafts.length === 0 ? 'filter.none' : 'filter.intro')}</div>
      <RuleTable>
        {drafts.map((draft, index) => (
          <RuleRow
            key={draft.row}
            draft={draft}
            drafts={drafts}
            nextHops={nextHops}
            problem={problems[draft.id]}
            onChange={(next) => change(index, next)}
            onRemove={() => setDrafts(drafts.toSpliced(index, 1))}
          />
        ))}
      </RuleTable>
      <div style={{ display: 'flex', gap: 8, margin: '10px 0' }}>
        <Button
          disabled={further === null}
          onClick={() => {
            if (further !== null) setDrafts([...drafts, further]);
          }}
        >
          {t('filter.add')}
        </Button>
        <Button disabled={drafts.length === 0} onClick={() => setDrafts([])}>
          {t('filter.removeAll')}
        </Button>
      </div>
      {aboutAge && <Note>{t('filter.note')}</Note>}
    </ConsoleDialog>
  );
}
