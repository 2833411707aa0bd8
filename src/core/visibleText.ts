/** What may hide, but for the characters that stand here for shaping those before them. */
const ALONE = String.raw`[\x7f-\x9f\u2028\u2029\u2800\ufff9-\ufffb\p{Default_Ignorable_Code_Point}](?<![\u200c\u200d\p{Variation_Selector}])`;
/** A joiner or selector has nothing to do behind a letter of ASCII, nor behind another one. */
const AFTER = String.raw`(?<=[!-"$-)+-\/:-~])[\u200c\u200d\p{Variation_Selector}]|(?<=[\u200c\u200d])[\u200c\u200d]|(?<=\p{Variation_Selector})\p{Variation_Selector}`;

/**
 * A pattern (flag `u`) of what shows nothing, or changes how its neighbours are shown: control
 * characters beyond U+001F, marks that turn the direction of writing, blanks and joiners without width
 * where no script needs them, fillers, tags, line separators, and halves of surrogate pairs.
 */
export const hiddenBeyondC0 = `${ALONE}|${AFTER}|\\p{Surrogate}`;
const HIDDEN = new RegExp(`[\\0-\\x1f]|${hiddenBeyondC0}`, 'gu');

/**
 * Text with its hidden characters replaced by visible ones, so that it looks like nothing but what it
 * is: control characters by their pictures, others by their code in brackets.
 *
 * @param kept control characters that stay, such as line breaks where lines are shown
 */
export function visible(text: string, kept = ''): string {
  return text.replace(HIDDEN, (character) => {
    if (kept.includes(character)) return character;
    const code = character.codePointAt(0) ?? 0;
    if (code < 0x20) return String.fromCharCode(0x2400 + code);
    if (code === 0x7f) return '\u2421';
    return `\u27e8U+${code.toString(16).toUpperCase().padStart(4, '0')}\u27e9`;
  });
}

/** Longer than the longest name of a topic, which has 249 characters. */
const LONG_WORD = /(\S{200})\S{50,}(\S{30})/g;
const MAX_LINE = 4000;

/**
 * Text that others may have written, or a sentence with such text in it, as VS Code may show it in a
 * message, a list, a tree, a title or a tooltip: one line, with what is hidden made visible, without
 * what VS Code would make a link (`[text](command:...)`) or an icon (`$(name)`) there, and with very
 * long words, or all of it, cut.
 */
export function oneLine(text: string): string {
  const line = text.length > MAX_LINE ? `${text.slice(0, MAX_LINE - 1)}\u2026` : text;
  return visible(line)
    .replace(LONG_WORD, '$1\u2026$2')
    .replaceAll('](', '] (')
    .replaceAll('$(', '$ (');
}

/** Text within a line of Markdown that means nothing but itself there. */
export function markdownText(text: string): string {
  return oneLine(text).replace(/[\\`*[\]|<>&~]|(?<!\w)_|_(?!\w)/g, '\\$&');
}

/** Text as code in a line of Markdown. */
export function markdownCode(text: string): string {
  const line = oneLine(text);
  const fence = '`'.repeat(longestRun(line) + 1);
  const gap = /^`|`$|^ .* $/.test(line) ? ' ' : '';
  return fence + gap + line + gap + fence;
}

/** Text as a block of code in Markdown, fenced by more backticks than it holds. */
export function markdownBlock(text: string): string {
  const fence = '`'.repeat(Math.max(3, longestRun(text) + 1));
  return `${fence}text\n${visible(text, '\n\t')}\n${fence}`;
}

function longestRun(text: string): number {
  return Math.max(0, ...[...text.matchAll(/`+/g)].map(([run]) => run.length));
}
