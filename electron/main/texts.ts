/** Texts of the desktop application. */
import { type Language, type Texts, texts } from '../../shared/texts/index.ts';

export const textsIn = (language: Language): Texts => texts[language];

/** Replaces each {{name}} by its value; one without a value stays visible, so that it is noticed. */
export const fillIn = (text: string, values: Readonly<Record<string, string | number>>): string =>
  text.replaceAll(/\{\{(\w+)\}\}/g, (placeholder, name: string) => String(values[name] ?? placeholder));
