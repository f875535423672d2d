import Button from '@mui/material/Button';
import { useTranslation } from 'react-i18next';
import type { ServerStatus, Warning } from '../../shared/contract/servers.ts';
import { useDialogs } from '../app/dialogs.tsx';
import { Icon } from '../app/Icon.tsx';
import { useNavigation } from '../app/navigation.tsx';
import { warningText } from '../app/problem-text.ts';
import { Item, Items, Panel, Secondary } from './panels.tsx';
import { warningTarget } from './warning-target.ts';

interface WarningsProps {
  readonly warnings: readonly Warning[];
  /** To name them on the buttons. */
  readonly servers: readonly Pick<ServerStatus, 'id' | 'name'>[];
}

/** What is wrong at the moment, what to do about each, and the way there. */
export function Warnings({ warnings, servers }: WarningsProps) {
  const { t, i18n } = useTranslation('server');
  return (
    <Panel title={t('warnings')} tools={<CheckButton server={servers[0]} />}>
      {warnings.length === 0 ? (
        <div>{t('noWarnings')}</div>
      ) : (
        <Items>
          {warnings.map((warning) => {
            const { summary, detail } = warningText(t, i18n.language, warning);
            return (
              <Item key={`${warning.code} ${warning.serverId} ${warning.message}`}>
                <Icon name="warning" />
                <div>
                  <div>{summary}</div>
                  {detail !== null && <Secondary lang="en">{detail}</Secondary>}
                  <Secondary>{t(`warning.${warning.code}.advice`)}</Secondary>
                </div>
                <WayThere warning={warning} server={servers.find(({ id }) => id === warning.serverId)} />
              </Item>
            );
          })}
        </Items>
      )}
    </Panel>
  );
}

function CheckButton({ server }: { readonly server: Pick<ServerStatus, 'id'> | undefined }) {
  const { t } = useTranslation('checks');
  const { open } = useDialogs();
  if (server === undefined) return null;
  return <Button onClick={() => open({ kind: 'checkServer', serverId: server.id })}>{t('menu')}</Button>;
}

function WayThere({
  warning,
  server,
}: {
  readonly warning: Warning;
  readonly server: Pick<ServerStatus, 'id' | 'name'> | undefined;
}) {
  const { t } = useTranslation('overview');
  const { go } = useNavigation();
  const { open } = useDialogs();
  const target = warningTarget(warning.code);
  if (target === null || server === undefined) return null;
  const serverId = server.id;
  return (
    <Button
      aria-label={`${t(`open.${target.kind}`)}: ${server.name}`}
      onClick={() => (target.kind === 'properties' ? open({ ...target, serverId }) : go({ ...target, serverId }))}
    >
      {t(`open.${target.kind}`)}
    </Button>
  );
}
