/** Which dialogs are open. Any part of the console opens one by naming it; DialogHost.tsx draws them. */
import { createContext, type ReactNode, useContext, useMemo, useState } from 'react';
import type { ServerId } from '../../shared/contract/messages.ts';
import { type Problem, ProblemError } from '../../shared/contract/problem.ts';
import type { SettingKey } from '../../shared/settings/server-settings.ts';
import type { HelpTopic } from '../help/topics.ts';

export type DialogRequest =
  /** Begins at the field of the setting, if one is named. */
  | { readonly kind: 'properties'; readonly serverId: ServerId; readonly setting?: SettingKey }
  | { readonly kind: 'confirmStop'; readonly serverId: ServerId }
  | { readonly kind: 'checkServer'; readonly serverId: ServerId }
  | { readonly kind: 'testMail'; readonly serverId: ServerId }
  | { readonly kind: 'newServer' }
  | { readonly kind: 'importIis' }
  | { readonly kind: 'caMail' }
  | { readonly kind: 'newDomain'; readonly serverId: ServerId }
  | { readonly kind: 'renameServer'; readonly serverId: ServerId }
  | { readonly kind: 'deleteServer'; readonly serverId: ServerId }
  | { readonly kind: 'service'; readonly what: 'install' | 'remove' }
  | { readonly kind: 'about' }
  | { readonly kind: 'help'; readonly topic: HelpTopic }
  | { readonly kind: 'problem'; readonly problem: Problem };

interface OpenDialog {
  readonly key: number;
  readonly request: DialogRequest;
}

interface Dialogs {
  /** In the order they were opened; the last one is on top. */
  readonly shown: readonly OpenDialog[];
  readonly open: (request: DialogRequest) => void;
  readonly close: (key: number) => void;
  /** Shows why something failed; use it as the `catch` of an action. */
  readonly showFailure: (error: unknown) => void;
}

const DialogsContext = createContext<Dialogs | null>(null);

export function DialogsProvider({ children }: { readonly children: ReactNode }) {
  const [shown, setShown] = useState<readonly OpenDialog[]>([]);
  const control = useMemo(() => {
    const open = (request: DialogRequest): void =>
      setShown((now) => [...now, { key: (now.at(-1)?.key ?? 0) + 1, request }]);
    return {
      open,
      close: (key: number): void => setShown((now) => now.filter((dialog) => dialog.key !== key)),
      showFailure: (error: unknown): void => open({ kind: 'problem', problem: problemOf(error) }),
    };
  }, []);
  const dialogs = useMemo<Dialogs>(() => ({ shown, ...control }), [shown, control]);
  return <DialogsContext.Provider value={dialogs}>{children}</DialogsContext.Provider>;
}

export function useDialogs(): Dialogs {
  const dialogs = useContext(DialogsContext);
  if (dialogs === null) throw new Error('useDialogs needs a DialogsProvider above it');
  return dialogs;
}

/** What to show for anything thrown: the refusal, or our own mistake by its message. */
export const problemOf = (error: unknown): Problem =>
  error instanceof ProblemError
    ? error.problem
    : { code: 'internal', message: error instanceof Error ? error.message : String(error) };
