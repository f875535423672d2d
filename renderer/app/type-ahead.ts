/** Letters typed in a list go to the row that begins with them. Pure. */

/** Letters that follow each other faster than this belong together, as in Windows. */
const togetherMs = 1_000;

export interface TypeAhead {
  readonly typed: string;
  /** When the last letter came, on any clock that only goes forward. */
  readonly atMs: number;
}

export const nothingTyped: TypeAhead = { typed: '', atMs: Number.NEGATIVE_INFINITY };

/** A key that stands for a letter. A space is one only within a word: alone it selects. */
export const isLetter = (
  { key, ctrlKey, altKey, metaKey }: Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'altKey' | 'metaKey'>,
  now: TypeAhead,
  atMs: number,
): boolean => {
  if (ctrlKey || altKey || metaKey || [...key].length !== 1) return false;
  return key !== ' ' || (now.typed !== '' && atMs - now.atMs < togetherMs);
};

export const withLetter = (now: TypeAhead, letter: string, atMs: number): TypeAhead => ({
  typed: atMs - now.atMs < togetherMs ? now.typed + letter : letter,
  atMs,
});

/**
 * The row to go to, null when there is none. One letter, typed again and again, walks over the rows that begin with it.
 * @param texts  First column of each row.
 * @param from   The row one is on, -1 for none.
 */
export function rowOfTyped(texts: readonly string[], from: number, typed: string): number | null {
  const wanted = typed.toLocaleLowerCase();
  const [first = ''] = wanted;
  const repeated = [...wanted].every((letter) => letter === first);
  const find = (prefix: string, start: number): number | null => {
    for (let step = 0; step < texts.length; step++) {
      const index = (start + step) % texts.length;
      // '[SMTP Virtual Server #1]' is found by its name.
      const text = (texts[index] ?? '').toLocaleLowerCase().replace(/^[[(<"„“]+/, '');
      if (text.startsWith(prefix)) return index;
    }
    return null;
  };
  // While a word goes on, the row one is on may still be the right one; a new letter goes to the next row.
  const whole = find(wanted, wanted.length === 1 ? from + 1 : Math.max(0, from));
  return whole ?? (repeated && wanted.length > 1 ? find(first, from + 1) : null);
}
