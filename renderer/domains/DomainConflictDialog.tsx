import { ConflictDialog } from '../properties/ConflictDialog.tsx';
import type { DomainEdits } from './use-domain-edits.ts';

/** The question when somebody else changed the domains meanwhile; nothing while there is none. */
export function DomainConflictDialog({ edits: { conflict } }: { readonly edits: DomainEdits }) {
  return conflict === null ? null : (
    <ConflictDialog onReload={conflict.reload} onOverwrite={conflict.overwrite} onCancel={conflict.cancel} />
  );
}
