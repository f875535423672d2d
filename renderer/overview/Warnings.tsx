import { styled } from '@mui/material/styles';
import { useTranslation } from 'react-i18next';
import type { Warning } from '../../shared/contract/servers.ts';
import { Icon } from '../app/Icon.tsx';
import { warningText } from '../app/problem-text.ts';

const Panel = styled('section')(({ theme }) => ({
  flex: 'none',
  maxHeight: '50%',
  overflow: 'auto',
  padding: '8px 12px',
  borderTop: `1px solid ${theme.vars.palette.frame.line}`,
  backgroundColor: theme.vars.palette.frame.bar,
}));
const Heading = styled('h2')({ margin: '0 0 4px', fontSize: 13, fontWeight: 600 });
const Item = styled('li')({ display: 'flex', gap: 8, padding: '4px 0', '& > img': { marginTop: 1 } });
const Detail = styled('div')(({ theme }) => ({ color: theme.vars.palette.text.secondary }));

/** What is wrong at the moment, and what to do about each. */
export function Warnings({ warnings }: { readonly warnings: readonly Warning[] }) {
  const { t, i18n } = useTranslation('server');
  return (
    <Panel aria-labelledby="warnings-heading">
      <Heading id="warnings-heading">{t('warnings')}</Heading>
      {warnings.length === 0 ? (
        <div>{t('noWarnings')}</div>
      ) : (
        <ul style={{ listStyle: 'none', margin: 0, padding: 0 }} data-selectable>
          {warnings.map((warning) => {
            const { summary, detail } = warningText(t, i18n.language, warning);
            return (
              <Item key={`${warning.code} ${warning.serverId} ${warning.message}`}>
                <Icon name="warning" />
                <div>
                  <div>{summary}</div>
                  {detail !== null && <Detail lang="en">{detail}</Detail>}
                  <Detail>{t(`warning.${warning.code}.advice`)}</Detail>
                </div>
              </Item>
            );
          })}
        </ul>
      )}
    </Panel>
  );
}
