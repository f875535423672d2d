import { useTranslation } from 'react-i18next';
import type { MessageDetails } from '../../shared/contract/messages.ts';
import { ColumnShares, DataTable, Monospace, Remark } from './property-parts.tsx';

/** The header fields in their order, decoded. */
export function HeadersTab({ headers }: Pick<MessageDetails, 'headers'>) {
  const { t } = useTranslation('queue');
  if (headers.length === 0) return <Remark>{t('headers.none')}</Remark>;
  // A field may occur more than once: its line tells it apart.
  const lines = headers.map((header, line) => ({ ...header, line }));
  return (
    <DataTable aria-label={t('headers.label')}>
      <ColumnShares percent={[24, 76]} />
      <thead>
        <tr>
          <th scope="col">{t('headers.name')}</th>
          <th scope="col">{t('headers.value')}</th>
        </tr>
      </thead>
      <tbody>
        {lines.map(({ name, value, line }) => (
          <tr key={line}>
            <td>{name}</td>
            <td style={{ whiteSpace: 'pre-wrap' }}>{value}</td>
          </tr>
        ))}
      </tbody>
    </DataTable>
  );
}

/** The plain text of the body: nothing in it is interpreted, nothing is loaded. */
export function TextTab({ text, textTruncated }: Pick<MessageDetails, 'text' | 'textTruncated'>) {
  const { t } = useTranslation('queue');
  if (text === null || text.trim() === '') return <Remark>{t('text.none')}</Remark>;
  return (
    <>
      <Monospace aria-label={t('text.label')}>{text}</Monospace>
      {textTruncated && <Remark>{t('text.truncated')}</Remark>}
    </>
  );
}
