/**
 * Returns text from others as a part of a sentence: without the full stop that it ends with.
 */
export function clause(text: string): string {
  return text
    .trim()
    .replace(/(?<!\.)[.。]$/u, '')
    .trimEnd();
}
