/** Pieces of the message properties: facts, tables, texts that can be selected. */
import { styled } from '@mui/material/styles';
import type { ReactNode } from 'react';
import { monospaceFontFamily } from '../app/theme.ts';

export const TabBody = styled('div')(({ theme }) => ({
  flex: 1,
  minHeight: 0,
  overflow: 'auto',
  padding: 10,
  boxSizing: 'border-box',
  backgroundColor: theme.vars.palette.background.paper,
  border: `1px solid ${theme.vars.palette.frame.line}`,
  overflowWrap: 'anywhere',
}));

export const Remark = styled('p')(({ theme }) => ({ margin: 0, color: theme.vars.palette.text.secondary }));

/** Something about the message that must not be overlooked. */
export const Notice = styled('p')(({ theme }) => ({
  margin: '0 0 10px',
  padding: '4px 8px',
  border: `1px solid ${theme.vars.palette.warning.main}`,
  backgroundColor: theme.vars.palette.background.paper,
}));

const FactList = styled('dl')(({ theme }) => ({
  display: 'grid',
  gridTemplateColumns: '140px minmax(0, 1fr)',
  gap: '3px 14px',
  margin: '0 0 12px',
  '& dt': { color: theme.vars.palette.text.secondary },
  '& dd': { margin: 0, userSelect: 'text', cursor: 'text', unicodeBidi: 'plaintext' },
}));

/** Name and value, one under the other. Values may be selected and copied. */
export const Facts = ({ facts }: { readonly facts: readonly (readonly [string, ReactNode])[] }) => (
  <FactList>
    {facts.map(([name, value]) => (
      <div key={name} style={{ display: 'contents' }}>
        <dt>{name}</dt>
        <dd>{value}</dd>
      </div>
    ))}
  </FactList>
);

export const DataTable = styled('table')(({ theme }) => ({
  width: '100%',
  // Long addresses and replies wrap within their own column.
  tableLayout: 'fixed',
  borderCollapse: 'collapse',
  marginBottom: 12,
  '& caption': { textAlign: 'left', fontWeight: 600, padding: '0 0 4px' },
  '& th': {
    textAlign: 'left',
    fontWeight: 400,
    color: theme.vars.palette.text.secondary,
    borderBottom: `1px solid ${theme.vars.palette.frame.line}`,
    padding: '2px 10px 2px 0',
  },
  '& td': {
    verticalAlign: 'top',
    borderBottom: `1px solid ${theme.vars.palette.frame.line}`,
    padding: '3px 10px 3px 0',
    userSelect: 'text',
    cursor: 'text',
    unicodeBidi: 'plaintext',
  },
  '& .delivered': { color: theme.vars.palette.success.main },
  '& .failed': { color: theme.vars.palette.error.main },
}));

/** Widths of the columns of a DataTable. */
export const ColumnShares = ({ percent }: { readonly percent: readonly number[] }) => (
  <colgroup>
    {percent
      .map((share, column) => ({ share, column }))
      .map(({ share, column }) => (
        <col key={column} style={{ width: `${share}%` }} />
      ))}
  </colgroup>
);

export const Monospace = styled('pre')({
  margin: 0,
  fontFamily: monospaceFontFamily,
  fontSize: 12,
  lineHeight: 1.45,
  whiteSpace: 'pre-wrap',
  userSelect: 'text',
  cursor: 'text',
});
