/** The language of tray and boxes: the one of the console, known again at the next start; the system's before that. */
import * as z from 'zod';
import { chooseLanguage, type Language, languages, type Texts } from '../../shared/texts/index.ts';
import { readProfileFile, writeProfileFile } from './profile-file.ts';
import { textsIn } from './texts.ts';

const fileSchema = z.object({ language: z.enum(languages) });

export interface DesktopLanguage {
  readonly current: Language;
  readonly texts: Texts;
  choose(language: Language): void;
}

/** @param file  where it is remembered. @param systemLanguages  as the system names them: 'de-AT', 'fr'. */
export function openDesktopLanguage(file: string, systemLanguages: readonly string[]): DesktopLanguage {
  let current = readProfileFile(file, fileSchema)?.language ?? chooseLanguage(systemLanguages);
  return {
    get current() {
      return current;
    },
    get texts() {
      return textsIn(current);
    },
    choose(language) {
      current = language;
      writeProfileFile(file, { language });
    },
  };
}
