/** The application around the window: what it adds to the menus, whose relay it shows, which language it speaks. */
import { useEffect, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { DesktopState } from '../../shared/contract/bridge.ts';
import type { RelayStatus } from '../../shared/contract/servers.ts';
import { languages } from '../../shared/texts/index.ts';
import type { ViewAction } from './view-chrome.tsx';

/** Null in a browser, and until the application has answered. */
export function useDesktopState(): DesktopState | null {
  const [state, setState] = useState<DesktopState | null>(null);
  useEffect(() => window.desktop?.onState(setState), []);
  return state;
}

/** 'connected to the service'; empty for the relay that this window's own program runs. */
export function useHostText(status: Pick<RelayStatus, 'hostedBy'> | undefined): string {
  const { t } = useTranslation('desktop');
  const relay = useDesktopState()?.relay;
  if (status === undefined || relay === 'opening') return '';
  // A browser console shows the relay of the program that serves it.
  if (relay === undefined) return status.hostedBy === 'service' ? t('host.service') : '';
  return relay === 'hosted' ? '' : t(`host.${status.hostedBy}`);
}

/** Tray and boxes speak the language of the console. */
export function useDesktopLanguage(): void {
  const { i18n } = useTranslation();
  useEffect(() => {
    const language = languages.find((known) => known === i18n.language);
    if (language !== undefined) window.desktop?.request({ type: 'language', language });
  }, [i18n.language]);
}

interface DesktopMenus {
  readonly file: readonly ViewAction[];
  readonly help: readonly ViewAction[];
}

/** A browser has none of it: a tab can't close itself. */
export function useDesktopMenus(): DesktopMenus {
  const { t } = useTranslation('desktop');
  const { t: tMenus } = useTranslation('menus');
  const startsAtLogon = useDesktopState()?.startsAtLogon ?? null;
  return useMemo(() => {
    const { desktop } = window;
    if (desktop === undefined) return { file: [], help: [] };
    const startAtLogon: ViewAction = {
      id: 'startAtLogon',
      label: t('tray.startAtLogon'),
      pressed: startsAtLogon === true,
      separatorBefore: true,
      run: () => desktop.request({ type: 'startAtLogon', enabled: startsAtLogon !== true }),
    };
    return {
      file: [
        ...(startsAtLogon === null ? [] : [startAtLogon]),
        {
          id: 'exit',
          label: tMenus('exit'),
          shortcut: 'Alt+F4',
          separatorBefore: true,
          run: () => window.close(),
        },
        { id: 'quit', label: t('tray.quit'), run: () => desktop.request({ type: 'quit' }) },
      ],
      help: [{ id: 'version', label: t('version.check'), run: () => desktop.request({ type: 'showVersion' }) }],
    };
  }, [t, tMenus, startsAtLogon]);
}
