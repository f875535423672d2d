/** The actions of the frame: what the Action menu, the toolbar and the keyboard offer at this moment. */
import { useMemo } from 'react';
import type { ServerStatus } from '../../shared/contract/servers.ts';
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
  /** Start, stop and pause of the server one is in, whatever is selected. */
  readonly ofServer: readonly ViewAction[];
}

export function useFrameActions(pane: PaneName, server: ServerStatus | undefined): FrameActions {
  const { place } = useNavigation();
  const { actions } = useViewChrome();
  const serverActions = useServerActions();
  return useMemo(() => {
    const ofServer = serverActions(server);
    // The queue's node is its list: retry, hold and delete belong to both. Elsewhere a row is not the node.
    const ofNode =
      place.kind === 'queue'
        ? actions
        : arrangeActions(
            place.kind === 'server' ? ofServer : [],
            actions.filter(({ id }) => id === 'refresh' || id === 'exportList'),
          );
    return { ofServer, ofNode, current: pane === 'tree' ? ofNode : actions };
  }, [serverActions, server, place.kind, actions, pane]);
}
