import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { IconName } from './icons.ts';
import { useNavigation } from './navigation.tsx';
import type { ToolbarButton } from './Toolbar.tsx';
import type { ViewAction } from './view-chrome.tsx';

interface ToolbarOptions {
  /** Of the pane that has the focus, then of the server one is in: the first that knows the button counts. */
  readonly actions: readonly ViewAction[];
  readonly treeShown: boolean;
  readonly onToggleTree: () => void;
  readonly onHelp: () => void;
}

/** Buttons and order of the MMC toolbar. */
export function useToolbarGroups({
  actions,
  treeShown,
  onToggleTree,
  onHelp,
}: ToolbarOptions): readonly (readonly ToolbarButton[])[] {
  const { t } = useTranslation('menus');
  const { back, forward, up } = useNavigation();
  return useMemo(() => {
    const travel = (icon: IconName, label: string, run: (() => void) | undefined, nowhere: string): ToolbarButton => ({
      icon,
      label,
      disabledReason: run === undefined ? nowhere : undefined,
      run: run ?? (() => {}),
    });
    const ofAction = (icon: IconName, id: string, label: string): ToolbarButton => {
      const action = actions.find((candidate) => candidate.id === id);
      if (action === undefined) return { icon, label, disabledReason: t('reason.notHere'), run: () => {} };
      return { icon, label, disabledReason: action.disabledReason, pressed: action.pressed, run: action.run };
    };
    return [
      [
        travel('back', t('back'), back, t('reason.noHistoryBack')),
        travel('forward', t('forward'), forward, t('reason.noHistoryForward')),
        travel('up', t('up'), up, t('reason.noParent')),
      ],
      [
        { icon: 'tree', label: t('showHideTree'), pressed: treeShown, run: onToggleTree },
        ofAction('delete', 'delete', t('delete')),
        ofAction('properties', 'properties', t('properties')),
        ofAction('refresh', 'refresh', t('refresh')),
        ofAction('export', 'exportList', t('exportList')),
      ],
      [{ icon: 'help', label: t('helpTopics'), run: onHelp }],
      [
        ofAction('start', 'start', t('startItem')),
        ofAction('stop', 'stop', t('stopItem')),
        ofAction('pause', 'pause', t('pauseItem')),
      ],
    ];
  }, [t, actions, back, forward, up, treeShown, onToggleTree, onHelp]);
}
