import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Tokens } from 'marked';
import { describe, expect, test } from 'vitest';
import {
  allTokens,
  type HelpPage,
  plainText,
  settingNameOf,
  textOfSetting,
} from '../../../../renderer/help/help-page.ts';
import { helpPage } from '../../../../renderer/help/pages.ts';
import { helpTopics, topicOfLink } from '../../../../renderer/help/topics.ts';
import { remoteDomainSchema } from '../../../../shared/settings/remote-domain.ts';
import { settingKeys } from '../../../../shared/settings/server-settings.ts';
import { languages, texts } from '../../../../shared/texts/index.ts';

const tokensOf = (page: HelpPage) => [...allTokens(page.body)];
const linksOf = (page: HelpPage): string[] =>
  tokensOf(page).flatMap((token) => (token.type === 'link' ? [(token as Tokens.Link).href] : []));
const settingsOf = (page: HelpPage): string[] =>
  tokensOf(page).flatMap((token) =>
    token.type === 'list_item' ? (settingNameOf(token as Tokens.ListItem) ?? []) : [],
  );

describe.each(languages)('in %s', (language) => {
  test('there is a page for each topic and no other', () => {
    const files = readdirSync(join(import.meta.dirname, '../../../../renderer/help', language));
    expect(files.toSorted()).toEqual(helpTopics.map((topic) => `${topic}.md`).toSorted());
  });

  test.each(helpTopics)('the page %s has a title and something to say', (topic) => {
    const page = helpPage(language, topic);
    expect(page.title).not.toBe('');
    expect(page.title).not.toBe(topic);
    expect(plainText(page, texts[language]).length).toBeGreaterThan(150);
  });

  test('no link is dead and none leads out of the help', () => {
    const dead = helpTopics.flatMap((topic) =>
      linksOf(helpPage(language, topic))
        .filter((href) => topicOfLink(href) === null)
        .map((href) => `${topic}: ${href}`),
    );
    expect(dead).toEqual([]);
  });

  test('every setting and every field of a remote domain is explained on a page', () => {
    const explained = new Set(helpTopics.flatMap((topic) => settingsOf(helpPage(language, topic))));
    const fields = Object.keys(remoteDomainSchema.shape).map((field) => `remoteDomain.${field}`);
    expect([...settingKeys, ...fields].filter((name) => !explained.has(name))).toEqual([]);
  });

  test('no page names a setting that does not exist', () => {
    const named = helpTopics.flatMap((topic) => settingsOf(helpPage(language, topic)));
    expect(named.filter((name) => textOfSetting(texts[language], name) === null)).toEqual([]);
  });

  test('no page brings HTML, images or anything that is not drawn', () => {
    const drawn = [
      ...['heading', 'paragraph', 'list', 'list_item', 'table', 'code', 'codespan', 'strong', 'em', 'link'],
      ...['text', 'escape', 'br', 'space'],
    ];
    const types = new Set(helpTopics.flatMap((topic) => tokensOf(helpPage(language, topic)).map(({ type }) => type)));
    expect([...types].filter((type) => !drawn.includes(type))).toEqual([]);
  });
});

test('both languages have the same headings, settings and links on each page', () => {
  const shape = (page: HelpPage) => ({
    headings: tokensOf(page).filter(({ type }) => type === 'heading').length,
    settings: settingsOf(page),
    links: linksOf(page).toSorted(),
  });
  for (const topic of helpTopics) expect(shape(helpPage('de', topic)), topic).toEqual(shape(helpPage('en', topic)));
});
