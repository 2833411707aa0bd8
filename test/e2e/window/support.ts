import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Locator } from 'playwright-core';
import type { EmulatorInfo } from '../../../src/emulator/server';
import { announce, startAttachedEmulator } from '../../support/host/emulator';
import { exitOnSignals, root, vsix } from '../../support/host/processes';
import { type ServerOptions, startServer } from '../../support/host/server';
import { Window } from '../../support/host/window';

exitOnSignals();

/** A VS Code window with the packed extension installed, on a folder of its own. */
export interface Journey {
  readonly window: Window;
  readonly folder: string;
  /** The text of all settings files: the user's and, where clusters are saved, the machine's. */
  settings(): string;
  /** Saves clusters where the extension does, and waits until the sidebar shows them. */
  defineClusters(clusters: readonly { readonly name: string }[]): Promise<void>;
  /** Removes all clusters from the settings files, and closes what a suite has left open. */
  forgetClusters(): Promise<void>;
  /** The text of all logs, those of the extension included. */
  logs(): string;
  end(): Promise<void>;
}

export interface JourneyOptions extends ServerOptions {
  /** Arguments of an emulator that the window shows as a cluster from the beginning. */
  readonly emulator?: readonly string[];
  /** An emulator that runs already, to be shown in the same way. */
  readonly running?: EmulatorInfo;
  /** May put something between the window and the emulator. */
  readonly address?: (info: EmulatorInfo) => Promise<EmulatorInfo>;
}

/** Opens a window for a journey. `files` are written to its folder first, by their names. */
export async function beginJourney(
  files: Readonly<Record<string, string>>,
  { emulator: emulatorArguments, running, address, ...options }: JourneyOptions = {},
): Promise<Journey> {
  const scratch = mkdtempSync(path.join(tmpdir(), 'kafka-rest-e2e-'));
  const folder = path.join(scratch, 'orders');
  mkdirSync(folder);
  for (const [name, text] of Object.entries(files)) {
    const file = path.join(folder, name);
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, text);
  }
  const emulator =
    emulatorArguments && (await startAttachedEmulator(scratch, emulatorArguments, address));
  const env = running ? announce(running, scratch) : emulator?.env;
  const server = await startServer({ vsix, ...options, ...(env && { env }) });
  const remove = () => {
    rmSync(scratch, { recursive: true, force: true });
  };
  process.once('exit', remove);
  const close = async () => {
    await server.stop();
    await emulator?.stop();
    process.off('exit', remove);
    remove();
  };
  try {
    const window = await Window.open(server, { folder });
    // A palette that is opened before the extensions are known never lists their commands.
    await window.page.getByRole('tab', { name: 'Kafka REST' }).first().waitFor();
    const fileOf = (scope: string) => path.join(server.dataDir, 'data', scope, 'settings.json');
    const [users, machines] = [fileOf('User'), fileOf('Machine')];
    const settingsFiles = () => [users, machines].filter((file) => existsSync(file));
    const saveClusters = (file: string, clusters: readonly unknown[] | undefined) => {
      const text = existsSync(file) ? readFileSync(file, 'utf8') : '{}';
      const settings = JSON.parse(text) as Record<string, unknown>;
      writeFileSync(file, JSON.stringify({ ...settings, 'kafkaRest.clusters': clusters }));
    };
    return {
      window,
      folder,
      settings: () =>
        settingsFiles()
          .map((file) => readFileSync(file, 'utf8'))
          .join(),
      async defineClusters(clusters) {
        saveClusters(machines, clusters);
        for (const { name } of clusters) await window.treeItem(name).waitFor();
      },
      async forgetClusters() {
        const { page, quickInput } = window;
        const inFront = quickInput.or(page.locator('.monaco-dialog-box'));
        while ((await inFront.count()) > 0) await page.keyboard.press('Escape');
        for (const file of settingsFiles()) saveClusters(file, undefined);
        const welcome = page.getByRole('region', { name: 'Welcome' });
        await welcome.getByRole('button', { name: 'Add Cluster...' }).waitFor();
        await window.runCommand('Notifications: Clear All Notifications');
      },
      logs: () =>
        readdirSync(server.logsDir, { recursive: true, withFileTypes: true })
          .filter((entry) => entry.isFile())
          .map(({ parentPath, name }) => readFileSync(path.join(parentPath, name), 'utf8'))
          .join('\n'),
      end: async () => {
        await window.close();
        await close();
      },
    };
  } catch (error) {
    await close();
    throw error;
  }
}

/** Shows the emulator in the sidebar. Starts it there if no earlier suite of the window has. */
export async function startEmulatorOnce({ window }: Journey): Promise<void> {
  const view = window.page.getByRole('tab', { name: 'Kafka REST' }).first();
  // A second click would hide it.
  if ((await view.getAttribute('aria-selected')) !== 'true') await view.click();
  const start = window.page.getByRole('button', { name: 'Start Emulator' });
  const topic = window.treeItem('orders');
  await start.or(topic).first().waitFor();
  if ((await start.count()) > 0) await start.click();
  await topic.waitFor();
}

/** Opens a file of the journey's folder and selects all of it. Returns its first line. */
export async function selectAllOf({ window }: Journey, file: string): Promise<Locator> {
  const { page } = window;
  await page.keyboard.press('Control+P');
  await window.quickInput.locator('input').fill(file);
  await window.pick(file);
  await page.getByRole('tab', { name: file }).waitFor();
  const line = page.locator('.view-line').first();
  await line.click();
  await page.keyboard.press('Control+A');
  await page.getByText(/\(\d+ selected\)/).waitFor();
  return line;
}

/** Waits for a question of a wizard and answers it. */
export async function ask({ window }: Journey, prompt: string, answer: string): Promise<void> {
  await window.quickInput.getByText(prompt).waitFor();
  await window.answer(answer);
}

/** Leaves a picture of the window in `out/e2e/` for each test that fails. */
export function photographFailures(journey: () => Journey): void {
  afterEach(async function () {
    const test = this.currentTest;
    if (test?.state !== 'failed') return;
    const name = test.fullTitle().replace(/\W+/g, '-');
    await journey().window.screenshot(path.join(root, 'out/e2e', `${name}.png`));
  });
}
