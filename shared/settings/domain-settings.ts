import { listField, switchField, tableField, textField } from './field.ts';
import { domainOrEmpty, localPathOrEmpty, mailDomain } from './patterns.ts';
import { remoteDomainSchema } from './remote-domain.ts';

const domains = { tab: 'domains' } as const;

export const domainSettings = {
  'domains.remote': tableField(domains, 'remoteDomain', remoteDomainSchema, { min: 0, max: 1_000 }),
  /** Mail for it and its aliases goes into the Drop folder. Empty: there is no local domain, everything is relayed. */
  'domains.default': textField({ ...domains, content: 'mailDomain' }, domainOrEmpty, ''),
  'domains.aliases': listField(domains, 'mailDomain', mailDomain, { min: 0, max: 1_000 }, []),
  'domains.dropFolder': textField({ ...domains, content: 'folder' }, localPathOrEmpty, ''),
  /** On: the Drop folder holds ten times the size limit of a message, then local mail waits. */
  'domains.dropQuota': switchField(domains, true),
} as const;
