import type { ServerId } from '../../shared/contract/messages.ts';
import { AliasDomainDialog } from './AliasDomainDialog.tsx';
import type { DomainRow } from './domain-rows.ts';
import type { DomainState } from './domain-store.ts';
import { LocalDomainSheet } from './LocalDomainSheet.tsx';
import { RemoteDomainSheet } from './RemoteDomainSheet.tsx';

interface DomainPropertiesProps {
  readonly serverId: ServerId;
  /** As the list shows it; the sheet begins with it and keeps to it. */
  readonly state: DomainState;
  readonly row: DomainRow;
  readonly onClose: () => void;
}

/** The property sheet of a domain, by its type. */
export function DomainProperties({ serverId, state, row, onClose }: DomainPropertiesProps) {
  switch (row.kind) {
    case 'default':
      return <LocalDomainSheet serverId={serverId} state={state} name={row.name} onClose={onClose} />;
    case 'alias':
      return <AliasDomainDialog name={row.name} defaultDomain={state.settings['domains.default']} onClose={onClose} />;
    case 'remote':
      return <RemoteDomainSheet serverId={serverId} state={state} remote={row.remote} onClose={onClose} />;
  }
}
