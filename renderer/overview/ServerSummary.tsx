import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { ServerStatus } from '../../shared/contract/servers.ts';
import { relaySentence } from '../../shared/texts/relay-sentence.ts';
import { problemText } from '../app/problem-text.ts';
import { socketText } from '../app/socket-text.ts';
import { useNow } from '../app/use-now.ts';
import { createQueueFormat, localeOf } from '../queue/format.ts';
import { Facts, Panel } from './panels.tsx';
import { stateText } from './server-state.ts';

/** State, sockets really bound, queue, sessions, counters and certificate of a server. */
export function ServerSummary({ server }: { readonly server: ServerStatus }) {
  const { t, i18n } = useTranslation('overview');
  const { t: tServer } = useTranslation('server');
  const nowMs = useNow(10_000);
  const format = useMemo(() => createQueueFormat(localeOf(i18n.language, navigator.languages)), [i18n.language]);
  const { queue, totals } = server;
  const { count, dateTime, duration } = format;
  const oldest = queue.oldestReceivedAtMs;
  return (
    <Panel title={t('glance')}>
      <Facts
        facts={[
          [t('state'), stateText(tServer, server)],
          [t('listening'), <Listeners key="listeners" server={server} />],
          [
            t('queue'),
            queue.total === 0
              ? t('queueEmpty')
              : t('queueCounts', {
                  ready: count(queue.ready),
                  sending: count(queue.sending),
                  retry: count(queue.retry),
                  held: count(queue.held),
                  failed: count(queue.failed),
                }),
          ],
          // Always there: the facts below must not move when the first message comes.
          [
            t('oldest'),
            oldest === null
              ? t('chart.noData')
              : t('oldestValue', { time: dateTime(oldest), age: duration(nowMs - oldest) }),
          ],
          [
            t('sessions'),
            t('sessionsValue', { inbound: count(server.inboundSessions), outbound: count(server.outboundSessions) }),
          ],
          [
            t('totals'),
            t('totalsValue', {
              accepted: count(totals.accepted),
              delivered: count(totals.delivered),
              failed: count(totals.failed),
              refused: count(totals.refused),
            }),
          ],
          [t('certificate'), <Certificate key="certificate" certificate={server.certificate} nowMs={nowMs} />],
        ]}
      />
    </Panel>
  );
}

function Listeners({ server }: { readonly server: ServerStatus }) {
  const { t, i18n } = useTranslation('overview');
  const { t: tProblems } = useTranslation('problems');
  if (server.state === 'stopped') return t('notListening');
  return server.listeners.map(({ endpoint, implicitTls, boundTo, problem }) => (
    <div key={endpoint}>
      {problem === null
        ? socketText(boundTo ?? endpoint, implicitTls)
        : t('notBound', { endpoint, reason: problemText(tProblems, i18n.language, problem).summary })}
    </div>
  ));
}

interface CertificateProps {
  readonly certificate: ServerStatus['certificate'];
  readonly nowMs: number;
}

function Certificate({ certificate, nowMs }: CertificateProps) {
  const { t, i18n } = useTranslation('overview');
  if (certificate === null) return t('certificateNone');
  const { file, subject, expiresAtMs, problem } = certificate;
  const expires =
    expiresAtMs === null ? null : new Intl.DateTimeFormat(i18n.language, { dateStyle: 'medium' }).format(expiresAtMs);
  return (
    <>
      {subject !== null && expires !== null && (
        <div>{t((expiresAtMs ?? 0) <= nowMs ? 'certificateExpired' : 'certificateValid', { subject, expires })}</div>
      )}
      {problem !== null && <div>{t('certificateProblem', { reason: relaySentence(i18n.language, problem) })}</div>}
      <div>{file}</div>
    </>
  );
}

/** Where the files of a server are. */
export function ServerFolders({ server }: { readonly server: ServerStatus }) {
  const { t } = useTranslation('overview');
  return (
    <Panel title={t('folders')}>
      <Facts
        facts={[
          [t('folder.home'), server.mailroot],
          [t('folder.queue'), server.queueFolder],
          [t('folder.badmail'), server.badmailFolder],
          [t('folder.pickup'), server.pickupFolder],
          [t('folder.drop'), server.dropFolder],
          [t('folder.log'), server.logFolder],
        ]}
      />
    </Panel>
  );
}
