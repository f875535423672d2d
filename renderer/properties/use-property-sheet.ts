/** The life of a property sheet: draft, saving, what the relay refused, and changes somebody else made meanwhile. */
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { AnswerOf } from '../../shared/contract/calls.ts';
import type { ServerId } from '../../shared/contract/messages.ts';
import { ProblemError } from '../../shared/contract/problem.ts';
import type { SettingsTab } from '../../shared/settings/field.ts';
import { type ServerSettings, serverSettingsSchema } from '../../shared/settings/server-settings.ts';
import { factsOf } from '../../shared/settings/setting-range.ts';
import { useContract } from '../api/contract-context.tsx';
import { useDialogs } from '../app/dialogs.tsx';
import {
  type Draft,
  type DraftProblems,
  draftOf,
  type EditedKey,
  editedKeys,
  evaluateDraft,
  isTouched,
} from './draft.ts';
import { refusedSetting } from './refused-setting.ts';
import { isOpenRelay } from './relay-entry.ts';

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
}

const stateOf = ({ revision, values }: SettingsSnapshot): SheetState => {
  const base = serverSettingsSchema.parse(values);
  return { revision, base, draft: draftOf(base) };
};

export function usePropertySheet(serverId: ServerId, snapshot: SettingsSnapshot, onClose: () => void) {
  const client = useContract();
  const queryClient = useQueryClient();
  const { showFailure } = useDialogs();
  const [state, setState] = useState(() => stateOf(snapshot));
  const [tab, setTab] = useState<SettingsTab>('general');
  /** Problems are shown from the first try to save on, then as one types. */
  const [judging, setJudging] = useState(false);
  const [refused, setRefused] = useState<DraftProblems>({});
  const [question, setQuestion] = useState<{ readonly kind: Question; readonly saving: Saving } | null>(null);

  /** Counts the tries that failed for a field, so that the focus can go there each time. */
  const [failedTries, setFailedTries] = useState(0);

  const result = evaluateDraft(state.base, state.draft);

  const save = useMutation({
    mutationFn: (revision: number) => client.call('settings.save', { serverId, revision, changes: result.changes }),
  });

  const showProblem = (problems: DraftProblems): void => {
    const first = editedKeys.find((key) => problems[key] !== undefined);
    // A setting that no tab shows is told below them.
    if (first !== undefined) setTab(factsOf(first).tab);
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
        const problems: DraftProblems = { [key]: { code: 'refused', detail: problem.message } };
        setRefused(problems);
        showProblem(problems);
      } else showFailure(error);
    }
  };
  /** Checks in the order a person would: is it valid, is it meant, then save. */
  const attempt = (saving: Saving, openRelayConfirmed = false): void => {
    setJudging(true);
    if (Object.keys(result.problems).length > 0) {
      showProblem(result.problems);
      return;
    }
    if (Object.keys(result.changes).length === 0) {
      if (saving.thenClose) onClose();
      return;
    }
    const opens = isOpenRelay({ ...state.base, ...result.changes });
    const touchesRelay = 'access.relayMode' in result.changes || 'access.relayList' in result.changes;
    if (opens && touchesRelay && !openRelayConfirmed) setQuestion({ kind: 'openRelay', saving });
    else void store(state.revision, saving);
  };
  const fetchNow = (): Promise<SettingsSnapshot> => client.call('settings.get', { serverId });

  return {
    draft: state.draft,
    problems: judging ? { ...result.problems, ...refused } : {},
    canApply: isTouched(result) && !save.isPending,
    busy: save.isPending,
    failedTries,
    tab,
    setTab,
    question: question?.kind ?? null,
    change: <Key extends EditedKey>(key: Key, value: Draft[Key]): void => {
      setState((now) => ({ ...now, draft: { ...now.draft, [key]: value } }));
      setRefused(({ [key]: _answered, ...others }) => others);
    },
    judge: (keys: readonly EditedKey[]): boolean => {
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
