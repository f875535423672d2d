import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import type { SettingKey } from '../../shared/settings/server-settings.ts';
import { chooseLanguage, texts } from '../../shared/texts/index.ts';
import { draftProblemText, useSheet } from './sheet.tsx';

export interface SettingWords {
  readonly label: string;
  readonly help: string;
  /** That the value was given on the command line for this run. */
  readonly note: string | undefined;
  readonly problem: string | undefined;
}

/** The words of a setting, for a field that shows its problem itself. */
export function useSettingText(key: SettingKey): SettingWords {
  const { announceField } = useSheet();
  useEffect(() => announceField(key), [announceField, key]);
  return useSettingWords(key);
}

/** The words of a setting, for a remark about it somewhere else. */
export function useSettingWords(key: SettingKey): SettingWords {
  const { t, i18n } = useTranslation('properties');
  const { problems, isOverridden } = useSheet();
  const { label, help } = texts[chooseLanguage([i18n.language])].settings[key];
  return {
    label,
    help,
    note: isOverridden(key) ? t('overridden') : undefined,
    problem: draftProblemText(t, problems[key]),
  };
}
