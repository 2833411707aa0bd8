/**
 * Returns the pattern of I-Regexp (RFC 9485) as a regular expression of JavaScript, or `undefined`
 * if it is not valid. What only JavaScript knows, such as `\d`, is accepted.
 *
 * @param whole whether it must match the whole text
 */
export function iRegexp(pattern: string, whole: boolean): RegExp | undefined {
  let inClass = false;
  const source = pattern.replace(/\\.|[[\].]/gs, (part) => {
    if (part === '[' || part === ']') inClass = part === '[';
    // A dot is anything but a line feed or a carriage return.
    if (part === '.' && !inClass) return '[^\\n\\r]';
    // JavaScript allows this escape in brackets only.
    return part === '\\-' && !inClass ? '-' : part;
  });
  try {
    return new RegExp(whole ? `^(?:${source})$` : source, 'u');
  } catch {
    return undefined;
  }
}
