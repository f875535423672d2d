/** The actions of the frame: what the Action menu, the toolbar and the keyboard offer at this moment. */
import { useMemo } from 'react';
import type { ServerStatus } from '../../shared/contract/servers.ts';
import { useComputerActions } from '../overview/use-computer-actions.ts';
import { useServerActions } from '../overview/use-server-actions.ts';
import { arrangeActions } from './arrange-actions.ts';
import { useNavigation } from './navigation.tsx';
import { useViewChrome, type ViewAction } from './view-chrome.tsx';

export type PaneName = 'tree' | 'view';

interface FrameActions {
  /** Of the selected node: the context menu of the tree. */
  readonly ofNode: readonly ViewAction[];
  /** Of the pane that has the focus: the Action menu. */
  readonly current: readonly ViewAction[];
  /** Start, stop, pause and properties of the server one is in, whatever is selected. */
  readonly ofServer: readonly ViewAction[];
}

/** Never what deletes or renames: in a list those keys mean its rows. */
const withinReach: ReadonlySet<string> = new Set(['start', 'stop', 'pause', 'properties']);

export function useFrameActions(pane: PaneName, server: ServerStatus | undefined): FrameActions {
  const { place } = useNavigation();
  const { actions } = useViewChrome();
  const serverActions = useServerActions();
  const computerActions = useComputerActions();
  return useMemo(() => {
    const all = serverActions(server);
    const special =
      place.kind === 'server'
        ? all
        : place.kind === 'computer'
          ? computerActions
          : actions.filter(({ id }) => id === 'new' || id === 'terminateAll');
    // The nodes of queue and log are their lists: retry, hold and delete, or clear, belong to both. Elsewhere a row is not the node.
    const ofNode =
      place.kind === 'queue' || place.kind === 'log'
        ? actions
        : arrangeActions(
            special,
            actions.filter(({ id }) => id === 'refresh' || id === 'exportList'),
          );
    const ofServer = all.filter(({ id }) => withinReach.has(id));
    return { ofServer, ofNode, current: pane === 'tree' ? ofNode : actions };
  }, [serverActions, computerActions, server, place.kind, actions, pane]);
}
