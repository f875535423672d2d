import { styled } from '@mui/material/styles';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ConsoleDialog } from './Dialog.tsx';
import { type HelpTopic, helpTopics } from './dialogs.tsx';

const Columns = styled('div')({ display: 'flex', gap: 12, flex: 1, minHeight: 0 });
const Topics = styled('ul')({ flex: '0 0 190px', margin: 0, padding: 0, listStyle: 'none' });
const Topic = styled('button')(({ theme }) => ({
  width: '100%',
  minHeight: 26,
  padding: '3px 8px',
  border: 'none',
  background: 'transparent',
  color: 'inherit',
  font: 'inherit',
  textAlign: 'left',
  '&:hover': { backgroundColor: theme.vars.palette.frame.hover },
  '&[aria-current="true"]': { backgroundColor: theme.vars.palette.frame.selected },
}));
const Page = styled('article')(({ theme }) => ({
  flex: 1,
  overflow: 'auto',
  padding: '10px 14px',
  backgroundColor: theme.vars.palette.background.paper,
  border: `1px solid ${theme.vars.palette.frame.line}`,
  whiteSpace: 'pre-line',
}));

interface HelpDialogProps {
  /** The page to begin with. */
  readonly topic: HelpTopic;
  readonly onClose: () => void;
}

export function HelpDialog({ topic, onClose }: HelpDialogProps) {
  const { t } = useTranslation('help');
  const { t: tApp } = useTranslation('app');
  const [shown, setShown] = useState(topic);
  return (
    <ConsoleDialog
      title={t('title')}
      onClose={onClose}
      width={760}
      height={480}
      buttons={[{ label: tApp('dialog.close'), onClick: onClose, isDefault: true }]}
    >
      <Columns>
        <nav aria-label={t('topics')}>
          <Topics>
            {helpTopics.map((id) => (
              <li key={id}>
                <Topic
                  type="button"
                  aria-current={id === shown}
                  {...(id === topic ? { 'data-initial-focus': true } : {})}
                  onClick={() => setShown(id)}
                >
                  {t(`topic.${id}.title`)}
                </Topic>
              </li>
            ))}
          </Topics>
        </nav>
        <Page data-selectable tabIndex={0} aria-label={t(`topic.${shown}.title`)}>
          <h3 style={{ margin: '0 0 8px', fontSize: 15 }}>{t(`topic.${shown}.title`)}</h3>
          {t(`topic.${shown}.text`)}
        </Page>
      </Columns>
    </ConsoleDialog>
  );
}
