/** Texts of the desktop application in the language of the system. */
import { chooseLanguage, type Texts, texts } from '../../shared/texts/index.ts';

export type DesktopTexts = Texts['desktop'];

export const desktopTexts = (systemLanguages: readonly string[]): DesktopTexts =>
  texts[chooseLanguage(systemLanguages)].desktop;

/** Replaces each {{name}} by its value; one without a value stays visible, so that it is noticed. */
export const fillIn = (text: string, values: Readonly<Record<string, string | number>>): string =>
  text.replaceAll(/\{\{(\w+)\}\}/g, (placeholder, name: string) => String(values[name] ?? placeholder));
