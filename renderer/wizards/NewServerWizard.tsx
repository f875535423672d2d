import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { flushSync } from 'react-dom';
import { useTranslation } from 'react-i18next';
import type { Problem } from '../../shared/contract/problem.ts';
import { useContract } from '../api/contract-context.tsx';
import { useStatus } from '../api/queries.ts';
import { problemOf, useDialogs } from '../app/dialogs.tsx';
import { useNavigation } from '../app/navigation.tsx';
import { problemText } from '../app/problem-text.ts';
import { NewServerPageContent } from './NewServerPages.tsx';
import {
  endpointOf,
  freeName,
  freePortOf,
  type NewServer,
  newServerPages,
  pageOfField,
  pageProblem,
} from './new-server.ts';
import { Wizard } from './Wizard.tsx';

const firstAddress = '127.0.0.1';

/** 'New SMTP Virtual Server Wizard': name, address, home directory, default domain. */
export function NewServerWizard({ onClose }: { readonly onClose: () => void }) {
  const { t } = useTranslation('wizards');
  const { t: tProblems, i18n } = useTranslation('problems');
  const client = useContract();
  const queryClient = useQueryClient();
  const { go } = useNavigation();
  const { showFailure } = useDialogs();
  const { data: status } = useStatus();
  const servers = status?.servers ?? [];
  const [entry, setEntry] = useState<NewServer>(() => ({
    name: freeName(servers),
    address: firstAddress,
    portText: String(freePortOf(servers, firstAddress)),
    mailroot: '',
    defaultDomain: '',
  }));
  const [at, setAt] = useState(0);
  const [judging, setJudging] = useState(false);
  const [refused, setRefused] = useState<Problem | null>(null);
  const page = newServerPages[at] ?? 'name';

  const create = useMutation({
    mutationFn: () =>
      client.call('server.create', {
        name: entry.name.trim(),
        listen: [endpointOf(entry)],
        mailroot: entry.mailroot.trim(),
        defaultDomain: entry.defaultDomain.trim(),
      }),
    onSuccess: async ({ id }) => {
      // The place is known before one goes there.
      await queryClient.invalidateQueries();
      // A dialog that closes gives the focus back to the tree, where the place follows the focus: that comes first.
      flushSync(onClose);
      go({ kind: 'server', serverId: id });
    },
    onError: (error) => {
      const problem = problemOf(error);
      const guilty = pageOfField(problem.field);
      if (guilty === null) showFailure(error);
      else {
        setRefused(problem);
        setAt(newServerPages.indexOf(guilty));
      }
    },
  });
  const turn = (to: number): void => {
    setJudging(false);
    setRefused(null);
    setAt(to);
  };
  const forward = (): void => {
    setJudging(true);
    if (pageProblem(page, entry, servers) !== null) return;
    if (at < newServerPages.length - 1) turn(at + 1);
    else create.mutate();
  };
  const found = judging ? pageProblem(page, entry, servers) : null;
  const refusal = refused === null ? null : problemText(tProblems, i18n.language, refused);
  const problem =
    found === null
      ? (refusal?.detail ?? refusal?.summary)
      : found.code === 'taken'
        ? t('server.taken', { endpoint: found.endpoint, server: found.server })
        : t(`server.${found.code}`);
  return (
    <Wizard
      title={t('server.title')}
      help="new-virtual-server"
      at={at}
      busy={create.isPending}
      onBack={() => turn(at - 1)}
      onForward={forward}
      onClose={onClose}
      pages={newServerPages.map((id) => ({
        heading: t(`server.${id}Heading`),
        content: (
          <NewServerPageContent
            page={id}
            entry={entry}
            problem={problem}
            servers={servers}
            dataFolder={status?.dataFolder ?? ''}
            onChange={(part) => {
              setEntry((now) => ({ ...now, ...part }));
              setRefused(null);
            }}
          />
        ),
      }))}
    />
  );
}
