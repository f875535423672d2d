import { styled } from '@mui/material/styles';
import type { ReactNode } from 'react';

const Place = styled('div')(({ theme }) => ({ padding: '24px 16px', color: theme.vars.palette.text.secondary }));
const Headline = styled('p')(({ theme }) => ({ margin: '0 0 4px', color: theme.vars.palette.text.primary }));
const Advice = styled('p')({ margin: 0, maxWidth: 620 });

/** In place of rows: what that means and what to do. */
export function EmptyState({ headline, children }: { readonly headline: string; readonly children?: ReactNode }) {
  return (
    <Place>
      <Headline>{headline}</Headline>
      {children !== undefined && <Advice>{children}</Advice>}
    </Place>
  );
}
