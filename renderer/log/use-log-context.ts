import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { localeOf } from '../queue/format.ts';
import type { LogCellContext } from './log-columns.ts';

/** Texts and times of the cells, in the language of the console and the time of this computer. */
export function useLogContext(): LogCellContext {
  const { t, i18n } = useTranslation('log');
  return useMemo(() => {
    const locale = localeOf(i18n.language, navigator.languages);
    const clock = { hour: '2-digit', minute: '2-digit', second: '2-digit', fractionalSecondDigits: 3 } as const;
    const time = new Intl.DateTimeFormat(locale, { ...clock, hourCycle: 'h23' });
    const date = { year: 'numeric', month: '2-digit', day: '2-digit' } as const;
    const dateTime = new Intl.DateTimeFormat(locale, { ...date, ...clock, hourCycle: 'h23' });
    return { t, time: (atMs) => time.format(atMs), dateTime: (atMs) => dateTime.format(atMs) };
  }, [t, i18n.language]);
}
