import Button from '@mui/material/Button';
import { useTranslation } from 'react-i18next';

interface ListButtonsProps {
  readonly onAdd: () => void;
  /** Undefined: nothing is selected. */
  readonly onEdit: (() => void) | undefined;
  readonly onRemove: (() => void) | undefined;
  /** Only for lists whose order counts; undefined inside: it can't move that way. */
  readonly move?: { readonly up: (() => void) | undefined; readonly down: (() => void) | undefined };
}

/** The buttons below a list: Add, Edit, Remove, and Up and Down where the order counts. */
export function ListButtons({ onAdd, onEdit, onRemove, move }: ListButtonsProps) {
  const { t } = useTranslation('properties');
  return (
    <div style={{ display: 'flex', flexWrap: 'wrap', gap: 8, marginTop: 6 }}>
      <Button onClick={onAdd}>{t('add')}</Button>
      <Button onClick={onEdit} disabled={onEdit === undefined}>
        {t('edit')}
      </Button>
      <Button onClick={onRemove} disabled={onRemove === undefined}>
        {t('remove')}
      </Button>
      {move !== undefined && (
        <>
          <Button onClick={move.up} disabled={move.up === undefined} sx={{ marginLeft: 'auto' }}>
            {t('moveUp')}
          </Button>
          <Button onClick={move.down} disabled={move.down === undefined}>
            {t('moveDown')}
          </Button>
        </>
      )}
    </div>
  );
}
