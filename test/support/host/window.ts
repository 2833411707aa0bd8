import { type Browser, chromium, type Locator, type Page } from 'playwright-core';
import { findBrowser, isHeadless } from './browser';
import { type Server, uriPath } from './server';
import { until } from '../until';

export interface WindowOptions {
  /** The folder to open; without one the window is empty. */
  folder?: string;
  /** The source folder of an extension to run, as F5 does. */
  extension?: string;
  /** A module with `run()` to run in the extension host once it is up. */
  tests?: string;
  /** How much VS Code and the extensions log; by default their own levels. */
  logLevel?: 'trace';
  /** By default 1280 x 800. */
  size?: { readonly width: number; readonly height: number };
  /** Physical pixels for each pixel of the window. */
  scale?: 1 | 2;
  /** Receives the lines that the extension host logs while `tests` run. */
  onLog?: (line: string) => void;
}

/** An outcome that the window tells. */
export interface Told {
  /** The notification, or the item of the status bar. */
  readonly locator: Locator;
  /** What a screen reader says: the outcome and its actions. */
  readonly words: string;
  /** Runs one of its actions. */
  choose(title: string): Promise<void>;
}

/** A VS Code window in a browser without a screen (`HEADED=1` shows it). */
export class Window {
  /** The errors that the window has logged so far. */
  readonly errors: string[] = [];
  /** The exit code of the tests. */
  readonly exitCode: Promise<number>;
  /** The input for commands, lists and the wizard's questions. */
  readonly quickInput: Locator;
  #tellExitCode: (code: number) => void = () => undefined;

