/**
 * Returns what a registry says does not fit as a sentence for people. Registries that run on the JVM
 * send the members of an object as they are printed there, `{errorType:'…', description:'…'}`, with
 * the whole old schema beside them.
 *
 * @returns `undefined` if a message tells nothing that a person can use
 */
export function plainMessage(message: string): string | undefined {
  const text = message.trim();
  if (/^\{(oldSchema|oldSchemaVersion|validateFields):/.test(text)) return undefined;
  const description = /\bdescription: ?(["'])([^]*?)\1(?:, ?additionalInfo:|\}$)/.exec(text)?.[2];
  return description ?? (text === '' ? undefined : text);
}
