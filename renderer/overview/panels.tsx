/** Pieces of the overview: two columns of panels that become one in a narrow window. */
import { styled } from '@mui/material/styles';
import { type ReactNode, useId } from 'react';
import { rowHeightPx } from '../app/theme.ts';

/** As high as its rows, with room for the heads and a scroll bar below; a long list scrolls. */
export const listHeightPx = (rows: number): number => (Math.min(rows, 8) + 1) * rowHeightPx + 18;

/** The list above keeps its height; the overview scrolls. */
export const ListPlace = styled('div')({ display: 'flex', flexDirection: 'column', flex: 'none', minHeight: 0 });

export const OverviewPane = styled('div')(({ theme }) => ({
  flex: 1,
  minHeight: 0,
  overflow: 'auto',
  padding: 12,
  borderTop: `1px solid ${theme.vars.palette.frame.line}`,
  backgroundColor: theme.vars.palette.frame.bar,
}));

export const Columns = styled('div')({
  display: 'grid',
  gridTemplateColumns: 'repeat(auto-fit, minmax(min(400px, 100%), 1fr))',
  gap: 12,
  alignItems: 'start',
});

export const Column = styled('div')({ display: 'flex', flexDirection: 'column', gap: 12, minWidth: 0 });

const Box = styled('section')(({ theme }) => ({
  padding: '8px 12px 10px',
  border: `1px solid ${theme.vars.palette.frame.line}`,
  backgroundColor: theme.vars.palette.background.default,
}));
const Head = styled('div')({ display: 'flex', alignItems: 'center', gap: 8, minHeight: 26, marginBottom: 4 });
const Heading = styled('h2')({ flex: 1, margin: 0, fontSize: 13, fontWeight: 600 });

interface PanelProps {
  readonly title: string;
  /** At the right of the title. */
  readonly tools?: ReactNode;
  readonly children: ReactNode;
}

export function Panel({ title, tools, children }: PanelProps) {
  const headingId = useId();
  return (
    <Box aria-labelledby={headingId}>
      <Head>
        <Heading id={headingId}>{title}</Heading>
        {tools}
      </Head>
      {children}
    </Box>
  );
}

const FactList = styled('dl')(({ theme }) => ({
  display: 'grid',
  gridTemplateColumns: 'max-content minmax(0, 1fr)',
  gap: '3px 16px',
  margin: 0,
  '& dt': { color: theme.vars.palette.text.secondary },
  '& dd': { margin: 0, overflowWrap: 'anywhere', userSelect: 'text', cursor: 'text' },
}));

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

export const Secondary = styled('div')(({ theme }) => ({ color: theme.vars.palette.text.secondary }));

export const Items = styled('ul')({ listStyle: 'none', margin: 0, padding: 0 });

/** Icon, text, and what can be done about it. */
export const Item = styled('li')(({ theme }) => ({
  display: 'grid',
  gridTemplateColumns: '16px minmax(0, 1fr) max-content',
  alignItems: 'start',
  gap: 8,
  padding: '6px 0',
  '& + &': { borderTop: `1px solid ${theme.vars.palette.frame.line}` },
  '& > img': { marginTop: 1 },
  '& > div': { overflowWrap: 'anywhere', userSelect: 'text', cursor: 'text' },
}));
