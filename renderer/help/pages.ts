/** The text of the help, bundled at build time. */
import type { Language } from '../../shared/texts/index.ts';
import { type HelpPage, parseHelpPage } from './help-page.ts';
import type { HelpTopic } from './topics.ts';

const files = import.meta.glob<string>('./*/*.md', { query: '?raw', import: 'default', eager: true });

/** The page; one that is missing says so by its name, which a test looks for. */
export const helpPage = (language: Language, topic: HelpTopic): HelpPage =>
  parseHelpPage(files[`./${language}/${topic}.md`] ?? `# ${topic}`);
