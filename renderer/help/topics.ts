/** The pages of the help in the order of the contents list. A page is `en/<topic>.md` and `de/<topic>.md`. */

export const helpChapters = [
  { id: 'console', topics: ['console', 'keyboard', 'finder', 'lists'] },
  {
    id: 'tree',
    topics: [
      'overview',
      'server',
      'check-server',
      'test-mail',
      'service',
      'domains',
      'sessions',
      'queue',
      'destinations',
      'filter',
      'message',
      'badmail',
      'log',
    ],
  },
  {
    id: 'properties',
    topics: [
      'properties',
      'general',
      'identities',
      'time-limits',
      'logging',
      'access',
      'authentication',
      'secure-communication',
      'connection',
      'relay',
      'messages',
      'delivery',
      'outbound-security',
      'outbound-connections',
      'advanced-delivery',
      'ldap-routing',
      'security',
      'alerts',
    ],
  },
  {
    id: 'domains',
    topics: ['remote-domain', 'local-domain', 'new-domain', 'new-virtual-server', 'import-from-iis', 'ca-mail'],
  },
] as const;

export type HelpTopic = (typeof helpChapters)[number]['topics'][number];

export const helpTopics: readonly HelpTopic[] = helpChapters.flatMap(({ topics }): readonly HelpTopic[] => topics);

/** A link from page to page is the name of its file: `relay.md`. Null for anything else. */
export const topicOfLink = (href: string): HelpTopic | null =>
  helpTopics.find((topic) => href === `${topic}.md`) ?? null;
