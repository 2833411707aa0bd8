/** Returns the URIs in a text of the type `text/uri-list`, each of them once. */
export function droppedUris(list: string): readonly string[] {
  const lines = list.split(/\r?\n/).map((line) => line.trim());
  return [...new Set(lines.filter((line) => line !== '' && !line.startsWith('#')))];
}
