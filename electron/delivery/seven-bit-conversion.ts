/**
 * A message for a next hop that cannot take all of it: bodies beyond ASCII as quoted-printable (RFC 6152 section 3), headers
 * beyond ASCII as encoded words. Read twice, streamed both times: first what is there, then the message with changes. Parts
 * without such octets, and all boundaries, stay as they are.
 */
import { encode, wrap } from 'nodemailer/lib/qp';
import { guessCharset, hasEightBit, NotConvertible, withoutEightBit } from './eight-bit.ts';
import { encodeHead } from './header-encoding.ts';
import { type HeaderField, joinFields, withValue } from './header-fields.ts';
import { type MimeEvent, type MimePart, walkMime } from './mime-walker.ts';

export interface Wanted {
  /** Headers are to be ASCII. */
  readonly heads: boolean;
  /** Bodies are to be ASCII. */
  readonly bodies: boolean;
}

interface PartFacts {
  /** Of the text, when the header does not say. */
  readonly charset: 'utf-8' | 'windows-1252';
}

export interface ConversionPlan {
  readonly wanted: Wanted;
  readonly bodies: ReadonlyMap<number, PartFacts>;
  readonly needed: boolean;
}

/**
 * @throws {NotConvertible} 5.6.3 for what must not be touched: signed and encrypted parts, and encodings that are no longer
 *   what they say; 5.6.7 for headers that only SMTPUTF8 can carry.
 */
export async function planConversion(source: AsyncIterable<Buffer>, wanted: Wanted): Promise<ConversionPlan> {
  const bodies = new Map<number, PartFacts>();
  let needed = false;
  for await (const events of walkMime(source)) {
    for (const event of events) {
      if (event.type === 'head' ? !wanted.heads : !wanted.bodies) continue;
      if (!hasEightBit(event.bytes)) continue;
      needed = true;
      demandConvertible(event);
      if (event.type === 'head') encodeHead(event.bytes);
      if (event.type === 'body') {
        const known = bodies.get(event.part.index)?.charset ?? 'utf-8';
        bodies.set(event.part.index, { charset: known === 'utf-8' ? guessCharset(event.bytes) : known });
      }
    }
  }
  return { wanted, bodies, needed };
}

function demandConvertible({ type, part }: MimeEvent): void {
  if (type === 'head' ? part.headSealed : part.sealed) {
    throw new NotConvertible(
      type === 'head' ? '5.6.7' : '5.6.3',
      'a signed or encrypted part of it must not be changed',
    );
  }
  if (type === 'body' && !['', '7bit', '8bit', 'binary'].includes(part.encoding)) {
    throw new NotConvertible('5.6.3', `a part of it says to be ${part.encoding} but is not`);
  }
}

/** The message as planned. @param source  The same message again. */
export async function* convertMessage(
  source: AsyncIterable<Buffer>,
  plan: ConversionPlan,
): AsyncGenerator<Buffer, void> {
  for await (const events of walkMime(source)) {
    if (events.length > 0) yield Buffer.concat(events.map((event) => convertEvent(event, plan)));
  }
}

function convertEvent(event: MimeEvent, { wanted, bodies }: ConversionPlan): Buffer {
  const { type, part, bytes } = event;
  if (type === 'head' ? part.headSealed : part.sealed) return bytes;
  switch (type) {
    case 'head': {
      const facts = bodies.get(part.index);
      const fields = wanted.bodies ? relabelled(event.fields, part, facts) : event.fields;
      return wanted.heads ? encodeHead(joinFields(fields)) : joinFields(fields);
    }
    case 'body':
      return bodies.has(part.index) ? quotedPrintable(bytes, event.continues) : bytes;
    case 'between':
      return wanted.bodies ? withoutEightBit(bytes) : bytes;
  }
}

/** The header of a part with the encoding it has afterwards, and with what a reader needs to know to decode it. */
function relabelled(
  fields: readonly HeaderField[],
  part: MimePart,
  facts: PartFacts | undefined,
): readonly HeaderField[] {
  const encoding =
    facts !== undefined ? 'quoted-printable' : ['8bit', 'binary'].includes(part.encoding) ? '7bit' : null;
  if (encoding === null) return fields;
  const changed = fields.map((field) =>
    field.name === 'content-transfer-encoding' ? withValue(field, ` ${encoding}`) : field,
  );
  const added = [
    ...(part.isMessage && facts !== undefined && !has(fields, 'mime-version') ? ['MIME-Version: 1.0'] : []),
    ...(part.hasContentType || facts === undefined ? [] : [`Content-Type: text/plain; charset=${facts.charset}`]),
    ...(has(fields, 'content-transfer-encoding') ? [] : [`Content-Transfer-Encoding: ${encoding}`]),
  ];
  const last = changed.findLastIndex(({ name }) => name !== '');
  const lines = added.map((line) => ({ name: line, raw: Buffer.from(`${line}\r\n`) }));
  return [...changed.slice(0, last + 1), ...lines, ...changed.slice(last + 1)];
}

const has = (fields: readonly HeaderField[], name: string): boolean => fields.some((field) => field.name === name);

/** Line ends stay line ends, so the text and its boundaries keep their places. */
function quotedPrintable(line: Buffer, continues: boolean): Buffer {
  const text = line.toString('latin1');
  const end = continues ? '=\r\n' : (/\r?\n$/.exec(text)?.[0] ?? '');
  const content = continues ? line : line.subarray(0, line.length - end.length);
  return Buffer.from(`${wrap(encode(content))}${end}`, 'latin1');
}
