/** One domain in place of ours, in the sender and in From: what IIS calls the masquerade domain. Pure. */
import { matchDomain } from '../../shared/settings/domain-match.ts';
import { joinFields, rawValue, splitFields } from './header-fields.ts';

export interface Masquerade {
  readonly domain: string;
  /** Besides the relay's own name: the domains that are replaced; '*.example.org' for those below one. In ASCII (IDNA). */
  readonly localDomains: readonly string[];
}

const isLocal = (domain: string, { localDomains }: Masquerade, ownName: string): boolean => {
  const ours = [ownName, ...localDomains].map((name) => ({ name }));
  return matchDomain(ours, domain) !== null;
};

/** The null sender stays what it is. */
export function masqueradeAddress(address: string, masquerade: Masquerade, ownName: string): string {
  const at = address.lastIndexOf('@');
  if (at < 0 || !isLocal(address.slice(at + 1), masquerade, ownName)) return address;
  return `${address.slice(0, at)}@${masquerade.domain}`;
}

/** Quoted strings and comments are skipped, so that only the domains of addresses are met. No part is looked at twice. */
const fromParts = /"(?:[^"\\]|\\.)*(?:"@?)?|\((?:[^()\\]|\\.)*\)?|[^"(@]+|./gs;
const domainAtStart = /^[^\s<>()",:;[\]\\]+/;

/** The domains of the addresses in From; names, comments and folding stay as they are. */
export const masqueradeHead = (head: Buffer, masquerade: Masquerade, ownName: string): Buffer =>
  joinFields(
    splitFields(head).map((field) => {
      if (field.name !== 'from') return field;
      const value = rawValue(field);
      const before = field.raw.subarray(0, field.raw.length - value.length);
      const changed = masqueradeFrom(value.toString('latin1'), masquerade, ownName);
      return { raw: Buffer.concat([before, Buffer.from(changed, 'latin1')]) };
    }),
  );

function masqueradeFrom(value: string, masquerade: Masquerade, ownName: string): string {
  let afterAt = false;
  return (value.match(fromParts) ?? [])
    .map((part) => {
      const domain = afterAt ? (domainAtStart.exec(part)?.[0] ?? '') : '';
      afterAt = part.endsWith('@');
      return domain !== '' && isLocal(domain, masquerade, ownName)
        ? masquerade.domain + part.slice(domain.length)
        : part;
    })
    .join('');
}
