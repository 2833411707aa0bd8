/** Returns a name as a part of a path. Names may hold slashes, and `..` would lead elsewhere. */
export function escaped(name: string): string {
  return name
    .replace(/[%/\\]/g, encodeURIComponent)
    .replace(/^\.+$/, (dots) => dots.replaceAll('.', '%2E'));
}

/** Returns the name that `escaped` made a part of a path of. */
export function unescaped(text: string): string {
  return text.replace(/%(25|2F|5C|2E)/g, decodeURIComponent);
}
