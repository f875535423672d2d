/**
 * Header fields with text beyond ASCII for servers that do not know SMTPUTF8: encoded words (RFC 2047) in text, names and
 * comments, RFC 2231 in parameters, IDNA in domains. What can be written in none of these cannot be converted. Pure.
 */
import { domainToASCII } from 'node:url';
import { buildHeaderValue, encodeWord, encodeWords, foldLines, parseHeaderValue } from 'nodemailer/lib/mime-funcs';
import { decodeText, hasEightBit, NotConvertible, withoutEightBit } from './eight-bit.ts';
import { type HeaderField, joinFields, rawValue, splitFields, unfolded, withValue } from './header-fields.ts';

/** RFC 2047 section 2 allows 75 in a line of 76; shorter ones leave room for the name of the field. */
const encodedWordChars = 52;
const lineChars = 76;

const addressFields = new Set(
  ['from', 'sender', 'reply-to', 'to', 'cc', 'bcc']
    .flatMap((name) => [name, `resent-${name}`])
    .concat(['disposition-notification-to', 'return-receipt-to', 'errors-to', 'mail-followup-to', 'mail-reply-to']),
);
const parameterFields = new Set(['content-type', 'content-disposition']);
/** Nothing in them is text. */
const fixedFields =
  /^(?:(?:resent-)?(?:message-id|date)|in-reply-to|references|return-path|content-id|content-transfer-encoding|mime-version|dkim-signature|arc-.*|authentication-results|list-(?!id$).*)$/;

/**
 * @param head  Lines of a header, the empty line at the end included or not.
 * @throws {NotConvertible} 5.6.7
 */
export const encodeHead = (head: Buffer): Buffer =>
  joinFields(splitFields(head).map((field) => (hasEightBit(field.raw) ? encodeField(field) : field)));

function encodeField(field: HeaderField): HeaderField {
  const { name, raw } = field;
  // A trace of where it came from is no reason to turn mail away.
  if (name === 'received' || name === '') return { name, raw: withoutEightBit(raw) };
  if (fixedFields.test(name)) {
    throw new NotConvertible('5.6.7', `its header field ${name} needs SMTPUTF8`);
  }
  const value = unfolded(decodeText(rawValue(field)));
  return withValue(field, foldLines(`${name}: ${encodeValue(name, value)}`, lineChars).slice(name.length + 1));
}

function encodeValue(name: string, value: string): string {
  if (parameterFields.has(name)) return buildHeaderValue(parseHeaderValue(value));
  if (addressFields.has(name) || name === 'list-id') return encodeAddresses(value);
  return encodeWords(value, 'Q', encodedWordChars);
}

/** Quoted names, comments, addresses in angle brackets, and what stands between them. No part is looked at twice. */
const addressParts = /"(?:[^"\\]|\\.)*"?|\((?:[^()\\]|\\.)*\)?|<[^<>]*>?|[^"(<>,:;]+|./gsu;

const encodeAddresses = (value: string): string => (value.match(addressParts) ?? []).map(encodeAddressPart).join('');

function encodeAddressPart(part: string): string {
  if (isAscii(part)) return part;
  const [, open = '', inner = '', close = ''] = /^(["(<]?)(.*?)([")>]?)$/s.exec(part) ?? [];
  if (open === '"') return encodeWord(inner.replace(/\\(.)/gs, '$1'), 'Q', encodedWordChars);
  if (open === '(') return `(${encodeWord(inner, 'Q', encodedWordChars)}${close}`;
  if (open === '<') return `<${asciiAddress(inner)}${close}`;
  if (!part.includes('@')) return encodeWords(part, 'Q', encodedWordChars);
  return part
    .split(/(\s+)/)
    .map((word) => (word.includes('@') ? asciiAddress(word) : encodeWords(word, 'Q', encodedWordChars)))
    .join('');
}

/** Tells by length: whatever is not ASCII takes more than one octet. */
export const isAscii = (text: string): boolean => Buffer.byteLength(text) === text.length;

/** The domain in ASCII; null when that is not all it takes. */
export function toAsciiAddress(address: string): string | null {
  if (isAscii(address)) return address;
  const at = address.lastIndexOf('@');
  const [local, domain] = [address.slice(0, at), domainToASCII(address.slice(at + 1))];
  return at < 0 || domain === '' || !isAscii(local) ? null : `${local}@${domain}`;
}

const asciiAddress = (address: string): string => {
  const ascii = toAsciiAddress(address);
  if (ascii === null) throw new NotConvertible('5.6.7', `the address ${address} in its header needs SMTPUTF8`);
  return ascii;
};
