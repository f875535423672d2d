import i18next, { type TFunction } from 'i18next';
import { type Language, type Texts, texts } from '../../../shared/texts/index.ts';

/** The texts of one area as the console uses them. */
export async function areaTexts<Area extends keyof Texts>(language: Language, area: Area): Promise<TFunction<Area>> {
  const i18n = i18next.createInstance();
  await i18n.init({ lng: language, resources: texts, ns: [area], interpolation: { escapeValue: false } });
  return i18n.getFixedT(language, area);
}
