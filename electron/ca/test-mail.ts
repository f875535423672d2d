/** The mail of a self-test, in the manner of the exit module. Pure. */

export interface TestMailFacts {
  readonly from: string;
  readonly to: readonly string[];
  readonly subject: string;
  readonly body: string;
  readonly computerName: string;
  readonly nowMs: number;
  /** Makes the Message-ID unique. */
  readonly token: string;
}

/** Lines end in CRLF; the bytes are UTF-8 and not yet dot-stuffed. */
export function testMail(facts: TestMailFacts): Buffer {
  const { from, to, subject, body, computerName, nowMs, token } = facts;
  const lines = [
    `From: ${from}`,
    `To: ${to.join(', ')}`,
    ...encodedHeader('Subject', subject),
    `Date: ${new Date(nowMs).toUTCString().replace('GMT', '+0000')}`,
    `Message-ID: <${token}@${asciiName(computerName)}>`,
    'MIME-Version: 1.0',
    'Content-Type: text/plain;',
    '\tcharset="utf-8"',
    `Content-Transfer-Encoding: ${isAscii(body) ? '7bit' : '8bit'}`,
    'Content-Class: urn:content-classes:message',
    'Importance: normal',
    'Auto-Submitted: auto-generated',
    '',
    ...body.split('\n'),
  ];
  return Buffer.from(`${lines.join('\r\n')}\r\n`, 'utf8');
}

/** RFC 5321 section 4.5.2 */
export const dotStuffed = (content: Buffer): Buffer =>
  Buffer.from(content.toString('latin1').replace(/^\./gm, '..'), 'latin1');

/** The single label that the exit module greets with. */
export const greetingName = (computerName: string): string => asciiName(computerName.split('.')[0] ?? '').toUpperCase();

const isAscii = (text: string): boolean => !/[^\x20-\x7e\n\t]/.test(text);
const asciiName = (name: string): string => name.replace(/[^A-Za-z0-9.-]/g, '-') || 'localhost';

/** RFC 2047 section 2: at most 75 characters in an encoded word, which holds whole letters. */
function encodedHeader(name: string, text: string): readonly string[] {
  if (isAscii(text)) return [`${name}: ${text}`];
  const words: string[] = [''];
  for (const letter of text) {
    const word = `${words.at(-1) ?? ''}${letter}`;
    if (Buffer.byteLength(word) <= 39) words[words.length - 1] = word;
    else words.push(letter);
  }
  return words.map(
    (word, index) => `${index === 0 ? `${name}: ` : '\t'}=?utf-8?B?${Buffer.from(word).toString('base64')}?=`,
  );
}
