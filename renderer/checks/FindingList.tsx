/** The findings of a check, what hurts first. */
import { styled } from '@mui/material/styles';
import { useTranslation } from 'react-i18next';
import type { CheckFinding, CheckSeverity } from '../../shared/contract/computer/check-calls.ts';
import { Icon } from '../app/Icon.tsx';
import type { IconName } from '../app/icons.ts';
import { byWeight, findingText } from './check-text.ts';

const List = styled('ul')({ listStyle: 'none', margin: 0, padding: 0 });
const Item = styled('li')(({ theme }) => ({
  display: 'grid',
  gridTemplateColumns: '16px minmax(0, 1fr)',
  gap: 8,
  padding: '6px 2px',
  borderBottom: `1px solid ${theme.vars.palette.frame.line}`,
  overflowWrap: 'anywhere',
  '& > img': { marginTop: 1 },
}));
const Why = styled('div')(({ theme }) => ({ color: theme.vars.palette.text.secondary }));

const iconOf: Readonly<Record<CheckSeverity, IconName>> = {
  problem: 'error',
  warning: 'warning',
  note: 'note',
  skipped: 'skipped',
  ok: 'ok',
};

export function FindingList({ findings }: { readonly findings: readonly CheckFinding[] }) {
  const { t, i18n } = useTranslation('checks');
  return (
    <List aria-label={t('findings')}>
      {byWeight(findings).map((finding) => {
        const { what, why, action } = findingText(t, i18n.language, finding);
        const { id, topic, severity, parameters } = finding;
        return (
          <Item key={`${id} ${JSON.stringify(parameters)}`} data-selectable data-finding={id}>
            <Icon name={iconOf[severity]} />
            <div>
              <div>
                <strong>
                  {t(`severity.${severity}`)}: {t(`topic.${topic}`)}.
                </strong>{' '}
                {what}
              </div>
              {severity !== 'ok' && (
                <>
                  <Why>{why}</Why>
                  <div>→ {action}</div>
                </>
              )}
            </div>
          </Item>
        );
      })}
    </List>
  );
}
