/** A character that takes the place of two others. */
const WIDE = /[\p{Script=Han}\u3000-\u303f\uff00-\uff60]/u;

/**
 * Matches where a line may end: after a blank, and before a Chinese character or what opens a
 * quotation or a bracket. Neither is parted from what it opens.
 */
const ENDS = /(?<=\s)|(?<![\p{Ps}\p{Pi}])(?=[\p{Ps}\p{Pi}\p{Script=Han}])/u;

/**
 * Splits a text into lines at the ends of words. Each is at most `width` characters wide, where a
 * Chinese character counts double; only a word that is wider is split itself. Nothing is left out
 * but the blanks at the ends of lines.
 */
export function wrap(text: string, width: number): readonly string[] {
  const lines: string[] = [];
  let line = '';
  const add = (part: string) => {
    if (widthOf(line + part) > width) {
      lines.push(line);
      line = '';
    }
    line += part;
  };
  for (const word of text.split(ENDS)) {
    if (widthOf(word) <= width) add(word);
    else for (const character of word) add(character);
  }
  return [...lines, line].map((each) => each.trim()).filter((each) => each !== '');
}

/** Returns how wide a text is without the blanks at its end. */
function widthOf(text: string): number {
  let width = 0;
  for (const character of text.trimEnd()) width += WIDE.test(character) ? 2 : 1;
  return width;
}
