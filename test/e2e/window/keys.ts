import path from 'node:path';
import type { EmulatorInfo } from '../../../src/emulator/server';
import { root } from '../../support/host/processes';
import { ask, type Journey } from './support';

/** The question how to sign in. Its list is longer than what shows of it. */
export const signInQuestion = 'How does the REST proxy know who you are?';

/** What the page of a new cluster says above its rows. */
const page = 'defaults fit';

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

/** Chooses a row of the page of a cluster with the keyboard, and answers its question. */
export async function fillIn(
  journey: Journey,
  row: string,
  prompt: string,
  text: string,
): Promise<void> {
  await chooseByKeys(journey, page, row);
  await ask(journey, prompt, text);
}

/** Begins to add a cluster of Azure HDInsight with the keyboard, up to the questions of a way. */
export async function beginCluster(journey: Journey, endpoint: string, way: string): Promise<void> {
  await journey.window.runCommand('Kafka REST: Add Cluster...');
  await chooseByKeys(journey, 'or choose its kind', 'Azure HDInsight');
  await ask(journey, 'The address of its Kafka REST proxy', endpoint);
  await chooseByKeys(journey, signInQuestion, way);
}

/** Fills in a name on the page of a new cluster, and where an emulator is with its Entra ID. */
export async function fillInEntra(
  journey: Journey,
  { authority, caFile }: EmulatorInfo,
  name: string,
): Promise<void> {
  await fillIn(journey, 'Name', 'A name for the cluster', name);
  await fillIn(journey, 'Authority', 'The sign-in service', new URL(authority ?? '').origin);
  await fillIn(journey, 'CA file', 'A PEM file with certificates to trust', caFile ?? '');
}

/** Tests what the page of a new cluster holds. */
export function testAndSave(journey: Journey): Promise<void> {
  return chooseByKeys(journey, page, 'Test the connection and save');
}

/** Waits until a failed test tells this reason, and the row with this label has the focus. */
export async function failed(journey: Journey, reason: string, label: string): Promise<void> {
  await journey.window.quickInput.getByText(reason).waitFor();
  await focused(journey, label);
}
