import { styled } from '@mui/material/styles';
import { useTranslation } from 'react-i18next';
import { type HelpTopic, helpChapters } from './topics.ts';

const Contents = styled('nav')(({ theme }) => ({
  flex: 1,
  minHeight: 0,
  overflow: 'auto',
  padding: '4px 0',
  backgroundColor: theme.vars.palette.background.paper,
  border: `1px solid ${theme.vars.palette.frame.line}`,
  '& h3': { margin: '8px 8px 2px', fontSize: 12, fontWeight: 600, color: theme.vars.palette.text.secondary },
  '& h3:first-of-type': { marginTop: 2 },
  '& ul': { margin: 0, padding: 0, listStyle: 'none' },
}));

const Topic = styled('button')(({ theme }) => ({
  width: '100%',
  minHeight: 24,
  padding: '2px 8px 2px 16px',
  border: 'none',
  background: 'transparent',
  color: 'inherit',
  font: 'inherit',
  textAlign: 'left',
  '&:hover': { backgroundColor: theme.vars.palette.frame.hover },
  '&[aria-current="page"]': { backgroundColor: theme.vars.palette.frame.selected },
}));

interface HelpContentsProps {
  readonly titleOf: (topic: HelpTopic) => string;
  /** The pages that match the search. */
  readonly found: readonly HelpTopic[];
  readonly shown: HelpTopic;
  readonly onOpen: (topic: HelpTopic) => void;
}

export function HelpContents({ titleOf, found, shown, onOpen }: HelpContentsProps) {
  const { t } = useTranslation('help');
  const chapters = helpChapters
    .map(({ id, topics }) => ({ id, topics: topics.filter((topic) => found.includes(topic)) }))
    .filter(({ topics }) => topics.length > 0);
  return (
    <Contents aria-label={t('contents')}>
      {chapters.map(({ id, topics }) => (
        <section key={id} aria-label={t(`chapter.${id}`)}>
          <h3>{t(`chapter.${id}`)}</h3>
          <ul>
            {topics.map((topic) => (
              <li key={topic}>
                <Topic
                  type="button"
                  {...(topic === shown ? { 'aria-current': 'page' as const, ref: bringIntoView } : {})}
                  onClick={() => onOpen(topic)}
                >
                  {titleOf(topic)}
                </Topic>
              </li>
            ))}
          </ul>
        </section>
      ))}
    </Contents>
  );
}

/** The page may have been reached by a link or by F1. */
const bringIntoView = (item: HTMLElement | null): void => item?.scrollIntoView({ block: 'nearest' });
