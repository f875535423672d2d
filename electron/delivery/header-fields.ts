/** A header as its fields, with every octet kept. Pure. */

export interface HeaderField {
  /** In lower case; empty for a line that is no field. */
  readonly name: string;
  /** Name, colon, value and line ends, folded as it came. */
  readonly raw: Buffer;
}

/** @param head  Whole lines; the empty line at the end may be there. */
export function splitFields(head: Buffer): readonly HeaderField[] {
  // latin1 has a character for every octet, so nothing is lost on the way.
  const text = head.toString('latin1');
  return text.split(/(?<=\n)(?![ \t])/).flatMap((raw) => {
    const name = /^([!-9;-~]+)[ \t]*:/.exec(raw)?.[1] ?? '';
    return raw === '' ? [] : [{ name: name.toLowerCase(), raw: Buffer.from(raw, 'latin1') }];
  });
}

export const joinFields = (fields: readonly Pick<HeaderField, 'raw'>[]): Buffer =>
  Buffer.concat(fields.map(({ raw }) => raw));

/** What follows the colon, its line ends kept. */
export const rawValue = ({ raw }: HeaderField): Buffer => raw.subarray(raw.indexOf(':') + 1);

/** The value on one line. */
export const unfolded = (value: string): string => value.replace(/\r?\n(?=[ \t]|$)/g, '').trim();

/** The first field of that name, on one line; undefined when there is none. */
export const fieldValue = (fields: readonly HeaderField[], name: string): string | undefined => {
  const field = fields.find((candidate) => candidate.name === name);
  return field === undefined ? undefined : unfolded(rawValue(field).toString('latin1'));
};

/**
 * A field with another value, in the place and with the spelling of the old one.
 * @param value  What follows the colon, folded, in ASCII.
 */
export const withValue = (field: HeaderField, value: string): HeaderField => ({
  name: field.name,
  raw: Buffer.from(`${field.raw.toString('latin1', 0, field.raw.indexOf(':'))}:${value}\r\n`, 'latin1'),
});
