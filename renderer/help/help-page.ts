/** A page of the help, read from Markdown. Pure. */
import { Lexer, type Token, type Tokens } from 'marked';
import type { SettingText } from '../../shared/texts/setting-texts.ts';

export interface HelpPage {
  readonly title: string;
  /** What follows the title. */
  readonly body: readonly Token[];
}

/** @param markdown  Begins with the title: `# Relay`. */
export function parseHelpPage(markdown: string): HelpPage {
  const [first, ...body] = Lexer.lex(markdown);
  return { title: first?.type === 'heading' ? (first as Tokens.Heading).text : '', body };
}

/** The texts a page can show by name: those of settings, and of the fields of a remote domain. */
export interface NamedTexts {
  readonly settings: Readonly<Record<string, SettingText>>;
  readonly remoteDomain: Readonly<Record<string, SettingText>>;
}

/**
 * A list item that is nothing but `delivery.smartHosts` or `remoteDomain.helo` in backticks stands for the label and the help
 * of that setting, so that neither is written twice.
 * @returns the name, null for any other item.
 */
export const settingNameOf = (item: { readonly text: string }): string | null =>
  /^`([a-zA-Z]+\.[a-zA-Z]+)`$/.exec(item.text.trim())?.[1] ?? null;

export function textOfSetting(texts: NamedTexts, name: string): SettingText | null {
  const field = /^remoteDomain\.(.+)$/.exec(name)?.[1];
  return (field === undefined ? texts.settings[name] : texts.remoteDomain[field]) ?? null;
}

/** Every token of a page, those within others included, in the order of the text. */
export function* allTokens(tokens: readonly Token[]): Generator<Token> {
  for (const token of tokens) {
    yield token;
    if ('tokens' in token && token.tokens !== undefined) yield* allTokens(token.tokens);
    if (token.type === 'list') yield* allTokens((token as Tokens.List).items);
    if (token.type === 'table') {
      const { header, rows } = token as Tokens.Table;
      for (const cell of [...header, ...rows.flat()]) yield* allTokens(cell.tokens);
    }
  }
}

/** Everything a page says, for the search: settings with their texts. */
export function plainText({ title, body }: HelpPage, texts: NamedTexts): string {
  const parts = [title];
  for (const token of allTokens(body)) {
    if (token.type === 'list_item') {
      const name = settingNameOf(token as Tokens.ListItem);
      const text = name === null ? null : textOfSetting(texts, name);
      if (text !== null) parts.push(text.label, text.help);
    } else if (!('tokens' in token) && 'text' in token && typeof token.text === 'string') parts.push(token.text);
  }
  return parts.join(' ');
}
