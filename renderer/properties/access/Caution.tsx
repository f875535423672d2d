import type { ReactNode } from 'react';
import { Icon } from '../../app/Icon.tsx';

/** A sentence about what these settings will do that one might not expect. */
export const Caution = ({ children }: { readonly children: ReactNode }) => (
  <p style={{ display: 'flex', gap: 8, margin: '2px 0' }}>
    <Icon name="warning" />
    <span>{children}</span>
  </p>
);
