/** The life of a property sheet: draft, saving, what the relay refused, and changes somebody else made meanwhile. */
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { AnswerOf } from '../../shared/contract/calls.ts';
import type { ServerId } from '../../shared/contract/messages.ts';
import { ProblemError } from '../../shared/contract/problem.ts';
import { openRelayReason } from '../../shared/settings/open-relay.ts';
import type { SecretName } from '../../shared/settings/secrets.ts';
import {
  type ServerSettings,
  type SettingKey,
  serverSettingsSchema,
  settingKeys,
} from '../../shared/settings/server-settings.ts';
import { useContract } from '../api/contract-context.tsx';
import { useDialogs } from '../app/dialogs.tsx';
import { type DraftProblems, draftOf, evaluateDraft, isTouched } from './draft.ts';
import type { Draft } from './draft-types.ts';
import { refusalText, refusedSetting } from './refused-setting.ts';
import { noSecretChanges, type SecretChanges, secretState, withSecretChange } from './secret-changes.ts';
import type { SheetEdits } from './sheet.tsx';
import { type SheetTab, sheetTabOf, sheetTabs } from './sheet-tabs.ts';

export type SettingsSnapshot = AnswerOf<'settings.get'>;

/** A question that must be answered before the settings can be saved. */
type Question = 'openRelay' | 'conflict';

interface Saving {
  /** 'OK' closes the sheet once saved, 'Apply' does not. */
  readonly thenClose: boolean;
}

interface SheetState {
  readonly revision: number;
  readonly base: ServerSettings;
  readonly draft: Draft;
  /** Names of the secrets that the relay has, and what is to become of them. */
  readonly secretNames: readonly SecretName[];
  readonly secrets: SecretChanges;
}

const stateOf = ({ revision, values, secrets }: SettingsSnapshot): SheetState => {
  const base = serverSettingsSchema.parse(values);
  return { revision, base, draft: draftOf(base), secretNames: secrets, secrets: noSecretChanges };
};

/** In the order of the tabs and of the settings on them. */
const inTabOrder: readonly SettingKey[] = [...sheetTabs, null].flatMap((tab) =>
  settingKeys.filter((key) => sheetTabOf(key) === tab),
);

/** @param firstTab  The one to begin with. */
export function usePropertySheet(
  serverId: ServerId,
  snapshot: SettingsSnapshot,
  firstTab: SheetTab,
  onClose: () => void,
) {
  const client = useContract();
  const queryClient = useQueryClient();
  const { showFailure } = useDialogs();
  const [state, setState] = useState(() => stateOf(snapshot));
  const [tab, setTab] = useState<SheetTab>(firstTab);
  /** Problems are shown from the first try to save on, then as one types. */
  const [judging, setJudging] = useState(false);
  const [refused, setRefused] = useState<DraftProblems>({});
  const [question, setQuestion] = useState<{ readonly kind: Question; readonly saving: Saving } | null>(null);

  /** Counts the tries that failed for a field, so that the focus can go there each time. */
  const [failedTries, setFailedTries] = useState(0);

  const result = evaluateDraft(state.base, state.draft);

  const save = useMutation({
    /** Settings first: a user's password without the user would be of no use. */
    mutationFn: async (revision: number): Promise<SettingsSnapshot> => {
      const { changes } = result;
      let saved: SettingsSnapshot | null = null;
      if (Object.keys(changes).length > 0) {
        saved = await client.call('settings.save', { serverId, revision, changes });
        // What comes next may fail; what is saved is not to be saved again.
        const { revision: savedRevision, values } = saved;
        setState((now) => ({ ...now, revision: savedRevision, base: serverSettingsSchema.parse(values) }));
      }
      for (const [name, value] of state.secrets) {
        await client.call('secret.set', { serverId, name, value });
        setState((now) => ({ ...now, secrets: withSecretChange(now.secretNames, now.secrets, name, undefined) }));
      }
      return saved === null || state.secrets.size > 0 ? await client.call('settings.get', { serverId }) : saved;
    },
  });

  const showProblem = (problems: DraftProblems): void => {
    const first = inTabOrder.find((key) => problems[key] !== undefined);
    const place = first === undefined ? null : sheetTabOf(first);
    // A setting that no tab shows is told below them.
    if (place !== null) setTab(place);
    setFailedTries((count) => count + 1);
  };
  const store = async (revision: number, saving: Saving): Promise<void> => {
    setRefused({});
    try {
      const saved = await save.mutateAsync(revision);
      void queryClient.invalidateQueries();
      if (saving.thenClose) onClose();
      else {
        setState(stateOf(saved));
        setJudging(false);
      }
    } catch (error) {
      const problem = error instanceof ProblemError ? error.problem : null;
      const key = refusedSetting(problem?.field);
      if (problem?.code === 'conflict') setQuestion({ kind: 'conflict', saving });
      else if (problem !== null && key !== undefined) {
        const problems: DraftProblems = { [key]: { code: 'refused', detail: refusalText(key, problem.message) } };
        setRefused(problems);
        showProblem(problems);
      } else showFailure(error);
    }
  };
  const touched = isTouched(result) || state.secrets.size > 0;
  /** Checks in the order a person would: is it valid, is it meant, then save. */
  const attempt = (saving: Saving, openRelayConfirmed = false): void => {
    setJudging(true);
    if (Object.keys(result.problems).length > 0) {
      showProblem(result.problems);
      return;
    }
    if (!touched) {
      if (saving.thenClose) onClose();
      return;
    }
    const opens = openRelayReason({ ...state.base, ...result.changes }) !== null;
    const touchesRelay = 'access.relayMode' in result.changes || 'access.relayList' in result.changes;
    if (opens && touchesRelay && !openRelayConfirmed) setQuestion({ kind: 'openRelay', saving });
    else void store(state.revision, saving);
  };
  const fetchNow = (): Promise<SettingsSnapshot> => client.call('settings.get', { serverId });

  return {
    saved: state.base,
    draft: state.draft,
    edits: { draft: state.draft, secrets: state.secrets } satisfies SheetEdits,
    problems: judging ? { ...result.problems, ...refused } : {},
    canApply: touched && !save.isPending,
    busy: save.isPending,
    failedTries,
    tab,
    setTab,
    question: question?.kind ?? null,
    change: <Key extends SettingKey>(key: Key, value: Draft[Key]): void => {
      setState((now) => ({ ...now, draft: { ...now.draft, [key]: value } }));
      setRefused(({ [key]: _answered, ...others }) => others);
    },
    secretState: (name: SecretName) => secretState(state.secretNames, state.secrets, name),
    changeSecret: (name: SecretName, value: string | null | undefined): void =>
      setState((now) => ({ ...now, secrets: withSecretChange(now.secretNames, now.secrets, name, value) })),
    restore: (edits: SheetEdits): void => setState((now) => ({ ...now, ...edits })),
    judge: (keys: readonly SettingKey[]): boolean => {
      setJudging(true);
      return keys.every((key) => result.problems[key] === undefined);
    },
    ok: () => attempt({ thenClose: true }),
    apply: () => attempt({ thenClose: false }),
    cancelQuestion: () => setQuestion(null),
    confirmOpenRelay: () => {
      if (question === null) return;
      setQuestion(null);
      attempt(question.saving, true);
    },
    reload: () => {
      setQuestion(null);
      fetchNow().then((latest) => setState(stateOf(latest)), showFailure);
    },
    overwrite: () => {
      if (question === null) return;
      setQuestion(null);
      fetchNow().then(({ revision }) => store(revision, question.saving), showFailure);
    },
  };
}
