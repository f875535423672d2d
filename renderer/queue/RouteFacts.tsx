import { useTranslation } from 'react-i18next';
import type { RouteExplanation } from '../../shared/contract/messages.ts';
import { Facts, Notice } from './property-parts.tsx';

/** Where mail to one address goes, why, and how. */
export function RouteFacts({ route }: { readonly route: RouteExplanation }) {
  const { t } = useTranslation('queue');
  const { nextHop, kind, rule, remoteDomain, frozen, held, tlsMode, authentication, hosts, problems } = route;
  const staysHere = kind === 'drop' || kind === 'none';
  return (
    <>
      {frozen && <Notice>{t('route.frozen')}</Notice>}
      {held && <Notice>{t('route.held')}</Notice>}
      <Facts
        facts={[
          [t('route.nextHop'), nextHop],
          [t('route.why'), t(`route.rule.${rule}`, { domain: remoteDomain ?? '' })],
          ...(staysHere
            ? []
            : [
                [t('route.tls'), t(`route.tlsModes.${tlsMode}`)] as const,
                [t('route.authentication'), t(`route.authentications.${authentication}`)] as const,
              ]),
          [
            t('route.hosts'),
            hosts.length === 0 ? (
              t(kind === 'drop' ? 'route.dropFolder' : 'route.noHosts')
            ) : (
              <ol key="hosts" style={{ margin: 0, paddingLeft: 20 }}>
                {hosts.map((host) => (
                  <li key={host}>{host}</li>
                ))}
              </ol>
            ),
          ],
          ...(problems.length === 0
            ? []
            : [
                [
                  t('route.problems'),
                  <ul key="problems" style={{ margin: 0, paddingLeft: 20 }}>
                    {problems.map((text) => (
                      <li key={text}>{text}</li>
                    ))}
                  </ul>,
                ] as const,
              ]),
        ]}
      />
    </>
  );
}
