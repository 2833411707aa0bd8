/**
 * Splits `name(argument)` into its two parts, without blanks around them. The last bracket closes
 * the argument, and may be missing.
 */
export function splitFormat(text: string): { readonly name: string; readonly argument: string } {
  const open = text.indexOf('(');
  if (open < 0) return { name: text.trim(), argument: '' };
  const argument = text.slice(open + 1).trim();
  return {
    name: text.slice(0, open).trim(),
    argument: (argument.endsWith(')') ? argument.slice(0, -1) : argument).trim(),
  };
}

/** Returns a format as `key-format` and `value-format` have it, such as `string(base64)`. */
export function joinFormat(name: string, argument: string): string {
  return argument === '' ? name : `${name}(${argument})`;
}
