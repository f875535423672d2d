import i18next, { type TFunction } from 'i18next';
import { type Language, texts } from '../../../../shared/texts/index.ts';

/** The texts of the queue as the console uses them. */
export async function queueTexts(language: Language): Promise<TFunction<'queue'>> {
  const i18n = i18next.createInstance();
  await i18n.init({ lng: language, resources: texts, ns: ['queue'], interpolation: { escapeValue: false } });
  return i18n.getFixedT(language, 'queue');
}
