/**
 * The characters beyond U+001F that can be hidden, including the joiners and selectors that some
 * scripts and emoji need.
 */
const SUSPICIOUS = String.raw`\x7f-\x9f\u2028\u2029\u2800\ufff9-\ufffb\p{Default_Ignorable_Code_Point}`;
/**
 * Matches runs of such characters, because each match costs time. Runs are bounded, because the
 * engine keeps track of each of their characters.
 */
const HIDDEN_BEYOND_C0 = new RegExp(`[${SUSPICIOUS}\\p{Surrogate}]{1,1000}`, 'gu');
const HIDDEN = new RegExp(`[\\0-\\x1f${SUSPICIOUS}\\p{Surrogate}]{1,1000}`, 'gu');
const ANY_SUSPICIOUS = new RegExp(`[${SUSPICIOUS}]`, 'u');
const KEYCAP = /[\d#*]/;

function isJoiner(code: number): boolean {
  return code === 0x200c || code === 0x200d;
}

/** Whether a character selects a variant of the character before it. */
function isSelector(code: number): boolean {
  if (code >= 0xfe00) return code <= 0xfe0f || (code >= 0xe0100 && code <= 0xe01ef);
  return code >= 0x180b && code <= 0x180f && code !== 0x180e;
}

/** Whether a joiner or selector is used as scripts and emoji need it, after a visible character. */
function shapes(code: number, before: string): boolean {
  if (isJoiner(code)) return before > '~' && !isJoiner(before.charCodeAt(0));
  if (!isSelector(code) || isSelector(before.codePointAt(0) ?? 0)) return false;
  return before > '~' || KEYCAP.test(before);
}

function replaceHidden(text: string, pattern: RegExp, by: (character: string) => string): string {
  const known = new Map<string, string>();
  const replace = (character: string): string => {
    const found = known.get(character) ?? by(character);
    known.set(character, found);
    return found;
  };
  return text.replace(pattern, (run, at: number) => {
    let before = text.charAt(at - 1);
    let result = '';
    for (const character of run) {
      result += shapes(character.codePointAt(0) ?? 0, before) ? character : replace(character);
      before = character;
    }
    return result;
  });
}

/**
 * Replaces hidden characters with visible ones, so that a text cannot look like another one.
 * Control characters become their pictures. These become their code in brackets: marks that change
 * the direction of writing, blanks and joiners without width where no script needs them, fillers,
 * tags, line separators, and halves of surrogate pairs.
 *
 * @param kept control characters that stay, such as line breaks if lines are shown
 */
export function visible(text: string, kept = ''): string {
  return replaceHidden(text, HIDDEN, (character) =>
    kept.includes(character) ? character : picture(character),
  );
}

function picture(character: string): string {
  const code = character.codePointAt(0) ?? 0;
  if (code < 0x20) return String.fromCharCode(0x2400 + code);
  if (code === 0x7f) return '\u2421';
  return `\u27e8U+${code.toString(16).toUpperCase().padStart(4, '0')}\u27e9`;
}

/**
 * Replaces hidden characters as `visible` does, but keeps control characters up to U+001F.
 * Returns the same text, fast, if there are none.
 */
export function replaceHiddenBeyondC0(text: string, by: (character: string) => string): string {
  const clean = text.isWellFormed() && !ANY_SUSPICIOUS.test(text);
  return clean ? text : replaceHidden(text, HIDDEN_BEYOND_C0, by);
}

/** Longer than the longest name of a topic, which has 249 characters. */
const LONG_WORD = /(\S{200})\S{50,}(\S{30})/g;
const MAX_LINE = 4000;
/** Matches most names: short words of characters that need no replacement. */
const ORDINARY = /^[\w .:,/-]{0,200}$/;

/**
 * Returns foreign text, or a sentence that contains some, in a form that is safe to show in a
 * message, list, tree, title or tooltip of VS Code. It is one line in which hidden characters are
 * visible. It contains nothing that VS Code would turn into a link (`[text](command:...)`) or an
 * icon (`$(name)`). Very long words and very long lines are cut.
 */
export function oneLine(text: string): string {
  if (ORDINARY.test(text)) return text;
  const line = text.length > MAX_LINE ? `${text.slice(0, MAX_LINE - 1)}\u2026` : text;
  return visible(line)
    .replace(LONG_WORD, '$1\u2026$2')
    .replaceAll('](', '] (')
    .replaceAll('$(', '$ (');
}

/** Escapes text for a line of Markdown. */
export function markdownText(text: string): string {
  return oneLine(text).replace(/[\\`*[\]|<>&~]|(?<!\w)_|_(?!\w)/g, '\\$&');
}

/** As `markdownText`, for Markdown that is shown rendered: addresses in it become no links. */
export function unlinkedText(text: string): string {
  return markdownText(text).replace(/@|:(?=\/\/)|(?<=www)\./gi, '\\$&');
}

/** Returns text as inline code in Markdown. */
export function markdownCode(text: string): string {
  const line = oneLine(text);
  const fence = '`'.repeat(longestRun(line) + 1);
  const gap = /^`|`$|^ .* $/.test(line) ? ' ' : '';
  return fence + gap + line + gap + fence;
}

/** Returns text as a code block in Markdown, fenced by more backticks than it holds. */
export function markdownBlock(text: string): string {
  const fence = '`'.repeat(Math.max(3, longestRun(text) + 1));
  return `${fence}text\n${visible(text, '\n\t')}\n${fence}`;
}

function longestRun(text: string): number {
  return Math.max(0, ...[...text.matchAll(/`+/g)].map(([run]) => run.length));
}
