import Button from '@mui/material/Button';
import { styled } from '@mui/material/styles';
import { useTranslation } from 'react-i18next';
import type { ServerStatus } from '../../shared/contract/servers.ts';
import { useLiveSettings, useStatus } from '../api/queries.ts';
import { useDialogs } from '../app/dialogs.tsx';
import { Icon } from '../app/Icon.tsx';

const Bar = styled('section')(({ theme }) => ({
  display: 'flex',
  alignItems: 'center',
  gap: 8,
  minHeight: 34,
  flex: 'none',
  padding: '3px 8px',
  backgroundColor: theme.vars.palette.frame.bar,
  borderTop: `1px solid ${theme.vars.palette.frame.line}`,
  '& > span': { flex: 1, minWidth: 0, overflowWrap: 'anywhere' },
}));

/** Whether the log is written to files as well, and where. */
export function LogFileNote({ server }: { readonly server: ServerStatus }) {
  const { t } = useTranslation('log');
  const { open } = useDialogs();
  const settings = useLiveSettings(server.id).data;
  const failure = useStatus().data?.warnings.find(
    ({ code, serverId }) => code === 'protocolLogFailing' && serverId === server.id,
  );
  const isWritten = settings?.values['logging.enabled'] === true;
  return (
    <Bar aria-label={t('file.label')}>
      {failure !== undefined && <Icon name="warning" />}
      <span data-selectable>
        {settings === undefined
          ? ''
          : failure !== undefined
            ? t('file.failing', { reason: String(failure.parameters.reason ?? failure.message) })
            : isWritten
              ? t('file.on', { folder: server.logFolder })
              : t('file.off')}
      </span>
      <Button onClick={() => open({ kind: 'properties', serverId: server.id, setting: 'logging.enabled' })}>
        {t('file.settings')}
      </Button>
    </Bar>
  );
}
