/**
 * What a view tells the frame about itself. One list of actions feeds the Action menu, the context menu, the toolbar
 * and the keyboard, so that they can never disagree.
 */
import { createContext, type ReactNode, useContext, useEffect, useState } from 'react';

export interface ViewAction {
  /** Stable word; the toolbar and the keyboard find an action by it ('delete', 'properties', 'refresh', 'start'…). */
  readonly id: string;
  /** Translated, without ellipsis logic: the text says '…' itself where a dialog follows. */
  readonly label: string;
  /** For display beside the label, for example 'Del'. */
  readonly shortcut?: string;
  /** Why the action can't be used now; the item stays visible with this reason. */
  readonly disabledReason?: string | undefined;
  readonly pressed?: boolean;
  readonly separatorBefore?: boolean;
  /** Opens a menu of its own; `run` is not called then. */
  readonly submenu?: readonly ViewAction[];
  readonly run: () => void;
}

export interface ViewChrome {
  readonly actions: readonly ViewAction[];
  /** Texts of the status bar, left to right: counts, selection. */
  readonly statusTexts: readonly string[];
}

const emptyChrome: ViewChrome = { actions: [], statusTexts: [] };

const ViewChromeContext = createContext<ViewChrome>(emptyChrome);
/** Apart from the chrome itself, so that a view which publishes is not drawn again by its own publishing. */
const PublishContext = createContext<(chrome: ViewChrome) => void>(() => {});

export function ViewChromeProvider({ children }: { readonly children: ReactNode }) {
  const [chrome, publish] = useState<ViewChrome>(emptyChrome);
  return (
    <PublishContext.Provider value={publish}>
      <ViewChromeContext.Provider value={chrome}>{children}</ViewChromeContext.Provider>
    </PublishContext.Provider>
  );
}

/** For the frame: what the current view offers. */
export const useViewChrome = (): ViewChrome => useContext(ViewChromeContext);

/** For a view: pass a memoised object; it is withdrawn when the view goes away. */
export function usePublishViewChrome(chrome: ViewChrome): void {
  const publish = useContext(PublishContext);
  useEffect(() => {
    publish(chrome);
    return () => publish(emptyChrome);
  }, [chrome, publish]);
}
