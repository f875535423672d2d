import type { ViewAction } from './view-chrome.tsx';

/** The order of an MMC context menu: what is special first, then the list's own, Properties last. Each group after a line. */
export function arrangeActions(
  special: readonly ViewAction[],
  ofTheList: readonly ViewAction[],
): readonly ViewAction[] {
  const properties = special.filter(({ id }) => id === 'properties');
  const others = special.filter(({ id }) => id !== 'properties');
  return [others, ofTheList, properties].flatMap((group, index) =>
    group.map((action, at) => (at === 0 && index > 0 ? { ...action, separatorBefore: true } : action)),
  );
}
