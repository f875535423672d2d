/** The console tree. Selecting follows the focus, as in MMC; everything is unfolded at first, and what somebody folds is remembered. */
import { styled } from '@mui/material/styles';
import { useSimpleTreeViewApiRef } from '@mui/x-tree-view/hooks';
import { SimpleTreeView } from '@mui/x-tree-view/SimpleTreeView';
import { TreeItem } from '@mui/x-tree-view/TreeItem';
import { type ReactNode, useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import type { RelayStatus } from '../../shared/contract/servers.ts';
import { serverIcon } from '../overview/server-state.ts';
import { Icon } from './Icon.tsx';
import type { IconName } from './icons.ts';
import { useNavigation } from './navigation.tsx';
import { type Place, parsePlaceId, placeId } from './place.ts';
import { placeLabel } from './place-label.ts';
import { rowHeightPx } from './theme.ts';

const Label = styled('span')({ display: 'flex', alignItems: 'center', gap: 6, whiteSpace: 'nowrap' });

const Node = styled(TreeItem)(({ theme }) => ({
  '& .MuiTreeItem-content': {
    height: rowHeightPx,
    padding: '0 8px 0 4px',
    gap: 4,
    width: 'max-content',
    minWidth: '100%',
    paddingLeft: 'calc(4px + 16px * var(--TreeView-itemDepth))',
    '&:hover': { backgroundColor: theme.vars.palette.frame.hover },
    '&.Mui-selected, &.Mui-selected:hover, &[data-selected]': {
      backgroundColor: theme.vars.palette.frame.selectedInactive,
    },
  },
  '&:focus > .MuiTreeItem-content[data-selected]': { backgroundColor: theme.vars.palette.frame.selected },
  '&:focus': { outline: 'none' },
  '&:focus-visible > .MuiTreeItem-content': {
    outline: `2px solid ${theme.vars.palette.primary.main}`,
    outlineOffset: -2,
  },
  '& .MuiTreeItem-label': { fontSize: 13, lineHeight: `${rowHeightPx}px`, padding: 0 },
  '& .MuiTreeItem-iconContainer': { width: 14 },
}));

interface TreePaneProps {
  readonly status: RelayStatus | undefined;
  /** Ids of the folded nodes. */
  readonly folded: readonly string[];
  readonly onFold: (folded: readonly string[]) => void;
  /** The context menu of the selected node, at a place of the window. */
  readonly onContextMenu: (at: { readonly x: number; readonly y: number }) => void;
}

export function TreePane({ status, folded, onFold, onContextMenu }: TreePaneProps) {
  const { t } = useTranslation('app');
  const { place, go } = useNavigation();

  const visit = (id: string | null): void => {
    const target = id === null ? null : parsePlaceId(id);
    if (target !== null) go(target);
  };
  const servers = status?.servers ?? [];
  const parents = ['root', 'computer', ...servers.map(({ id }) => `server/${id}`)];
  const tree = useSimpleTreeViewApiRef();
  const selected = placeId(place);
  // Whom a wizard or the toolbar took to another place goes on with the keyboard from there.
  useEffect(() => {
    if (document.activeElement?.closest('[role="tree"]') != null) tree.current?.focusItem(null, selected);
  }, [tree, selected]);
  const node = (at: Place, icon: IconName, children?: ReactNode) => (
    <Node
      key={placeId(at)}
      itemId={placeId(at)}
      label={
        <Label>
          <Icon name={icon} />
          {placeLabel(t, at, status)}
        </Label>
      }
      slotProps={{
        content: {
          onContextMenu: (event: React.MouseEvent) => {
            event.preventDefault();
            event.stopPropagation();
            go(at);
            onContextMenu({ x: event.clientX, y: event.clientY });
          },
        },
      }}
    >
      {children}
    </Node>
  );
  return (
    <SimpleTreeView
      apiRef={tree}
      aria-label={t('tree.label')}
      expandedItems={parents.filter((id) => !folded.includes(id))}
      onExpandedItemsChange={(_event, open) => onFold(parents.filter((id) => !open.includes(id)))}
      selectedItems={selected}
      onSelectedItemsChange={(_event, id) => visit(id)}
      onItemFocus={(_event, id) => visit(id)}
      expansionTrigger="iconContainer"
      onKeyDown={(event) => {
        if (event.key !== 'ContextMenu' && !(event.key === 'F10' && event.shiftKey)) return;
        event.preventDefault();
        const { left, bottom } = focusedContent().getBoundingClientRect();
        onContextMenu({ x: left + 40, y: bottom });
      }}
      sx={{ padding: '4px 0', width: 'max-content', minWidth: '100%' }}
    >
      {node(
        { kind: 'root' },
        'console',
        status === undefined
          ? undefined
          : node(
              { kind: 'computer' },
              'computer',
              servers.map((server) =>
                node({ kind: 'server', serverId: server.id }, serverIcon(server), [
                  node({ kind: 'domains', serverId: server.id }, 'domains'),
                  node({ kind: 'sessions', serverId: server.id }, 'sessions'),
                  node({ kind: 'queue', serverId: server.id }, 'queue'),
                  node({ kind: 'badmail', serverId: server.id }, server.queue.badmail > 0 ? 'badmail' : 'badmailEmpty'),
                  node({ kind: 'log', serverId: server.id }, 'log'),
                ]),
              ),
            ),
      )}
    </SimpleTreeView>
  );
}

/** The row of the node with the focus; its element contains the rows of its children as well. */
const focusedContent = (): Element =>
  document.activeElement?.querySelector('.MuiTreeItem-content') ?? document.activeElement ?? document.body;
