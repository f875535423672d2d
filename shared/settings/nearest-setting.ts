/** Which setting somebody most likely meant. */
import { type SettingKey, settingKeys } from './server-settings.ts';

/** Longer than any key; keeps a hostile text from costing anything. */
const longestText = 60;

/** The setting closest to a mistyped one, given whole or without its tab; null when nothing is close. */
export function nearestSetting(text: string): SettingKey | null {
  if (text.length > longestText) return null;
  const wanted = text.toLowerCase();
  let nearest: SettingKey | null = null;
  let least = Math.max(2, Math.floor(wanted.length / 4)) + 1;
  for (const key of settingKeys) {
    const whole = key.toLowerCase();
    const withoutTab = whole.slice(whole.indexOf('.') + 1);
    const distance = Math.min(editDistance(wanted, whole), editDistance(wanted, withoutTab));
    if (distance < least) [nearest, least] = [key, distance];
  }
  return nearest;
}

/** ' Did you mean 'general.listen'?' to go behind a sentence; empty when nothing is close. */
export function didYouMean(text: string): string {
  const nearest = nearestSetting(text);
  return nearest === null ? '' : ` Did you mean '${nearest}'?`;
}

/** Insertions, removals and replacements between two texts (Levenshtein). */
function editDistance(from: string, to: string): number {
  let above = Array.from({ length: to.length + 1 }, (_, column) => column);
  for (const [row, letter] of [...from].entries()) {
    const line = [row + 1];
    for (const [column, other] of [...to].entries()) {
      const replaced = (above[column] ?? 0) + (letter === other ? 0 : 1);
      line.push(Math.min(replaced, (above[column + 1] ?? 0) + 1, (line[column] ?? 0) + 1));
    }
    above = line;
  }
  return above[to.length] ?? 0;
}
