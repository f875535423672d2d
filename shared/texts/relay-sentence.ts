/** The relay's own English sentences in the language of a console. Pure. */
import { caSentences } from './de/ca-sentences.ts';
import { relayFileSentences } from './de/relay-file-sentences.ts';
import { relaySentences } from './de/relay-sentences.ts';
import type { RelaySentence } from './relay-sentence-type.ts';

const sentences: Readonly<Record<string, readonly RelaySentence[]>> = {
  // What begins with any name, `{file} …`, comes before what fits any text with a colon.
  de: [...caSentences, ...relayFileSentences, ...relaySentences],
};

interface Pattern {
  readonly expression: RegExp;
  readonly names: readonly string[];
  readonly translated: string;
}

/** The name is the part between braces, with its mark. */
const placeholder = /\{([a-z]+!?)\}/;

const patterns = new Map(Object.entries(sentences).map(([language, all]) => [language, all.map(patternOf)]));

function patternOf([english, translated]: RelaySentence): Pattern {
  const names: string[] = [];
  const source = english.split(placeholder).map((part, at) => {
    if (at % 2 === 0) return part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
    names.push(part);
    return '(.+?)';
  });
  return { expression: new RegExp(`^${source.join('')}$`, 'u'), names, translated };
}

/** '451 4.7.1 ': the words after it are those of another server. */
const replyCode = /^[2-5][0-9]{2}(?: [245]\.[0-9]{1,3}\.[0-9]{1,3})? /;
/** The one sentence of ours that stands between a code and the words of a server. */
const quotingLogin = /^\S.* did not accept the login of .*: /;

/**
 * @param language  Of the console, for example 'de'.
 * @param text  Last error, reply or reason as the relay tells it. What other servers said, and what is not known here, stays.
 */
export function relaySentence(language: string, text: string): string {
  const known = patterns.get(language);
  if (known === undefined) return text;
  const [code = ''] = replyCode.exec(text) ?? [];
  const words = text.slice(code.length);
  if (code !== '' && !quotingLogin.test(words)) return text;
  return code + translated(known, words);
}

function translated(known: readonly Pattern[], text: string): string {
  for (const { expression, names, translated: template } of known) {
    const match = expression.exec(text);
    if (match === null) continue;
    const values = new Map(
      names.map((name, at) => {
        const value = match[at + 1] ?? '';
        return [name, name.endsWith('!') && !replyCode.test(value) ? translated(known, value) : value];
      }),
    );
    const said = template.replace(new RegExp(placeholder, 'g'), (_, name: string) => values.get(name) ?? '');
    if (said !== text) return said;
  }
  return asSentence(known, text);
}

/** The same words may stand alone, with a capital letter and a full stop. */
function asSentence(known: readonly Pattern[], text: string): string {
  if (!/^[A-Z].*\.$/u.test(text)) return text;
  const clause = `${text.charAt(0).toLowerCase()}${text.slice(1, -1)}`;
  const said = translated(known, clause);
  return said === clause ? text : `${said.charAt(0).toUpperCase()}${said.slice(1)}.`;
}
