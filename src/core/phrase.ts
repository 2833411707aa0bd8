/**
 * What code without a language of its own says to people: a text of ours, and what stands in it for
 * `{0}`, `{1}` and so on. Its texts are translated as those of `l10n.t` are.
 */
export interface Phrase {
  /** In English; never a text from elsewhere. */
  readonly text: string;
  readonly args: readonly PhraseArgument[];
}

/** Texts and numbers stay as they are in every language. */
export type PhraseArgument = string | number | Phrase;

/** Returns a phrase. `text` is a literal, so that `npm run texts` finds it. */
export function phrase(text: string, ...args: readonly PhraseArgument[]): Phrase {
  return { text, args };
}

/** Puts a phrase in words. `translate` returns a text in another language, with what stands in it. */
export function wordsOf(
  { text, args }: Phrase,
  translate: (text: string, ...args: readonly string[]) => string,
): string {
  const words = args.map((one) =>
    typeof one === 'object' ? wordsOf(one, translate) : String(one),
  );
  return translate(text, ...words);
}

/** Returns a phrase in English, as messages of errors have it. */
export function inEnglish(one: Phrase): string {
  return wordsOf(one, (text, ...args) =>
    text.replace(/\{(\d+)\}/g, (_, index: string) => args[Number(index)] ?? ''),
  );
}

/** Joins phrases as a list, with `or` before the last one. */
export function anyOf(all: readonly Phrase[]): Phrase {
  const last = all.at(-1) ?? phrase('nothing');
  if (all.length < 2) return last;
  const before = all.slice(0, -1).reduce((list, one) => phrase('{0}, {1}', list, one));
  return phrase('{0} or {1}', before, last);
}

/** A failure that people are told about. */
export class PhrasedError extends Error {
  constructor(
    readonly phrase: Phrase,
    options?: ErrorOptions,
  ) {
    super(inEnglish(phrase), options);
  }
}
