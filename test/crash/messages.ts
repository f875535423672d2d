/** Numbered messages whose every octet follows from the number, so that what arrives can be compared without keeping it. */

export interface NumberedMessage {
  readonly number: string;
  readonly from: string;
  readonly to: readonly string[];
  /** With CRLF line ends; lines that begin with a dot among them. */
  readonly content: string;
}

export const fromAddress = 'ca@crash.test.invalid';

/**
 * Every fourth message has a second recipient, whom the gateway puts off once: its state is stored before it is gone.
 * Sizes run from one line to a few hundred kilobytes, most of them small as those of a CA.
 * @param number  For example '17-3-120': round, session, count.
 */
export function messageOf(number: string): NumberedMessage {
  const seed = [...number].reduce((sum, letter) => (sum * 31 + letter.charCodeAt(0)) % 65_521, 7);
  const lines = seed % 40 === 0 ? 4_000 : 1 + (seed % 30);
  const body = Array.from({ length: lines }, (_, index) => `${index % 7 === 3 ? '.' : ''}${number} ${seed} ${index}`);
  return {
    number,
    from: fromAddress,
    to: [`first-${number}@crash.test.invalid`, ...(seed % 4 === 0 ? [`later-${number}@crash.test.invalid`] : [])],
    content: `Subject: ${number}\r\n\r\n${body.join('\r\n')}\r\n`,
  };
}

/** RFC 5321 section 4.5.4.1 in small: refused for now the first time, taken the second. */
export const isPutOff = (address: string, time: number): boolean => address.startsWith('later-') && time === 1;

export const numberOf = (address: string): string => address.replace(/^[a-z]+-/, '').replace(/@.*$/, '');
