import path from 'node:path';
import { root } from '../../support/host/processes';
import type { Journey } from './support';

/** The question how to sign in. Its list is longer than what shows of it. */
export const signInQuestion = 'How does the REST proxy know who you are?';

/** Waits for a list with this question, and chooses an entry with the keyboard, by its label. */
export async function chooseByKeys(
  journey: Journey,
  question: string,
  label: string,
): Promise<void> {
  await journey.window.quickInput.getByPlaceholder(question).fill(label);
  await focused(journey, label);
  await journey.window.page.keyboard.press('Enter');
}

/** Waits until the row with this label has the focus, as after a failure. */
export async function focused({ window }: Journey, label: string): Promise<void> {
  await window.quickInput
    .locator('.monaco-list-row.focused')
    .filter({ has: window.page.getByText(label, { exact: true }) })
    .waitFor();
}

/** Leaves a picture of the window in `out/e2e/`, to be looked at. */
export function photograph({ window }: Journey, name: string): Promise<void> {
  return window.screenshot(path.join(root, 'out/e2e', `${name}.png`));
}
