import type { TabTexts } from '../../setting-texts.ts';

export const domainTexts: TabTexts<'domains'> = {
  'domains.remote': {
    label: 'Remote domains',
    help: 'Domains whose mail goes out another way than the rest: an exact name counts before a wildcard such as *.example.org, and the longest wildcard before shorter ones.',
  },
  'domains.default': {
    label: 'Default domain',
    help: 'Mail for this domain is not relayed but written to the Drop directory. Empty by default, unlike IIS 6: there is no local domain and all mail is relayed.',
  },
  'domains.aliases': {
    label: 'Alias domains',
    help: 'Further names of the default domain; their mail goes to the same Drop directory.',
  },
  'domains.dropFolder': {
    label: 'Drop directory',
    help: 'The folder on a local disk for mail to the default domain, one file per message; nothing here empties it. Empty: Drop in the home directory.',
  },
  'domains.dropQuota': {
    label: 'Enable drop directory quota',
    help: 'The Drop directory holds ten times the message size limit. When it is full, local mail waits in the queue; IIS 6 refuses it.',
  },
};
