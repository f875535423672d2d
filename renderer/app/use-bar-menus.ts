import { useColorScheme } from '@mui/material/styles';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { languageNames, languages } from '../../shared/texts/index.ts';
import { useComputer } from '../api/computer-context.tsx';
import { useServiceMenu } from '../service/use-service-menu.ts';
import { useDialogs } from './dialogs.tsx';
import { chooseAndRememberLanguage, chosenLanguage } from './i18n.ts';
import type { BarMenu } from './MenuBar.tsx';
import { useDesktopMenus } from './use-desktop.ts';
import type { ViewAction } from './view-chrome.tsx';

interface BarMenuOptions {
  /** What the Action menu shows. */
  readonly actions: readonly ViewAction[];
  /** What the view offers, whichever pane has the focus. */
  readonly viewActions: readonly ViewAction[];
  readonly treeShown: boolean;
  readonly onToggleTree: () => void;
  readonly onHelp: () => void;
  readonly onFind: () => void;
}

/** Actions of a list that have their place in a menu of the bar as well. */
const find = (actions: readonly ViewAction[], ...ids: readonly string[]): readonly ViewAction[] =>
  ids.flatMap((id) => actions.find((action) => action.id === id) ?? []);

const withoutSeparators = (actions: readonly ViewAction[]): readonly ViewAction[] =>
  actions.map((action) => ({ ...action, separatorBefore: false }));

export function useBarMenus(options: BarMenuOptions): readonly BarMenu[] {
  const { actions, viewActions, treeShown, onToggleTree, onHelp, onFind } = options;
  const { t } = useTranslation('menus');
  const theme = useThemeMenu();
  const language = useLanguageMenu();
  const desktop = useDesktopMenus();
  const service = useServiceMenu();
  const { open } = useDialogs();
  const { t: tImport } = useTranslation('iisImport');
  const { t: tCa } = useTranslation('ca');
  const canImport = useComputer() !== null;
  return useMemo(() => {
    const caMail = { id: 'caMail', label: tCa('menu'), run: () => open({ kind: 'caMail' }) };
    const importIis = { id: 'importIis', label: tImport('menu'), run: () => open({ kind: 'importIis' }) };
    return [
      {
        id: 'file',
        label: t('file'),
        actions: [
          ...withoutSeparators(find(actions, 'exportList', 'properties')),
          ...(canImport ? [caMail, importIis] : []),
          ...service,
          ...desktop.file,
        ],
      },
      { id: 'action', label: t('action'), actions },
      {
        id: 'view',
        label: t('view'),
        actions: [
          { id: 'tree', label: t('showTree'), pressed: treeShown, run: onToggleTree },
          ...withoutSeparators(find(viewActions, 'live', 'destinations', 'columns', 'filter')),
          theme,
          language,
          ...find(actions, 'refresh').map((action) => ({ ...action, separatorBefore: true })),
        ],
      },
      {
        id: 'help',
        label: t('help'),
        actions: [
          { id: 'help', label: t('helpTopics'), shortcut: 'F1', run: onHelp },
          { id: 'finder', label: t('finder'), shortcut: t('shortcut.finder'), run: onFind },
          ...desktop.help,
          { id: 'about', label: t('about'), separatorBefore: true, run: () => open({ kind: 'about' }) },
        ],
      },
    ];
  }, [
    t,
    actions,
    viewActions,
    treeShown,
    onToggleTree,
    onHelp,
    onFind,
    theme,
    language,
    desktop,
    service,
    open,
    tImport,
    tCa,
    canImport,
  ]);
}

function useThemeMenu(): ViewAction {
  const { t } = useTranslation('menus');
  const { mode, setMode } = useColorScheme();
  return useMemo(
    () => ({
      id: 'theme',
      label: t('theme'),
      separatorBefore: true,
      run: () => {},
      submenu: (
        [
          ['system', t('themeSystem')],
          ['light', t('themeLight')],
          ['dark', t('themeDark')],
        ] as const
      ).map(([choice, label]) => ({
        id: choice,
        label,
        pressed: (mode ?? 'system') === choice,
        run: () => setMode(choice),
      })),
    }),
    [t, mode, setMode],
  );
}

function useLanguageMenu(): ViewAction {
  const { t, i18n } = useTranslation('menus');
  const [chosen, setChosen] = useState(() => chosenLanguage(localStorage));
  return useMemo(
    () => ({
      id: 'language',
      label: t('language'),
      run: () => {},
      submenu: [null, ...languages].map((choice) => ({
        id: choice ?? 'system',
        label: choice === null ? t('languageSystem') : languageNames[choice],
        pressed: chosen === choice,
        run: () => {
          setChosen(choice);
          void chooseAndRememberLanguage(i18n, localStorage, choice, navigator.languages);
        },
      })),
    }),
    [t, i18n, chosen],
  );
}
