/** i18next with the bundled texts. The language is the system's until the user chooses one; the choice is remembered. */
import i18next, { type i18n as I18n } from 'i18next';
import { initReactI18next } from 'react-i18next';
import { chooseLanguage, type Language, languages, type Texts, texts } from '../../shared/texts/index.ts';

declare module 'i18next' {
  interface CustomTypeOptions {
    defaultNS: 'app';
    resources: Texts;
  }
}

const languageKey = 'smtp-relay.language';

/** The user's choice; null while the system decides. */
export const chosenLanguage = (storage: Storage): Language | null =>
  languages.find((language) => language === storage.getItem(languageKey)) ?? null;

export const createI18n = (storage: Storage, systemLanguages: readonly string[]): I18n => {
  const i18n = i18next.createInstance();
  void i18n.use(initReactI18next).init({
    lng: chosenLanguage(storage) ?? chooseLanguage(systemLanguages),
    fallbackLng: 'en',
    defaultNS: 'app',
    ns: Object.keys(texts.en),
    resources: texts,
    interpolation: { escapeValue: false }, // React escapes
  });
  return i18n;
};

export const chooseAndRememberLanguage = async (
  i18n: I18n,
  storage: Storage,
  language: Language | null,
  systemLanguages: readonly string[],
): Promise<void> => {
  if (language === null) storage.removeItem(languageKey);
  else storage.setItem(languageKey, language);
  await i18n.changeLanguage(language ?? chooseLanguage(systemLanguages));
};