  private constructor(
    readonly page: Page,
    private readonly browser: Browser,
  ) {
    this.exitCode = new Promise((resolve) => (this.#tellExitCode = resolve));
    this.quickInput = page.locator('.quick-input-widget:visible');
    page.setDefaultTimeout(30_000);
    page.on('pageerror', (error) => this.errors.push(error.message));
    page.on('console', (message) => {
      if (message.type() === 'error') this.errors.push(message.text());
    });
    const end = () => {
      this.#tellExitCode(1);
    };
    page.on('close', end).on('crash', end);
  }

  /** Opens a window on `server`; resolves when its workbench has loaded. */
  static async open(server: Server, options: WindowOptions = {}): Promise<Window> {
    const browser = await chromium.launch({
      executablePath: await findBrowser(),
      headless: isHeadless(),
      // Users see scroll bars in the window, and drag them.
      ignoreDefaultArgs: ['--hide-scrollbars'],
      // The browser ends with this process, which has its own handlers.
      handleSIGINT: false,
      handleSIGTERM: false,
      handleSIGHUP: false,
      args: [
        '--disable-gpu',
        '--disable-quic',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
        '--no-first-run',
      ],
    });
    try {
      const page = await browser.newPage({
        viewport: options.size ?? { width: 1280, height: 800 },
        deviceScaleFactor: options.scale ?? 1,
        // Movement takes a tenth of the CPU time of the tests, which wait for where it ends.
        reducedMotion: 'reduce',
      });
      const window = new Window(page, browser);
      await page.exposeFunction('codeAutomationLog', (_type: string, args: unknown[]) => {
        options.onLog?.(args.map(String).join(' '));
      });
      await page.exposeFunction('codeAutomationExit', (code: number) => {
        window.#tellExitCode(code);
      });
      await page.goto(address(server, options));
      await page.locator('.monaco-workbench').waitFor({ timeout: 60_000 });
      return window;
    } catch (error) {
      await browser.close();
      throw error;
    }
  }

  /** Runs a command by its title in the command palette, as in `Kafka: Add Cluster...`. */
  async runCommand(title: string): Promise<void> {
    const palette = this.quickInput.getByPlaceholder(/^Type the name of a command/);
    await until(async () => {
      await this.page.keyboard.press('F1');
      // A question that is still open would get the text of a palette that is not there yet, and the
      // palette closes if VS Code only now gives the focus back to where a question has taken it.
      return palette.fill(`>${title}`, { timeout: 3_000 }).then(
        () => true,
        () => false,
      );
    });
    await this.pick(title);
  }

  /** Changes the colors of the window, given the name of a theme such as `Dark Modern`. */
  async chooseTheme(name: string): Promise<void> {
    await this.runCommand('Preferences: Color Theme');
    await this.quickInput.getByPlaceholder(/Color Theme/).fill(name);
    await this.pick(name);
    await this.quickInput.waitFor({ state: 'hidden' });
  }

  /** Clicks the entry of the open list whose label is `label`. */
  async pick(label: string): Promise<void> {
    await this.quickInput
      .locator('.quick-input-list-entry')
      .filter({ has: this.page.getByText(label, { exact: true }) })
      .first()
      .click();
  }

  /** Types into the open question, replacing its text, and accepts. */
  async answer(text: string): Promise<void> {
    await this.quickInput.locator('input').fill(text);
    await this.page.keyboard.press('Enter');
  }

  /** Returns the notification that contains `text`, once it appears. */
  async notification(text: string | RegExp): Promise<Locator> {
    const found = this.page.locator('.notification-list-item').filter({ hasText: text }).first();
    await found.waitFor();
    return found;
  }

  /**
   * Waits until the window tells an outcome that contains `text`: good ones in the status bar, and
   * trouble in a notification.
   */
  async told(text: string | RegExp): Promise<Told> {
    const toast = this.page.locator('.notification-list-item').filter({ hasText: text });
    const result = this.page.locator('[id$="kafkaRest.result"]').and(this.page.getByLabel(text));
    const locator = toast.or(result).first();
    await locator.waitFor();
    const words = (await locator.getAttribute('aria-label')) ?? (await locator.innerText());
    const isResult = (await result.count()) > 0;
    return {
      locator,
      words,
      choose: async (title) => {
        if (!isResult) {
          await toast.getByText(title).click();
          return;
        }
        await result.click();
        if (words.includes(', ', words.indexOf(' Next: ') + 1)) await this.pick(title);
      },
    };
  }

  /** Opens the context menu of `target` and runs the entry of this name. */
  async chooseFromMenu(target: Locator, name: string | RegExp): Promise<void> {
    const item = this.page.getByRole('menuitem', { name });
    await until(async () => {
      await target.click({ button: 'right' });
      // A row that is just drawn anew, as when its sizes arrive, opens no menu. A person clicks
      // again.
      return item.waitFor({ timeout: 3_000 }).then(
        () => true,
        () => false,
      );
    });
    // A menu ignores a click that follows too soon on the one that opened it, but not a key.
    await item.hover();
    await this.page.keyboard.press('Enter');
  }

  /** The row of a tree whose text contains `text`. */
  treeItem(text: string | RegExp): Locator {
    return this.page.getByRole('treeitem').filter({ hasText: text }).first();
  }

  /** Saves a screenshot of the whole window as PNG. */
  async screenshot(file: string): Promise<void> {
    await this.page.screenshot({ path: file, animations: 'disabled', caret: 'hide' });
  }

  /** Closes the window and its browser. */
  async close(): Promise<void> {
    await this.browser.close();
  }
}

function address(server: Server, options: WindowOptions): string {
  const url = new URL(
    options.folder === undefined ? `${server.url}/?ew=true` : server.addressOf(options.folder),
  );
  const remote = (file: string) => `vscode-remote://${url.host}${uriPath(file)}`;
  const payload = [
    ['skipWelcome', 'true'],
    ...(options.logLevel === undefined ? [] : [['logLevel', options.logLevel]]),
    ...(options.extension === undefined
      ? []
      : [['extensionDevelopmentPath', remote(options.extension)]]),
    ...(options.tests === undefined ? [] : [['extensionTestsPath', remote(options.tests)]]),
  ];
  url.searchParams.set('payload', JSON.stringify(payload));
  return url.href;
}
