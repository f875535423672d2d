import { styled } from '@mui/material/styles';
import { useTranslation } from 'react-i18next';
import type { ServerStatus } from '../../shared/contract/servers.ts';
import { problemText } from '../app/problem-text.ts';
import { socketText } from '../app/socket-text.ts';
import { stateText } from './server-state.ts';

const Panel = styled('section')(({ theme }) => ({
  flex: 'none',
  maxHeight: '60%',
  overflow: 'auto',
  padding: '8px 12px 10px',
  borderTop: `1px solid ${theme.vars.palette.frame.line}`,
  backgroundColor: theme.vars.palette.frame.bar,
}));
const Heading = styled('h2')({ margin: '0 0 6px', fontSize: 13, fontWeight: 600 });
const Facts = styled('dl')(({ theme }) => ({
  display: 'grid',
  gridTemplateColumns: 'max-content 1fr',
  gap: '3px 16px',
  margin: 0,
  '& dt': { color: theme.vars.palette.text.secondary },
  '& dd': { margin: 0, minWidth: 0, overflowWrap: 'anywhere' },
}));

export function ServerSummary({ server }: { readonly server: ServerStatus }) {
  const { t, i18n } = useTranslation('server');
  const { t: tProblems } = useTranslation('problems');
  const { queue, totals, listeners } = server;
  const numbers = new Intl.NumberFormat(i18n.language);
  const number = (count: number): string => numbers.format(count);
  const moment = new Intl.DateTimeFormat(i18n.language, { dateStyle: 'medium', timeStyle: 'medium' });
  return (
    <Panel aria-labelledby="summary-heading" data-selectable>
      <Heading id="summary-heading">{t('overview.title')}</Heading>
      <Facts>
        <dt>{t('column.state')}</dt>
        <dd>{stateText(t, server)}</dd>
        <dt>{t('overview.listening')}</dt>
        <dd>
          {server.state === 'stopped'
            ? t('overview.notListening')
            : listeners.map(({ endpoint, implicitTls, boundTo, problem }) => (
                <div key={endpoint}>
                  {problem === null
                    ? socketText(boundTo ?? endpoint, implicitTls)
                    : t('overview.notBound', {
                        endpoint,
                        reason: problemText(tProblems, i18n.language, problem).summary,
                      })}
                </div>
              ))}
        </dd>
        <dt>{t('overview.queue')}</dt>
        <dd>
          {queue.total === 0
            ? t('overview.queueEmpty')
            : t('overview.queueCounts', {
                ready: number(queue.ready),
                sending: number(queue.sending),
                retry: number(queue.retry),
                held: number(queue.held),
                failed: number(queue.failed),
              })}
        </dd>
        {queue.oldestReceivedAtMs !== null && (
          <>
            <dt>{t('overview.oldest')}</dt>
            <dd>{moment.format(queue.oldestReceivedAtMs)}</dd>
          </>
        )}
        <dt>{t('overview.totals')}</dt>
        <dd>
          {t('overview.totalsValue', {
            accepted: number(totals.accepted),
            delivered: number(totals.delivered),
            failed: number(totals.failed),
            refused: number(totals.refused),
          })}
        </dd>
        <dt>{t('overview.queueFolder')}</dt>
        <dd>{server.queueFolder}</dd>
        {queue.badmail > 0 && (
          <>
            <dt>{t('overview.badmailFolder')}</dt>
            <dd>
              {server.badmailFolder} ({t('queueContents', { count: queue.badmail })})
            </dd>
          </>
        )}
      </Facts>
    </Panel>
  );
}
