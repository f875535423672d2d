/**
 * MAIL and RCPT lines before the library reads them: which parameters there may be, and addresses without a domain. Pure.
 * The library takes every parameter it does not know for one that needs no attention; RFC 5321 section 4.1.1.11 wants 555.
 */
import { type Reply, replies } from './replies.ts';

export interface LineTerms {
  /** The client said EHLO. After HELO there are no parameters (RFC 5321 section 4.1.1.1). */
  readonly extended: boolean;
  /** Appended to addresses without a domain; empty when there is none. */
  readonly defaultDomain: string;
}

const knownParameters: Readonly<Record<string, ReadonlySet<string>>> = {
  'MAIL FROM': new Set(['SIZE', 'BODY', 'SMTPUTF8', 'RET', 'ENVID', 'AUTH']),
  'RCPT TO': new Set(['NOTIFY', 'ORCPT']),
};

/** As the library splits it; whatever does not fit is not understood there either, and answered with 501. */
const transactionLine = /^((MAIL FROM|RCPT TO)\s*:\s*)<([^<>\s]*)>(?:\s+(.*))?$/i;

/**
 * @param line  One octet per character, without its line end.
 * @returns the line to carry out, an address without a domain completed; or the reply that refuses it.
 */
export function checkTransactionLine(line: string, { extended, defaultDomain }: LineTerms): string | Reply {
  const [, start = '', command = '', path = '', rest = ''] = transactionLine.exec(line.trim()) ?? [];
  const verb = command.toUpperCase();
  const known = knownParameters[verb];
  if (known === undefined) return line;
  for (const parameter of rest.split(/\s+/).filter((text) => text !== '')) {
    const refusal = parameterRefusal(parameter, known, extended);
    if (refusal !== null) return refusal;
  }

  if (path === '' || path.includes('@')) return line;
  // RFC 5321 section 4.1.1.3: the only recipient without a domain that every server has to know.
  const isPostmaster = verb === 'RCPT TO' && path.toLowerCase() === 'postmaster';
  if (defaultDomain === '') return isPostmaster ? replies.noPostmaster : line;
  return `${start}<${isPostmaster ? 'postmaster' : path}@${defaultDomain}> ${rest}`.trimEnd();
}

function parameterRefusal(parameter: string, known: ReadonlySet<string>, extended: boolean): Reply | null {
  const [, keyword, value] = /^([a-z0-9][a-z0-9-]*)(?:=(.*))?$/i.exec(parameter) ?? [];
  if (keyword === undefined) return replies.badParameter;
  const name = keyword.toUpperCase();
  if (!extended || !known.has(name)) return replies.unknownParameter;
  const wellFormed = value === undefined || (wellFormedValue[name]?.(value) ?? true);
  return wellFormed ? null : replies.badParameter;
}

/** RFC 3461 section 4: xtext is printable ASCII without '+' and '=', which are written '+2B' and '+3D'. */
const isXtext = (text: string): boolean => /^(?:[!-*,-<>-~]|\+[0-9A-F]{2})*$/.test(text);
/** RFC 6533 section 3: an original recipient of type 'utf-8' may be in UTF-8 as it is. */
const isUtf8Xtext = (text: string): boolean => isXtext(text.replace(/[\x80-\xff]/g, 'x'));

/** RFC 3461 sections 4.2 and 4.4 name the lengths. The library checks the rest of RFC 3461, SIZE and BODY. */
const longestOriginalRecipient = 500;
const longestEnvelopeId = 100;

const wellFormedValue: Readonly<Record<string, (value: string) => boolean>> = {
  ENVID: (value) => value.length <= longestEnvelopeId && isXtext(value),
  ORCPT: (value) => {
    const semicolon = value.indexOf(';');
    const address = value.slice(semicolon + 1);
    if (semicolon < 1 || address === '' || value.length > longestOriginalRecipient) return false;
    return /^utf-8;/i.test(value) ? isUtf8Xtext(address) : isXtext(address);
  },
  // RFC 4954 section 5: nobody here asks who submitted the mail first.
  AUTH: (value) => value === '<>' || isXtext(value),
};
