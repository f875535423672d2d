import Button from '@mui/material/Button';
import { styled } from '@mui/material/styles';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ConsoleDialog } from '../app/Dialog.tsx';
import { CheckBox } from '../app/fields.tsx';
import { type ColumnLayout, defaultLayout, visibleColumns, withMoved, withVisibility } from './column-layout.ts';
import type { ColumnId } from './columns.ts';

const Panes = styled('div')({ display: 'flex', gap: 8, marginTop: 8 });
const Items = styled('ul')(({ theme }) => ({
  flex: 1,
  margin: 0,
  padding: 4,
  listStyle: 'none',
  backgroundColor: theme.vars.palette.background.paper,
  border: `1px solid ${theme.vars.palette.frame.control}`,
  '& li': { padding: '0 4px' },
  '& li.current': { backgroundColor: theme.vars.palette.frame.selected },
}));
const Buttons = styled('div')({ display: 'flex', flexDirection: 'column', gap: 6 });

interface ColumnsDialogProps {
  readonly layout: ColumnLayout;
  readonly onChange: (layout: ColumnLayout) => void;
  readonly onClose: () => void;
}

/** Which columns the list shows, and in which order. */
export function ColumnsDialog({ layout, onChange, onClose }: ColumnsDialogProps) {
  const { t } = useTranslation('queue');
  const { t: tApp } = useTranslation('app');
  const [draft, setDraft] = useState(layout);
  const [current, setCurrent] = useState<ColumnId>(layout.order[0] ?? 'state');
  const at = draft.order.indexOf(current);
  const onlyOneLeft = visibleColumns(draft).length === 1;
  return (
    <ConsoleDialog
      help="lists"
      title={t('columnsDialog.title')}
      onClose={onClose}
      buttons={[
        {
          label: tApp('dialog.ok'),
          isDefault: true,
          onClick: () => {
            onChange(draft);
            onClose();
          },
        },
        { label: tApp('dialog.cancel'), onClick: onClose },
      ]}
    >
      <div>{t('columnsDialog.intro')}</div>
      <Panes>
        <Items aria-label={t('columnsDialog.label')}>
          {draft.order.map((id) => (
            <li
              key={id}
              className={id === current ? 'current' : undefined}
              onFocus={() => setCurrent(id)}
              onPointerDown={() => setCurrent(id)}
            >
              <CheckBox
                label={t(`columns.${id}`)}
                checked={!draft.hidden.includes(id)}
                disabled={onlyOneLeft && !draft.hidden.includes(id)}
                onChange={(visible) => setDraft(withVisibility(draft, id, visible))}
              />
            </li>
          ))}
        </Items>
        <Buttons>
          <Button disabled={at <= 0} onClick={() => setDraft(withMoved(draft, current, -1))}>
            {t('columnsDialog.up')}
          </Button>
          <Button disabled={at === draft.order.length - 1} onClick={() => setDraft(withMoved(draft, current, 1))}>
            {t('columnsDialog.down')}
          </Button>
          <Button onClick={() => setDraft(defaultLayout)}>{t('columnsDialog.reset')}</Button>
        </Buttons>
      </Panes>
      {onlyOneLeft && <p style={{ margin: '8px 0 0' }}>{t('columnsDialog.atLeastOne')}</p>}
    </ConsoleDialog>
  );
}
