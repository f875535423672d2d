import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { flushSync } from 'react-dom';
import { useTranslation } from 'react-i18next';
import { problem as problemWith } from '../../shared/contract/problem.ts';
import { useComputer, useComputerFacts } from '../api/computer-context.tsx';
import { problemOf, useDialogs } from '../app/dialogs.tsx';
import { useNavigation } from '../app/navigation.tsx';
import { problemText } from '../app/problem-text.ts';
import { Wizard } from '../wizards/Wizard.tsx';
import { ImportPageContent } from './ImportPages.tsx';
import { ImportResult } from './ImportResult.tsx';
import {
  emptyEntry,
  endpointsIn,
  type FoundServers,
  type ImportEntry,
  type ImportPreview,
  importPages,
  listenProblem,
  takesMail,
} from './import-entry.ts';
import { useMailTakeOver } from './use-mail-take-over.ts';

/** 'Import from IIS Wizard': file, server, mapping, addresses, mail, confirmation; then what came of it. */
export function ImportWizard({ onClose }: { readonly onClose: () => void }) {
  const { t, i18n } = useTranslation('iisImport');
  const { t: tProblems } = useTranslation('problems');
  const computer = useComputer();
  const facts = useComputerFacts();
  const queryClient = useQueryClient();
  const { go } = useNavigation();
  const { open, showFailure } = useDialogs();
  const [entry, setEntry] = useState<ImportEntry>(emptyEntry);
  const [at, setAt] = useState(0);
  const [judging, setJudging] = useState(false);
  const [shown, setShown] = useState<ImportPreview>();
  const [looked, setLooked] = useState<FoundServers>();
  const mail = useMailTakeOver(computer);
  const page = importPages[at] ?? 'file';
  const takes = shown !== undefined && takesMail(entry, shown);

  const asked = () => {
    if (computer === null) throw problemWith('notPossible', 'Nobody answers for this computer.');
    return computer;
  };
  const change = (part: Partial<ImportEntry>): void => setEntry((now) => ({ ...now, ...part }));
  const turn = (to: number): void => {
    setJudging(false);
    setAt(to);
  };

  const read = useMutation({
    mutationFn: (path: string) => asked().call('iisImport.read', { path }),
    onSuccess: (found) => {
      const { path, servers } = found;
      setLooked(found);
      change({ path, number: servers[0]?.number ?? null });
      turn(importPages.indexOf('server'));
    },
  });
  const preview = useMutation({
    mutationFn: (source: { readonly path: string; readonly number: number }) =>
      asked().call('iisImport.preview', source),
    onSuccess: setShown,
  });
  const imports = useMutation({
    mutationFn: (number: number) =>
      asked().call('iisImport.import', {
        path: entry.path,
        number,
        name: entry.name.trim(),
        listen: endpointsIn(entry.listenText),
        start: entry.start,
      }),
    onSuccess: async ({ serverId }, number) => {
      await queryClient.invalidateQueries();
      if (takes) mail.start({ path: entry.path, number, serverId });
    },
    onError: (error) => {
      if (problemOf(error).field?.startsWith('general.') === true) turn(importPages.indexOf('listen'));
      else showFailure(error);
    },
  });
  const browse = useMutation({
    mutationFn: () => asked().call('file.choose', { kind: 'metabase', startAt: entry.path }),
    onSuccess: ({ path }) => {
      if (path !== null) change({ path });
    },
    onError: showFailure,
  });

  const restart = useMutation({
    mutationFn: () => asked().call('computer.restartElevated', null),
    onError: showFailure,
  });

  const showPreview = (number: number): void =>
    preview.mutate(
      { path: entry.path, number },
      {
        onSuccess: ({ name, listen }) => {
          change({ name, listenText: listen.join('\n') });
          turn(importPages.indexOf('mapping'));
        },
      },
    );
  const forward = (): void => {
    setJudging(true);
    if (page === 'file') read.mutate(entry.path.trim());
    else if (entry.number === null) return;
    else if (page === 'server') showPreview(entry.number);
    else if (page === 'listen' && listenProblem(entry) !== null) return;
    else if (page === 'confirm') imports.mutate(entry.number);
    else turn(at + 1);
  };

  const sentence = (error: unknown): string => {
    const { summary, detail } = problemText(tProblems, i18n.language, problemOf(error));
    return detail ?? summary;
  };
  const problem = ((): string | undefined => {
    if (page === 'file') return read.isError ? sentence(read.error) : undefined;
    if (page === 'server') return preview.isError ? sentence(preview.error) : undefined;
    if (page !== 'listen') return undefined;
    const found = judging ? listenProblem(entry) : null;
    if (found === null) return imports.isError ? sentence(imports.error) : undefined;
    return found.code === 'endpointProblem'
      ? t('listen.endpointProblem', { text: found.text })
      : t(`listen.${found.code}`);
  })();

  const imported = imports.data;
  if (imported !== undefined) {
    const { serverId } = imported;
    const leave = (): void => {
      flushSync(onClose);
      go({ kind: 'server', serverId });
    };
    return (
      <ImportResult
        imported={imported}
        started={entry.start}
        mail={takes ? mail.state : null}
        onRetry={() => {
          if (entry.number !== null) mail.start({ path: entry.path, number: entry.number, serverId });
        }}
        onProperties={() => {
          leave();
          open({ kind: 'properties', serverId });
        }}
        onClose={leave}
      />
    );
  }
  return (
    <Wizard
      title={t('title')}
      help="import-from-iis"
      width={860}
      height={560}
      at={at}
      busy={read.isPending || preview.isPending || imports.isPending}
      onBack={() => turn(at - 1)}
      onForward={forward}
      onClose={onClose}
      pages={importPages.map((id) => ({
        heading: t(`${id}.heading`),
        content: (
          <ImportPageContent
            page={id}
            entry={entry}
            found={looked}
            preview={shown}
            problem={problem}
            onChange={(part) => {
              change(part);
              imports.reset();
              if (page === 'file') read.reset();
            }}
            onBrowse={facts?.canChooseFiles === true ? () => browse.mutate() : undefined}
            needsRights={facts?.platform === 'windows' && !facts.elevated}
            onRestart={facts?.canElevate === true ? () => restart.mutate() : undefined}
            onLookAgain={() => {
              if (entry.number !== null)
                preview.mutate({ path: entry.path, number: entry.number }, { onError: showFailure });
            }}
          />
        ),
      }))}
    />
  );
}
