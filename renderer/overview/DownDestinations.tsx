import Button from '@mui/material/Button';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ServerStatus } from '../../shared/contract/servers.ts';
import { useContract } from '../api/contract-context.tsx';
import { useDialogs } from '../app/dialogs.tsx';
import { Icon } from '../app/Icon.tsx';
import { useNow } from '../app/use-now.ts';
import { createQueueFormat, localeOf } from '../queue/format.ts';
import { Item, Items, Panel, Secondary } from './panels.tsx';

interface DownDestinationsProps {
  readonly servers: readonly ServerStatus[];
}

/** Where nothing can be delivered at the moment, since when and why, and a button that tries at once. */
export function DownDestinations({ servers }: DownDestinationsProps) {
  const { t, i18n } = useTranslation('overview');
  const client = useContract();
  const { showFailure } = useDialogs();
  const [outcome, setOutcome] = useState('');
  const nowMs = useNow(1_000);
  const format = useMemo(() => createQueueFormat(localeOf(i18n.language, navigator.languages)), [i18n.language]);
  const down = servers.flatMap((server) => server.unreachable.map((destination) => ({ server, destination })));

  const retry = async (serverId: string, nextHop: string): Promise<void> => {
    try {
      const { changed } = await client.call('destination.retry', { serverId, nextHop });
      setOutcome(changed === 0 ? t('down.retriedNone', { nextHop }) : t('down.retried', { nextHop, count: changed }));
    } catch (error) {
      showFailure(error);
    }
  };
  return (
    <Panel title={t('down.title')}>
      {down.length === 0 ? (
        <div>{t('down.none')}</div>
      ) : (
        <Items>
          {down.map(({ server, destination: { nextHop, sinceMs, lastError, nextProbeAtMs } }) => {
            const wait =
              nextProbeAtMs <= nowMs ? t('down.now') : t('down.in', { time: format.duration(nextProbeAtMs - nowMs) });
            return (
              <Item key={`${server.id} ${nextHop}`}>
                <Icon name="error" />
                <div>
                  <div style={{ fontWeight: 600 }}>{nextHop}</div>
                  <div>
                    {t('down.since', { time: format.dateTime(sinceMs), age: format.duration(nowMs - sinceMs) })}
                  </div>
                  <div>{t('down.lastError', { error: format.relayText(lastError) })}</div>
                  <Secondary>{t('down.nextProbe', { time: wait })}</Secondary>
                  {servers.length > 1 && <Secondary>{t('down.server', { name: server.name })}</Secondary>}
                </div>
                <Button aria-label={`${t('down.retry')}: ${nextHop}`} onClick={() => void retry(server.id, nextHop)}>
                  {t('down.retry')}
                </Button>
              </Item>
            );
          })}
        </Items>
      )}
      <div role="status">{outcome !== '' && <Secondary>{outcome}</Secondary>}</div>
    </Panel>
  );
}
