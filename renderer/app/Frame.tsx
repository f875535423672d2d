/** The window: menu bar, toolbar, tree, details, status bar. */
import { styled } from '@mui/material/styles';
import { useCallback, useEffect, useEffectEvent, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { RelayStatus } from '../../shared/contract/servers.ts';
import { useLiveStatus, useStatus } from '../api/queries.ts';
import { FinderDialog } from '../finder/FinderDialog.tsx';
import { serverCaption, stateText } from '../overview/server-state.ts';
import { NoRightsPage } from '../service/NoRightsPage.tsx';
import { ActionMenu, type MenuAnchor } from './ActionMenu.tsx';
import { ConnectionBanner } from './ConnectionBanner.tsx';
import { useDialogs } from './dialogs.tsx';
import { topicOfPlace } from './help-topic.ts';
import { MenuBar } from './MenuBar.tsx';
import { NodeView } from './NodeView.tsx';
import { useNavigation } from './navigation.tsx';
import { type Place, placeId } from './place.ts';
import { placeLabel } from './place-label.ts';
import { Splitter } from './Splitter.tsx';
import { StatusBar } from './StatusBar.tsx';
import { Toolbar } from './Toolbar.tsx';
import { TreePane } from './TreePane.tsx';
import { parseTreeLayout } from './tree-layout.ts';
import { useBarMenus } from './use-bar-menus.ts';
import { useConsoleKeys } from './use-console-keys.ts';
import { useDesktopLanguage, useDesktopState, useHostText } from './use-desktop.ts';
import { type PaneName, useFrameActions } from './use-frame-actions.ts';
import { useRememberedState } from './use-remembered-state.ts';
import { useToolbarGroups } from './use-toolbar-groups.ts';
import { useViewChrome } from './view-chrome.tsx';

const Window = styled('div')(({ theme }) => ({
  display: 'flex',
  flexDirection: 'column',
  height: '100%',
  backgroundColor: theme.vars.palette.background.default,
}));
const Panes = styled('div')({ display: 'flex', flex: 1, minHeight: 0 });
const TreeFrame = styled('nav')({ display: 'flex', flex: 'none' });
const TreeScroll = styled('div')({ overflow: 'auto' });
const ViewFrame = styled('main')({ display: 'flex', flexDirection: 'column', flex: 1, minWidth: 0, minHeight: 0 });
/** For screen readers; everybody else sees the place in the tree. */
const Heading = styled('h1')({
  position: 'absolute',
  width: 1,
  height: 1,
  margin: -1,
  overflow: 'hidden',
  clipPath: 'inset(50%)',
});

/** The console, or why there is none. */
export const Frame = () => (useDesktopState()?.relay === 'noRights' ? <NoRightsPage /> : <ConsoleFrame />);

function ConsoleFrame() {
  const { t } = useTranslation('app');
  const { t: tServer } = useTranslation('server');
  useLiveStatus();
  const { data: status } = useStatus();
  const { place, back, forward, up } = useNavigation();
  const { open } = useDialogs();
  const chrome = useViewChrome();
  const [tree, setTree] = useRememberedState('tree', parseTreeLayout);
  const [pane, setPane] = useState<PaneName>('tree');
  const [menuAt, setMenuAt] = useState<MenuAnchor | null>(null);
  const treeFrame = useRef<HTMLDivElement>(null);
  const viewFrame = useRef<HTMLElement>(null);

  const server = 'serverId' in place ? status?.servers.find(({ id }) => id === place.serverId) : undefined;
  const actions = useFrameActions(pane, server);
  const inReach = useMemo(() => [...actions.current, ...actions.ofServer], [actions]);
  const [finderOpen, setFinderOpen] = useState(false);
  const help = useCallback(() => open({ kind: 'help', topic: topicOfPlace(place) }), [open, place]);
  const toggleTree = useCallback(() => setTree({ ...tree, shown: !tree.shown }), [tree, setTree]);
  const find = useCallback(() => setFinderOpen(true), []);
  const shared = { treeShown: tree.shown, onToggleTree: toggleTree, onHelp: help };
  const menus = useBarMenus({ actions: actions.current, viewActions: chrome.actions, onFind: find, ...shared });
  const groups = useToolbarGroups({ actions: inReach, ...shared });

  const focusTree = (): void => treeFrame.current?.querySelector<HTMLElement>('[tabindex="0"]')?.focus();
  const focusView = (): void =>
    viewFrame.current?.querySelector<HTMLElement>('[data-pane-focus], [role="grid"][tabindex="0"]')?.focus();
  useConsoleKeys({
    actions: inReach,
    back,
    forward,
    up,
    help,
    find,
    nextPane: () => {
      const inView = viewFrame.current?.contains(document.activeElement) ?? false;
      if (inView && tree.shown) focusTree();
      else focusView();
    },
  });
  const known = status !== undefined;
  const startInTree = useEffectEvent(() => {
    if (document.activeElement === document.body) focusTree();
  });
  // The keyboard works from the first moment, without a click.
  useEffect(() => {
    if (!known) return;
    // A frame later the tree knows which of its nodes is the stop of the keyboard.
    const frame = requestAnimationFrame(() => startInTree());
    return () => cancelAnimationFrame(frame);
  }, [known]);
  useGoneServer(place, status);
  useWindowTitle(status);
  useDesktopLanguage();

  const stateOfServer = server === undefined ? '' : `${serverCaption(server)}: ${stateText(tServer, server)}`;
  return (
    <Window>
      <header>
        <MenuBar menus={menus} />
        <Toolbar groups={groups} />
      </header>
      <ConnectionBanner />
      <Panes>
        {tree.shown && (
          <TreeFrame aria-label={t('tree.label')}>
            <TreeScroll ref={treeFrame} style={{ width: tree.widthPx }} onFocusCapture={() => setPane('tree')}>
              <TreePane
                status={status}
                folded={tree.folded}
                onFold={(folded) => setTree({ ...tree, folded })}
                onContextMenu={setMenuAt}
              />
            </TreeScroll>
            <Splitter widthPx={tree.widthPx} onChange={(widthPx) => setTree({ ...tree, widthPx })} />
          </TreeFrame>
        )}
        <ViewFrame ref={viewFrame} aria-label={t('pane.view')} onFocusCapture={() => setPane('view')}>
          <Heading>{placeLabel(t, place, status)}</Heading>
          <NodeView key={placeId(place)} place={place} />
        </ViewFrame>
      </Panes>
      <StatusBar texts={chrome.statusTexts} state={stateOfServer} />
      {finderOpen && <FinderDialog menus={menus} status={status} onClose={() => setFinderOpen(false)} />}
      <ActionMenu actions={actions.ofNode} anchor={menuAt} onClose={() => setMenuAt(null)} />
    </Window>
  );
}

/** A server that was deleted, here or elsewhere, takes its nodes with it: the computer is what is left of the way. */
function useGoneServer(place: Place, status: RelayStatus | undefined): void {
  const { go } = useNavigation();
  const isGone = status !== undefined && 'serverId' in place && !status.servers.some(({ id }) => id === place.serverId);
  useEffect(() => {
    if (isGone) go({ kind: 'computer' });
  }, [isGone, go]);
}

function useWindowTitle(status: RelayStatus | undefined): void {
  const { t, i18n } = useTranslation('app');
  const host = useHostText(status);
  const name = status === undefined ? t('productName') : t('windowTitle', { computer: status.computerName });
  const title = host === '' ? name : `${name} (${host})`;
  useEffect(() => {
    document.title = title;
    document.documentElement.lang = i18n.language;
  }, [title, i18n.language]);
}
