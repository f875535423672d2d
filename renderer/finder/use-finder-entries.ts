import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { RelayStatus } from '../../shared/contract/servers.ts';
import { chooseLanguage, texts } from '../../shared/texts/index.ts';
import { useDialogs } from '../app/dialogs.tsx';
import type { BarMenu } from '../app/MenuBar.tsx';
import { useNavigation } from '../app/navigation.tsx';
import type { Place } from '../app/place.ts';
import { placeLabel } from '../app/place-label.ts';
import { helpPage } from '../help/pages.ts';
import { helpTopics } from '../help/topics.ts';
import { serverCaption } from '../overview/server-state.ts';
import { commandEntries, type FinderEntry, helpEntries, nodeEntries, settingEntries } from './finder-entries.ts';

/** Settings are those of the server one is in; elsewhere of the first one. */
export function useFinderEntries(menus: readonly BarMenu[], status: RelayStatus | undefined): readonly FinderEntry[] {
  const { t, i18n } = useTranslation('app');
  const { t: tProperties } = useTranslation('properties');
  const { t: tHelp } = useTranslation('help');
  const { place, go } = useNavigation();
  const { open } = useDialogs();
  return useMemo(() => {
    const language = chooseLanguage([i18n.language]);
    const labelOf = (at: Place): string => placeLabel(t, at, status);
    const here = 'serverId' in place ? place.serverId : undefined;
    const server = status?.servers.find(({ id }) => id === here) ?? status?.servers[0];
    return [
      ...commandEntries(menus),
      ...(status === undefined ? [] : nodeEntries(status, labelOf, go)),
      ...(server === undefined
        ? []
        : settingEntries({
            server,
            serverCaption: serverCaption(server),
            settingTexts: texts[language].settings,
            tabLabel: (tab) => tProperties(`tab.${tab}`),
            placeLabel: labelOf,
            openSetting: (setting) => open({ kind: 'properties', serverId: server.id, setting }),
            go,
          })),
      ...helpEntries(
        helpTopics,
        (topic) => helpPage(language, topic).title,
        tHelp('title'),
        (topic) => open({ kind: 'help', topic }),
      ),
    ];
  }, [menus, status, place, go, open, t, tProperties, tHelp, i18n.language]);
}
