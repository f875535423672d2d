import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { MappingRow } from '../../shared/contract/computer/iis-import-calls.ts';
import { chooseLanguage, texts } from '../../shared/texts/index.ts';
import { FieldRow, Note, SelectBox } from '../app/fields.tsx';
import { createQueueFormat, localeOf } from '../queue/format.ts';
import { countRows, filterRows, type RowFilter, rowFilters } from './import-entry.ts';
import { type MappingWords, newValueText, placeText } from './mapping-text.ts';
import { PlainTable } from './PlainTable.tsx';

/** Every property of the old server and what becomes of it. */
export function MappingPage({ rows }: { readonly rows: readonly MappingRow[] }) {
  const { t, i18n } = useTranslation('iisImport');
  const words = useMemo<MappingWords>(
    () => ({
      texts: texts[chooseLanguage([i18n.language])],
      format: createQueueFormat(localeOf(i18n.language, navigator.languages)),
    }),
    [i18n.language],
  );
  const [filter, setFilter] = useState<RowFilter>('all');
  const shown = filterRows(rows, filter);
  const counts: Readonly<Record<RowFilter, number>> = {
    all: rows.length,
    changed: countRows(rows, 'changed'),
    noEquivalent: countRows(rows, 'noEquivalent'),
  };
  const headings = [
    t('mapping.property'),
    t('mapping.value'),
    t('mapping.setting'),
    t('mapping.newValue'),
    t('mapping.remark'),
  ];
  return (
    <div style={{ display: 'flex', flexDirection: 'column', gap: 8, height: 428 }}>
      <p style={{ margin: 0 }}>{t('mapping.text')}</p>
      <FieldRow label={t('mapping.show')} narrowLabel={70}>
        {(ids) => (
          <SelectBox
            {...ids}
            width={240}
            value={filter}
            options={rowFilters.map((value) => ({ value, label: t(`mapping.${value}`, { count: counts[value] }) }))}
            onChange={(value) => setFilter(rowFilters.find((known) => known === value) ?? 'all')}
          />
        )}
      </FieldRow>
      <PlainTable label={t('mapping.heading')} headings={headings} widths={[160, 150, 160, 140]}>
        {shown.map((row) => (
          <Row
            key={`${row.property}/${row.domain}/${row.setting}/${row.field}/${row.reason}`}
            row={row}
            words={words}
          />
        ))}
        {shown.length === 0 && (
          <tr>
            <td colSpan={headings.length}>{t('mapping.empty')}</td>
          </tr>
        )}
      </PlainTable>
    </div>
  );
}

function Row({ row, words }: { readonly row: MappingRow; readonly words: MappingWords }) {
  const { t } = useTranslation('iisImport');
  return (
    <tr>
      <td>
        {row.property}
        {row.domain !== null && (
          <>
            <br />
            <Note>{t('mapping.domain', { name: row.domain })}</Note>
          </>
        )}
      </td>
      <td>{row.value}</td>
      <td>{placeText(words, row)}</td>
      <td>{newValueText(words, row)}</td>
      <td>
        {row.remark === 'noEquivalent' ? <strong>{t(`remark.${row.remark}`)}</strong> : t(`remark.${row.remark}`)}
        {row.reason !== null && (
          <>
            <br />
            <Note>{t(`reason.${row.reason}`)}</Note>
          </>
        )}
      </td>
    </tr>
  );
}
