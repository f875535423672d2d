/** What is set up, and what was found. */
import Button from '@mui/material/Button';
import { styled } from '@mui/material/styles';
import { useTranslation } from 'react-i18next';
import type { CaFinding, CaStatus } from '../../shared/contract/computer/exit-module-calls.ts';
import { readableCaName } from '../../shared/exit-module/ca-name.ts';
import { exitEventIds, hasExitEvent } from '../../shared/exit-module/exit-events.ts';
import { Icon } from '../app/Icon.tsx';
import { authenticationText, findingText } from './finding-text.ts';
import { Pair, Pairs, Row, Secondary } from './parts.tsx';
import { useReadAgain } from './use-ca.ts';

interface CheckStepProps {
  readonly status: CaStatus;
  readonly onEvents: () => void;
}

export function CheckStep({ status, onEvents }: CheckStepProps) {
  const { t } = useTranslation('ca');
  const readAgain = useReadAgain();
  return (
    <>
      {status.settings !== null && <Settings status={status} settings={status.settings} />}
      <FindingList findings={status.findings} />
      <Row>
        <Button onClick={readAgain}>{t('checkAgain')}</Button>
        <Button disabled={status.settings === null} onClick={onEvents}>
          {t('mails.button')}
        </Button>
      </Row>
    </>
  );
}

function Settings({
  status: { serviceState },
  settings,
}: {
  readonly status: CaStatus;
  readonly settings: NonNullable<CaStatus['settings']>;
}) {
  const { t } = useTranslation('ca');
  const events = exitEventIds.filter((id) => hasExitEvent(settings.eventMask ?? 0, id));
  return (
    <Pairs>
      <Pair name={t('settings.ca')}>{readableCaName(settings.caName)}</Pair>
      <Pair name={t('settings.service')}>{t(`serviceState.${serviceState}`)}</Pair>
      <Pair name={t('settings.server')}>
        {(settings.server ?? '') === '' ? t('settings.noValue') : settings.server}
      </Pair>
      <Pair name={t('settings.authentication')}>{authenticationText(t, settings.authentication)}</Pair>
      <Pair name={t('settings.events')}>
        {events.length === 0 ? t('settings.none') : events.map((id) => t(`event.${id}`)).join('; ')}
      </Pair>
    </Pairs>
  );
}

const List = styled('ul')({ margin: 0, padding: 0, listStyle: 'none' });
const Item = styled('li')({ display: 'flex', gap: 8, margin: '0 0 10px', userSelect: 'text' });
const Mark = styled('span')({ flex: 'none', width: 16, textAlign: 'center' });

function FindingList({ findings }: { readonly findings: readonly CaFinding[] }) {
  const { t, i18n } = useTranslation('ca');
  return (
    <List>
      {findings.map((finding) => {
        const { what, why, action } = findingText(t, i18n.language, finding);
        return (
          <Item key={`${finding.id} ${JSON.stringify(finding.parameters)}`}>
            <SeverityMark severity={finding.severity} />
            <div>
              <div>
                <strong>{t(`severity.${finding.severity}`)}:</strong> {what}
              </div>
              <Secondary>{why}</Secondary>
              <div>{action}</div>
            </div>
          </Item>
        );
      })}
    </List>
  );
}

function SeverityMark({ severity }: Pick<CaFinding, 'severity'>) {
  if (severity === 'problem') return <Icon name="error" />;
  if (severity === 'warning') return <Icon name="warning" />;
  return <Mark aria-hidden="true">{severity === 'ok' ? '✓' : 'i'}</Mark>;
}
