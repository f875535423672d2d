/** How far each host of a gateway let us come, with times and certificate. */
import { styled } from '@mui/material/styles';
import { useTranslation } from 'react-i18next';
import type { GatewayCheck, GatewayHost, GatewayStage } from '../../shared/contract/gateway.ts';
import { relaySentence } from '../../shared/texts/relay-sentence.ts';
import { Icon } from '../app/Icon.tsx';
import type { IconName } from '../app/icons.ts';
import { stageDetail } from './check-text.ts';

const Section = styled('section')({ marginTop: 14 });
const Heading = styled('h3')({ margin: '0 0 4px', fontSize: 13, fontWeight: 600, overflowWrap: 'anywhere' });
const Table = styled('table')(({ theme }) => ({
  width: '100%',
  borderCollapse: 'collapse',
  tableLayout: 'fixed',
  marginBottom: 6,
  '& caption': { textAlign: 'left', padding: '4px 0', overflowWrap: 'anywhere' },
  '& th, & td': {
    textAlign: 'left',
    fontWeight: 400,
    verticalAlign: 'top',
    padding: '3px 8px',
    border: `1px solid ${theme.vars.palette.frame.line}`,
    overflowWrap: 'anywhere',
  },
  '& thead th': { backgroundColor: theme.vars.palette.frame.bar },
  '& td.number': { textAlign: 'right', whiteSpace: 'nowrap' },
  '& td img': { verticalAlign: -3, marginRight: 6 },
}));
const Chain = styled('ol')({ margin: '2px 0 8px', paddingLeft: 20, overflowWrap: 'anywhere' });

const iconOf: Readonly<Record<GatewayStage['outcome'], IconName>> = {
  ok: 'ok',
  warning: 'warning',
  failed: 'error',
  skipped: 'skipped',
};

export function GatewayStages({ gateway }: { readonly gateway: GatewayCheck }) {
  const { t } = useTranslation('checks');
  const { nextHop, hosts, furtherHosts } = gateway;
  return (
    <Section data-selectable>
      <Heading>{t('gateway.title', { nextHop })}</Heading>
      {hosts.map((host) => (
        <HostStages key={host.host} host={host} />
      ))}
      {furtherHosts > 0 && <div>{t('gateway.further', { hosts: furtherHosts })}</div>}
    </Section>
  );
}

function HostStages({ host: { host, stages, tls } }: { readonly host: GatewayHost }) {
  const { t, i18n } = useTranslation('checks');
  return (
    <>
      <Table>
        <caption>{t('gateway.host', { host })}</caption>
        <thead>
          <tr>
            <th scope="col" style={{ width: 150 }}>
              {t('gateway.stage')}
            </th>
            <th scope="col" style={{ width: 110 }}>
              {t('gateway.outcome')}
            </th>
            <th scope="col" style={{ width: 80 }}>
              {t('gateway.time')}
            </th>
            <th scope="col">{t('gateway.detail')}</th>
          </tr>
        </thead>
        <tbody>
          {stages.map((stage) => (
            <tr key={stage.stage} data-stage={stage.stage} data-outcome={stage.outcome}>
              <th scope="row">{t(`stage.${stage.stage}`)}</th>
              <td>
                <Icon name={iconOf[stage.outcome]} />
                {t(`outcome.${stage.outcome}`)}
              </td>
              <td className="number">{stage.durationMs !== null && t('gateway.ms', { ms: stage.durationMs })}</td>
              <td>{stageDetail(t, i18n.language, stage)}</td>
            </tr>
          ))}
        </tbody>
      </Table>
      {tls !== null && (
        <>
          <div>
            {t('gateway.certificate')}:{' '}
            {tls.trusted
              ? t('gateway.trusted')
              : t('gateway.untrusted', { reason: relaySentence(i18n.language, tls.reason) })}{' '}
            ({tls.protocol}, {tls.cipher})
          </div>
          <Chain>
            {tls.chain.map((link) => (
              <li key={link.fingerprint}>{t('gateway.link', link)}</li>
            ))}
          </Chain>
        </>
      )}
    </>
  );
}
