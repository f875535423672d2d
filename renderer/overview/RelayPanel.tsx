import { useTranslation } from 'react-i18next';
import type { RelayStatus } from '../../shared/contract/servers.ts';
import { useHostText } from '../app/use-desktop.ts';
import { Facts, Panel } from './panels.tsx';

/** Which program the relay of this computer runs in, and on which folder. */
export function RelayPanel({ status }: { readonly status: RelayStatus }) {
  const { t } = useTranslation('app');
  const { t: tDesktop } = useTranslation('desktop');
  const { hostedBy, processId, dataFolder } = status;
  const inOtherSession = useHostText(status) !== '' && hostedBy === 'desktop';
  const program = inOtherSession
    ? tDesktop('host.otherSession', { processId })
    : t(`about.hostedByValue.${hostedBy}`, { processId });
  return (
    <Panel title={tDesktop('host.title')}>
      <Facts
        facts={[
          [t('about.hostedBy'), program],
          [t('about.dataFolder'), dataFolder],
        ]}
      />
    </Panel>
  );
}
