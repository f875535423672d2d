import type { TFunction } from 'i18next';
import { ageMs, type QueueRules, type RuleId, sizeBytes } from './filter-rules.ts';
import type { QueueFormat } from './format.ts';

/** One rule in words, for its chip: 'Older than 2 hr'. Pure. */
export function ruleText(rules: QueueRules, id: RuleId, t: TFunction<'queue'>, format: QueueFormat): string {
  const { states, nextHop, olderThan, newerThan, largerThan } = rules;
  switch (id) {
    case 'states':
      return t('filter.chip.states', { value: states.map((state) => t(`states.${state}`)).join(', ') });
    case 'nextHop':
      return t('filter.chip.nextHop', { value: nextHop ?? '' });
    case 'olderThan':
      return t('filter.chip.olderThan', { value: olderThan === null ? '' : format.duration(ageMs(olderThan)) });
    case 'newerThan':
      return t('filter.chip.newerThan', { value: newerThan === null ? '' : format.duration(ageMs(newerThan)) });
    case 'largerThan':
      return t('filter.chip.largerThan', { value: largerThan === null ? '' : format.size(sizeBytes(largerThan)) });
    default:
      return t(`filter.chip.${id}`, { value: rules[id] });
  }
}
