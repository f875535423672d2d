/** The help: a list of contents that can be searched, and one page with links to others. */
import Button from '@mui/material/Button';
import { styled } from '@mui/material/styles';
import { useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { chooseLanguage, texts } from '../../shared/texts/index.ts';
import { ConsoleDialog } from '../app/Dialog.tsx';
import { TextInput } from '../app/fields.tsx';
import { HelpContents } from './HelpContents.tsx';
import { HelpText } from './HelpText.tsx';
import { plainText } from './help-page.ts';
import { goBack, goForward, type HelpTravel, openPage, startAt } from './help-travel.ts';
import { helpPage } from './pages.ts';
import { type HelpTopic, helpTopics } from './topics.ts';

const Columns = styled('div')({ display: 'flex', gap: 12, flex: 1, minHeight: 0 });
const Left = styled('div')({ display: 'flex', flexDirection: 'column', gap: 6, flex: '0 0 230px', minHeight: 0 });
const Page = styled('article')(({ theme }) => ({
  flex: 1,
  overflow: 'auto',
  padding: '10px 16px',
  backgroundColor: theme.vars.palette.background.paper,
  border: `1px solid ${theme.vars.palette.frame.line}`,
  overflowWrap: 'anywhere',
}));
const Title = styled('h3')({ margin: '0 0 10px', fontSize: 16, fontWeight: 600 });

interface HelpDialogProps {
  /** The page to begin with. */
  readonly topic: HelpTopic;
  readonly onClose: () => void;
}

export function HelpDialog({ topic, onClose }: HelpDialogProps) {
  const { t, i18n } = useTranslation('help');
  const { t: tApp } = useTranslation('app');
  const language = chooseLanguage([i18n.language]);
  const [travel, setTravel] = useState(() => startAt(topic));
  const [search, setSearch] = useState('');
  const article = useRef<HTMLElement>(null);
  const pages = useMemo(() => new Map(helpTopics.map((id) => [id, helpPage(language, id)])), [language]);
  const found = useMemo(() => {
    const words = search.toLocaleLowerCase(language).split(/\s+/).filter(Boolean);
    return helpTopics.filter((id) => {
      const page = pages.get(id);
      const text = page === undefined ? '' : plainText(page, texts[language]).toLocaleLowerCase(language);
      return words.every((word) => text.includes(word));
    });
  }, [pages, search, language]);
  const shown = travel.now;
  const page = pages.get(shown);
  const go = (to: (now: HelpTravel) => HelpTravel): void => {
    setTravel(to);
    article.current?.scrollTo(0, 0);
  };
  /** What had the focus goes away or is off then: a link of the page, or Back at the first page. */
  const goFromPage = (to: (now: HelpTravel) => HelpTravel): void => {
    go(to);
    article.current?.focus();
  };
  return (
    <ConsoleDialog
      title={t('title')}
      onClose={onClose}
      width={900}
      help={null}
      height={620}
      footer={
        <div style={{ display: 'flex', gap: 8 }}>
          <Button disabled={travel.past.length === 0} onClick={() => goFromPage(goBack)}>
            {t('back')}
          </Button>
          <Button disabled={travel.future.length === 0} onClick={() => goFromPage(goForward)}>
            {t('forward')}
          </Button>
        </div>
      }
      buttons={[{ label: tApp('dialog.close'), onClick: onClose, isDefault: true }]}
    >
      <Columns
        onKeyDown={(event) => {
          if (!event.altKey || (event.key !== 'ArrowLeft' && event.key !== 'ArrowRight')) return;
          event.preventDefault();
          go(event.key === 'ArrowLeft' ? goBack : goForward);
        }}
      >
        <Left>
          <div style={{ display: 'flex' }}>
            <TextInput aria-label={t('search')} placeholder={t('search')} value={search} onChange={setSearch} />
          </div>
          <HelpContents
            titleOf={(id) => pages.get(id)?.title ?? id}
            found={found}
            shown={shown}
            onOpen={(id) => go((now) => openPage(now, id))}
          />
          <div role="status" style={{ minHeight: 18 }}>
            {search.trim() !== '' && (found.length === 0 ? t('noMatch') : t('found', { count: found.length }))}
          </div>
        </Left>
        <Page ref={article} data-selectable data-initial-focus tabIndex={0} aria-label={page?.title}>
          <Title>{page?.title}</Title>
          <HelpText
            body={page?.body ?? []}
            texts={texts[language]}
            onOpen={(id) => goFromPage((now) => openPage(now, id))}
          />
        </Page>
      </Columns>
    </ConsoleDialog>
  );
}
