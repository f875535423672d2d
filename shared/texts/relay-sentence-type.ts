/** As the relay says it, and the translation; `{name}` is a value, `{name!}` a sentence of its own. */
export type RelaySentence = readonly [english: string, translated: string];
