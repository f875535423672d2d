import Button from '@mui/material/Button';
import { styled } from '@mui/material/styles';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import {
  type ColumnChoice,
  everyColumn,
  orderedColumns,
  shownColumns,
  withColumnMoved,
  withColumnShown,
} from './column-choice.ts';
import { ConsoleDialog } from './Dialog.tsx';
import { CheckBox } from './fields.tsx';

const Panes = styled('div')({ display: 'flex', gap: 8, marginTop: 8 });
const Items = styled('ul')(({ theme }) => ({
  flex: 1,
  margin: 0,
  padding: 4,
  maxHeight: 340,
  overflow: 'auto',
  listStyle: 'none',
  backgroundColor: theme.vars.palette.background.paper,
  border: `1px solid ${theme.vars.palette.frame.control}`,
  '& li': { padding: '0 4px' },
  '& li[data-current="true"]': { backgroundColor: theme.vars.palette.frame.selected },
}));
const Buttons = styled('div')({ display: 'flex', flexDirection: 'column', gap: 6 });

interface ColumnsDialogProps {
  readonly columns: readonly { readonly id: string; readonly heading: string }[];
  readonly choice: ColumnChoice;
  readonly onChange: (choice: ColumnChoice) => void;
  readonly onClose: () => void;
}

/** Which columns a list shows, and in which order. */
export function ColumnsDialog({ columns, choice, onChange, onClose }: ColumnsDialogProps) {
  const { t } = useTranslation('app');
  const [draft, setDraft] = useState(choice);
  const ordered = orderedColumns(columns, draft);
  const shown = shownColumns(columns, draft);
  const [current, setCurrent] = useState(ordered[0]?.id ?? '');
  const at = ordered.findIndex(({ id }) => id === current);
  const move = (step: -1 | 1): void => setDraft(withColumnMoved(draft, columns, current, step));
  return (
    <ConsoleDialog
      title={t('columnsDialog.title')}
      help="lists"
      onClose={onClose}
      buttons={[
        {
          label: t('dialog.ok'),
          isDefault: true,
          onClick: () => {
            onChange(draft);
            onClose();
          },
        },
        { label: t('dialog.cancel'), onClick: onClose },
      ]}
    >
      <div>{t('columnsDialog.intro')}</div>
      <Panes>
        <Items aria-label={t('columnsDialog.title')}>
          {ordered.map(({ id, heading }) => (
            <li
              key={id}
              data-current={id === current}
              onFocus={() => setCurrent(id)}
              onPointerDown={() => setCurrent(id)}
            >
              <CheckBox
                label={heading}
                checked={shown.some((column) => column.id === id)}
                disabled={shown.length === 1 && shown[0]?.id === id}
                onChange={(visible) => setDraft(withColumnShown(draft, columns, id, visible))}
              />
            </li>
          ))}
        </Items>
        <Buttons>
          <Button disabled={at <= 0} onClick={() => move(-1)}>
            {t('columnsDialog.up')}
          </Button>
          <Button disabled={at === ordered.length - 1} onClick={() => move(1)}>
            {t('columnsDialog.down')}
          </Button>
          <Button onClick={() => setDraft(everyColumn)}>{t('columnsDialog.reset')}</Button>
        </Buttons>
      </Panes>
      {shown.length === 1 && <p style={{ margin: '8px 0 0' }}>{t('columnsDialog.atLeastOne')}</p>}
    </ConsoleDialog>
  );
}
