import assert from 'node:assert/strict';

/** The id of a tenant or an application, as Entra ID gives them. */
export const guid = '1a2b3c4d-0000-4000-8000-00000000abcd';

/** Checks what the rule of a field makes of each text: its value, or the problem that it finds. */
export function checkField(
  parse: (text: string) => { readonly value?: string; readonly problem?: string },
  table: readonly (readonly [text: string, expected: string])[],
): void {
  for (const [text, expected] of table) {
    const { value, problem } = parse(text);
    assert.equal(problem ?? value, expected, JSON.stringify(text));
  }
}
