import type { help as en } from '../en/help.ts';

export const help: typeof en = {
  title: 'Hilfethemen',
  contents: 'Inhalt',
  search: 'Hilfe durchsuchen',
  noMatch: 'Keine Seite enthält alle diese Wörter.',
  found_one: '{{count}} Seite',
  found_other: '{{count}} Seiten',
  back: 'Zurück',
  forward: 'Vorwärts',
  chapter: {
    console: 'Die Konsole',
    tree: 'Knoten und Listen',
    properties: 'Eigenschaften des virtuellen Servers',
    domains: 'Domänen und Assistenten',
  },
};
