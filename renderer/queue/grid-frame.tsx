/**
 * The look of the two lists of the queue. Rows and cells are plain elements with a class: hundreds of them are drawn anew
 * a few times a second, and a styled component would work out its style each time.
 */
import { styled } from '@mui/material/styles';
import type { ComponentProps } from 'react';
import { rowHeightPx } from '../app/theme.ts';

const gridClass = { row: 'grid-row', cell: 'grid-cell', tail: 'grid-tail' } as const;

export const GridFrame = styled('div')(({ theme }) => ({
  flex: 1,
  minHeight: 0,
  overflow: 'auto',
  position: 'relative',
  // What changes inside never changes the layout of the window.
  contain: 'layout paint',
  // The view itself keeps rows in place when others come and go above.
  overflowAnchor: 'none',
  backgroundColor: theme.vars.palette.background.default,
  // The focused row shows where the keyboard is; the frame only when there is none.
  '&[aria-activedescendant]:focus-visible': { outline: 'none' },
  [`& .${gridClass.row}`]: {
    position: 'absolute',
    top: 0,
    left: 0,
    minWidth: '100%',
    height: rowHeightPx,
    // A row never changes the layout of another one, which the browser can't know.
    contain: 'layout paint',
    display: 'grid',
    alignItems: 'center',
    '&:hover': { backgroundColor: theme.vars.palette.frame.hover },
    '&[aria-selected="true"]': { backgroundColor: theme.vars.palette.frame.selectedInactive },
  },
  [`&:focus-within .${gridClass.row}[aria-selected="true"]`]: {
    backgroundColor: theme.vars.palette.frame.selected,
  },
  [`&:focus-visible .${gridClass.row}[data-focused="true"]`]: {
    outline: `1px dotted ${theme.vars.palette.text.primary}`,
    outlineOffset: -1,
    '@media (forced-colors: active)': { outline: '2px solid Highlight', outlineOffset: -2 },
  },
  [`& .${gridClass.cell}`]: {
    display: 'flex',
    alignItems: 'center',
    minWidth: 0,
    padding: '0 8px',
    '&[data-numeric="true"]': { justifyContent: 'flex-end', fontVariantNumeric: 'tabular-nums' },
    '& > bdi': { overflow: 'hidden', textOverflow: 'ellipsis', whiteSpace: 'pre', minWidth: 0 },
  },
  [`& .${gridClass.tail}`]: { flex: 'none', '&:not(:empty)': { paddingLeft: 5 } },
}));

export const Rows = styled('div')({ position: 'relative' });

export const Row = (props: ComponentProps<'div'>) => <div {...props} className={gridClass.row} />;
export const Cell = ({ className = '', ...props }: ComponentProps<'div'>) => (
  <div {...props} className={`${gridClass.cell} ${className}`} />
);
export const Tail = (props: ComponentProps<'span'>) => <span {...props} className={gridClass.tail} />;
