import { styled } from '@mui/material/styles';
import type { ReactNode } from 'react';

const Place = styled('div')(({ theme }) => ({
  flex: 1,
  minHeight: 0,
  overflow: 'auto',
  border: `1px solid ${theme.vars.palette.frame.line}`,
}));

const Table = styled('table')(({ theme }) => ({
  width: '100%',
  borderCollapse: 'collapse',
  '& th': {
    position: 'sticky',
    top: 0,
    fontWeight: 400,
    textAlign: 'left',
    backgroundColor: theme.vars.palette.frame.bar,
    borderBottom: `1px solid ${theme.vars.palette.frame.line}`,
    padding: '3px 8px',
  },
  '& td': {
    verticalAlign: 'top',
    padding: '3px 8px',
    borderBottom: `1px solid ${theme.vars.palette.frame.line}`,
    overflowWrap: 'anywhere',
    userSelect: 'text',
    cursor: 'text',
  },
}));

interface PlainTableProps {
  readonly label: string;
  readonly headings: readonly string[];
  /** Widths of the columns; the rest is shared. */
  readonly widths?: readonly (number | undefined)[];
  /** Rows of `<tr>`. */
  readonly children: ReactNode;
}

/** A table to read, with a heading that stays; the keyboard scrolls it. */
export function PlainTable({ label, headings, widths = [], children }: PlainTableProps) {
  return (
    <Place role="group" aria-label={label} tabIndex={0}>
      <Table>
        <thead>
          <tr>
            {headings.map((heading, column) => (
              <th key={heading} scope="col" style={{ width: widths[column] }}>
                {heading}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>{children}</tbody>
      </Table>
    </Place>
  );
}
