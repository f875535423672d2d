/** Around the pages of the help; the pages themselves are in `renderer/help`. */
export const help = {
  title: 'Help Topics',
  contents: 'Contents',
  search: 'Search the help',
  noMatch: 'No page contains all of these words.',
  found_one: '{{count}} page',
  found_other: '{{count}} pages',
  back: 'Back',
  forward: 'Forward',
  chapter: {
    console: 'The console',
    tree: 'Nodes and lists',
    properties: 'Virtual server properties',
    domains: 'Domains and wizards',
  },
};
