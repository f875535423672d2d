import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ServerId } from '../../shared/contract/messages.ts';
import { useSettings } from '../api/queries.ts';
import { ConsoleDialog } from '../app/Dialog.tsx';
import { Note, RadioButton } from '../app/fields.tsx';
import { SmartHostList } from '../properties/delivery/SmartHostList.tsx';

interface ChangeRouteDialogProps {
  readonly serverId: ServerId;
  readonly count: number;
  /** Smart hosts that were chosen before; null: the usual route, or nobody knows of so many messages. */
  readonly current: readonly string[] | null;
  /** Null: the usual route. */
  readonly onAccept: (smartHosts: readonly string[] | null) => void;
  readonly onClose: () => void;
}

/** As the contract bounds them. */
const mostHosts = 16;
const smtpPort = 25;

/** Other smart hosts for chosen messages, or the usual route again. */
export function ChangeRouteDialog({ serverId, count, current, onAccept, onClose }: ChangeRouteDialogProps) {
  const { t } = useTranslation('queue');
  const { t: tApp } = useTranslation('app');
  const usualPort = useSettings(serverId).data?.values['delivery.outboundPort'] ?? smtpPort;
  const [own, setOwn] = useState(current !== null);
  const [hosts, setHosts] = useState<readonly string[]>(current ?? []);
  const [tried, setTried] = useState(false);
  const problem =
    hosts.length === 0
      ? t('route.change.atLeastOne')
      : hosts.length > mostHosts
        ? t('route.change.atMost', { count: mostHosts })
        : undefined;

  const accept = (): void => {
    setTried(true);
    if (own && problem !== undefined) return;
    onClose();
    onAccept(own ? hosts : null);
  };
  return (
    <ConsoleDialog
      title={t('route.change.title')}
      width={560}
      onClose={onClose}
      buttons={[
        { label: tApp('dialog.ok'), onClick: accept, isDefault: true },
        { label: tApp('dialog.cancel'), onClick: onClose },
      ]}
    >
      <div style={{ marginBottom: 6 }}>{t('route.change.intro', { count })}</div>
      <RadioButton name="route" label={t('route.change.usual')} checked={!own} onSelect={() => setOwn(false)} />
      <RadioButton name="route" label={t('route.change.own')} checked={own} onSelect={() => setOwn(true)} />
      <div style={{ margin: '6px 0 10px 21px' }}>
        <SmartHostList
          hosts={hosts}
          // Whoever enters a host means it.
          onChange={(next) => {
            setHosts(next);
            setOwn(true);
          }}
          usualPort={String(usualPort)}
          problem={tried && own ? problem : undefined}
          empty={t('route.change.noHosts')}
        />
      </div>
      <Note>{t('route.change.note')}</Note>
    </ConsoleDialog>
  );
}
