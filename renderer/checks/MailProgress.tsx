/** A message on its way, step by step, until it is over. */
import { styled } from '@mui/material/styles';
import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { MessageId, ServerId } from '../../shared/contract/messages.ts';
import { useContract } from '../api/contract-context.tsx';
import { problemOf } from '../app/dialogs.tsx';
import { Icon } from '../app/Icon.tsx';
import { problemText } from '../app/problem-text.ts';
import { createQueueFormat, localeOf } from '../queue/format.ts';
import { isOver, mailSteps } from './mail-steps.ts';

const Steps = styled('ol')({ listStyle: 'none', margin: 0, padding: 0 });
const Step = styled('li')({
  display: 'grid',
  gridTemplateColumns: '16px 150px minmax(0, 1fr)',
  gap: 8,
  padding: '4px 0',
  overflowWrap: 'anywhere',
  '& > img': { marginTop: 1 },
});

const askEveryMs = 400;

export function MailProgress({ serverId, id }: { readonly serverId: ServerId; readonly id: MessageId }) {
  const { t, i18n } = useTranslation('checks');
  const { t: tProblems } = useTranslation('problems');
  const relay = useContract();
  const format = useMemo(() => createQueueFormat(localeOf(i18n.language, navigator.languages)), [i18n.language]);
  const { data, error } = useQuery({
    queryKey: ['followedMail', serverId, id],
    queryFn: () => relay.call('mail.follow', { serverId, id }),
    refetchInterval: ({ state }) =>
      state.error !== null || (state.data !== undefined && isOver(state.data)) ? false : askEveryMs,
    gcTime: 0,
  });
  return (
    <div role="status" aria-label={t('testMail.progress')} data-selectable>
      <Steps>
        {data !== undefined &&
          mailSteps(t, format, data).map(({ id: stepId, icon, name, text }) => (
            <Step key={stepId}>
              <Icon name={icon} />
              <strong>{name}</strong>
              <span>{text}</span>
            </Step>
          ))}
      </Steps>
      {error !== null && (
        <div>{t('testMail.lost', { reason: problemText(tProblems, i18n.language, problemOf(error)).summary })}</div>
      )}
    </div>
  );
}
