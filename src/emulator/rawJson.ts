/**
 * Takes JSON apart without interpreting it, so that numbers stay as they were written: a 64-bit id
 * or the amount 12.50 would not survive `JSON.parse`. All texts passed in must be valid JSON.
 */

/**
 * Returns the compact texts of the elements of an array, or `undefined` if the text is not an
 * array.
 */
export function elements(json: string): string[] | undefined {
  const tokens = tokensOf(json);
  return tokens.next().value === '[' ? [...parts(tokens)] : undefined;
}

/**
 * Returns the compact texts of an object's members by name, or `undefined` if the text is not an
 * object. If several members have one name, the last one counts, as in `JSON.parse`.
 */
export function members(json: string): Map<string, string> | undefined {
  const tokens = tokensOf(json);
  if (tokens.next().value !== '{') return undefined;
  const found = new Map<string, string>();
  for (const member of parts(tokens)) {
    const nameEnd = endOfString(member, 0);
    found.set(String(JSON.parse(member.slice(0, nameEnd))), member.slice(nameEnd + 1));
  }
  return found;
}

/** Returns the texts between the commas up to the closing bracket, without whitespace. */
function* parts(tokens: Iterable<string>): Generator<string> {
  let depth = 0;
  let part: string[] = [];
  for (const token of tokens) {
    if (token === '[' || token === '{') depth++;
    else if (token === ']' || token === '}') depth--;
    if (depth < 0 || (depth === 0 && token === ',')) {
      if (part.length > 0) yield part.join('');
      part = [];
    } else {
      part.push(token);
    }
  }
}

function* tokensOf(json: string): Generator<string, undefined> {
  const token = /["[\]{},:]|[^\s"[\]{},:]+/g;
  for (let match = token.exec(json); match; match = token.exec(json)) {
    if (match[0] === '"') {
      token.lastIndex = endOfString(json, match.index);
      yield json.slice(match.index, token.lastIndex);
    } else {
      yield match[0];
    }
  }
}

/** Returns the index after the string that begins at `start`. */
function endOfString(json: string, start: number): number {
  let end = json.indexOf('"', start + 1);
  while (isEscaped(json, end)) end = json.indexOf('"', end + 1);
  return end + 1;
}

function isEscaped(json: string, at: number): boolean {
  let backslashes = 0;
  while (json[at - 1 - backslashes] === '\\') backslashes++;
  return backslashes % 2 === 1;
}
