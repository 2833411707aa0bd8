/**
 * What shows nothing, or changes how its neighbours are shown: control characters, marks that turn the
 * direction of writing, spaces and joiners without width where no script needs them, line separators,
 * and halves of surrogate pairs.
 */
const INVISIBLE =
  // eslint is told by the escapes that these are meant.
  /[\u0000-\u001f\u007f-\u009f\u00ad\u061c\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]|\p{Surrogate}/gu;

/**
 * Text with its invisible characters replaced by visible ones, so that it looks like nothing but what
 * it is: control characters by their pictures, others by their code in brackets.
 *
 * @param kept characters that stay, such as line breaks where lines are shown
 */
export function visible(text: string, kept = ''): string {
  return text.replace(INVISIBLE, (character) => {
    if (kept.includes(character)) return character;
    const code = character.charCodeAt(0);
    if (code < 0x20) return String.fromCharCode(0x2400 + code);
    if (code === 0x7f) return '\u2421';
    return `\u27e8U+${code.toString(16).toUpperCase().padStart(4, '0')}\u27e9`;
  });
}
