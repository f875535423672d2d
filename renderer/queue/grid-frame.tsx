/** The look of the list: its frame, rows and cells. */
import { styled } from '@mui/material/styles';
import { rowHeightPx } from '../app/theme.ts';

export const GridFrame = styled('div')(({ theme }) => ({
  flex: 1,
  minHeight: 0,
  overflow: 'auto',
  position: 'relative',
  // The view itself keeps rows in place when others come and go above.
  overflowAnchor: 'none',
  backgroundColor: theme.vars.palette.background.default,
  // The focused row shows where the keyboard is; the frame only when there is none.
  '&[aria-activedescendant]:focus-visible': { outline: 'none' },
}));

export const Rows = styled('div')({ position: 'relative' });

export const Row = styled('div')(({ theme }) => ({
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
  '[role="grid"]:focus-within &[aria-selected="true"]': { backgroundColor: theme.vars.palette.frame.selected },
  '[role="grid"]:focus-visible &[data-focused="true"]': {
    outline: `1px dotted ${theme.vars.palette.text.primary}`,
    outlineOffset: -1,
    '@media (forced-colors: active)': { outline: '2px solid Highlight', outlineOffset: -2 },
  },
}));

export const Cell = styled('div')({
  display: 'flex',
  alignItems: 'center',
  minWidth: 0,
  padding: '0 8px',
  '&[data-numeric="true"]': { justifyContent: 'flex-end', fontVariantNumeric: 'tabular-nums' },
  '& > bdi': { overflow: 'hidden', textOverflow: 'ellipsis', whiteSpace: 'pre', minWidth: 0 },
});

export const Tail = styled('span')({ flex: 'none', '&:not(:empty)': { paddingLeft: 5 } });
