/** Finds entries by a few letters. Predictable: what begins with them comes first, the order of the entries decides the rest. Pure. */

export interface Findable {
  readonly label: string;
  /** Found as well, but behind labels: the key of a setting, the sentence that explains it, the menu. */
  readonly further: readonly string[];
}

/** How good a place in the text a word has; 0 when it is not there. */
const scores = {
  whole: 120,
  start: 100,
  wordStart: 80,
  within: 60,
  further: 30,
  furtherWordStart: 40,
  letters: 10,
} as const;

/** Fewer letters occur in their order nearly everywhere. */
const fewestLetters = 3;

/** The entries in which every word of the query occurs, the best first. An empty query finds all of them as they are. */
export function findEntries<Entry extends Findable>(entries: readonly Entry[], query: string): readonly Entry[] {
  const words = normal(query).split(/\s+/).filter(Boolean);
  if (words.length === 0) return entries;
  return entries
    .map((entry) => ({ entry, score: scoreOf(entry, words) }))
    .filter(({ score }) => score > 0)
    .toSorted((one, other) => other.score - one.score)
    .map(({ entry }) => entry);
}

function scoreOf(entry: Findable, words: readonly string[]): number {
  const label = normal(entry.label);
  const further = entry.further.map(normal);
  let sum = 0;
  for (const word of words) {
    const score = Math.max(inLabel(label, word), ...further.map((text) => inFurther(text, word)));
    if (score === 0) return 0;
    sum += score;
  }
  // Of two labels with the same words the shorter one is closer to what was typed.
  return sum - Math.min(label.length, 99) / 100;
}

function inLabel(label: string, word: string): number {
  if (label.startsWith(word)) return scores.start;
  const at = placeOf(label, word);
  if (at !== null) return at === 'wordStart' ? scores.wordStart : scores.within;
  return word.length >= fewestLetters && hasLettersInOrder(label, word) ? scores.letters : 0;
}

function inFurther(text: string, word: string): number {
  if (text === word) return scores.whole;
  const at = placeOf(text, word);
  return at === null ? 0 : at === 'wordStart' ? scores.furtherWordStart : scores.further;
}

function placeOf(text: string, word: string): 'wordStart' | 'within' | null {
  let at = text.indexOf(word);
  if (at < 0) return null;
  for (; at >= 0; at = text.indexOf(word, at + 1)) {
    if (at === 0 || !/[\p{L}\p{N}]/u.test(text[at - 1] ?? '')) return 'wordStart';
  }
  return 'within';
}

/** All letters of the word in one word of the text, beginning with its first: 'tmout' in 'time-out'. */
const hasLettersInOrder = (text: string, word: string): boolean =>
  text.split(/\s+/).some((part) => {
    if (part[0] !== word[0]) return false;
    let from = 0;
    return [...word].every((letter) => {
      from = part.indexOf(letter, from) + 1;
      return from > 0;
    });
  });

/** Capitals and accents do not matter: 'ubermittlung' finds 'Übermittlung'. */
const normal = (text: string): string => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();
