import type { Memento } from 'vscode';

/**
 * Keeps in VS Code's state what only saves a person some time. Never rejects: what they have asked for
 * must not fail, or seem to have failed, because that cannot be kept.
 */
export async function remember(
  state: Pick<Memento, 'update'>,
  key: string,
  value: unknown,
): Promise<void> {
  try {
    await state.update(key, value);
  } catch {
    // They choose it again the next time.
  }
}
