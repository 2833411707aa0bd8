/**
 * Returns a pattern that finds a text, in any case, in UTF-8 whose bytes are each read as a Latin-1
 * character. It matches what `/text/iu` matches in the text itself: "ß" finds "ẞ" but not "SS", and
 * "i" finds "I" but not the Turkish "İ" or "ı". The text must not be empty. The pattern has the
 * flag g.
 */
export function bytesPattern(text: string): RegExp {
  return new RegExp(Array.from(text, anyCase).join(''), 'g');
}

/**
 * Returns the longest part of a text of characters without other cases, in UTF-8: it occurs wherever
 * the text does. Perhaps it is empty.
 */
export function caselessPart(text: string): Buffer {
  const parts = text.split(casedPattern());
  const [longest] = parts.map((part) => Buffer.from(part)).sort((a, b) => b.length - a.length);
  return longest ?? Buffer.alloc(0);
}

/** Whether a character has other cases. */
export function hasCases(character: string): boolean {
  return casedPattern().test(character);
}

function casedPattern(): RegExp {
  cased ??= casedLetters();
  return (anyCased ??= new RegExp(oneOf(cased), 'iu'));
}

/** The letters that have more than one case, by Unicode. */
let cased: string | undefined;
/** Matches one of them. */
let anyCased: RegExp | undefined;

/** Returns the bytes of a character and of its other cases in UTF-8, each as a Latin-1 character. */
export function casesOf(character: string): readonly string[] {
  cased ??= casedLetters();
  const others = cased.match(new RegExp(oneOf(character), 'giu')) ?? [];
  return Array.from(new Set([character, ...others]), (each) =>
    Buffer.from(each).toString('latin1'),
  );
}

/** Returns the source of a pattern for the bytes of a character and of its other cases. */
function anyCase(character: string): string {
  const bytes = casesOf(character);
  const single = bytes.filter((each) => each.length === 1);
  const ways = bytes.filter((each) => each.length > 1);
  if (single.length > 0) ways.unshift(oneOf(single.join('')));
  return ways.length === 1 ? ways.join('') : `(?:${ways.join('|')})`;
}

function oneOf(characters: string): string {
  return `[${characters.replace(/[\\\]^-]/g, '\\$&')}]`;
}

function casedLetters(): string {
  let letters = '';
  for (let code = 0; code < 0x20000; code += 1) {
    if (code >= 0xd800 && code < 0xe000) continue;
    const letter = String.fromCodePoint(code);
    if (/\p{Changes_When_Casemapped}/u.test(letter)) letters += letter;
  }
  return letters;
}
