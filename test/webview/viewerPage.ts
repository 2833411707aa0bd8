import { readFileSync } from 'node:fs';
import path from 'node:path';
import { build } from 'esbuild';
import { type Browser, chromium, type Locator, type Page } from 'playwright-core';
import { parseToHost } from '../../src/viewer/session/toHost';
import type { ToWebview } from '../../src/viewer/protocol';
import { strings } from '../../src/viewer/strings';
import { findBrowser, isHeadless } from '../support/host/browser';
import { root } from '../support/host/processes';
import { FakeHost } from './fakeHost';
import { fonts, type Theme, themes } from './themes';

const ORIGIN = 'http://viewer.test';
const NONCE = 'dGVzdA==';

/** As strict as the page that the extension serves. */
const POLICY = [
  "default-src 'none'",
  `script-src 'nonce-${NONCE}'`,
  `style-src ${ORIGIN}`,
  `img-src ${ORIGIN}`,
  `font-src ${ORIGIN}`,
].join('; ');

export interface ViewerPageOptions {
  readonly held?: number;
  readonly theme?: Theme;
  readonly width?: number;
  readonly height?: number;
  /** What `getState` returns. */
  readonly saved?: unknown;
  /** Changes the host before the webview is there. */
  readonly prepare?: (host: FakeHost) => void;
}

interface Bundle {
  readonly script: string;
  readonly style: string;
  readonly inPage: string;
}

let bundle: Promise<Bundle> | undefined;

/** The webview as it ships: minified. */
export function bundled(): Promise<Bundle> {
  bundle ??= build({
    entryPoints: {
      webview: path.join(root, 'src/webview/main.ts'),
      inPage: path.join(root, 'test/webview/inPage.ts'),
    },
    outdir: 'dist',
    bundle: true,
    minify: true,
    write: false,
    format: 'iife',
    platform: 'browser',
    target: 'chrome138',
    legalComments: 'none',
  }).then(({ outputFiles }) => {
    const text = (name: string) =>
      outputFiles.find((file) => path.basename(file.path) === name)?.text ?? '';
    return { script: text('webview.js'), style: text('webview.css'), inPage: text('inPage.js') };
  });
  return bundle;
}

export async function openBrowser(): Promise<Browser> {
  return chromium.launch({
    executablePath: await findBrowser(),
    headless: isHeadless(),
    args: ['--disable-gpu', '--disable-background-networking', '--no-first-run'],
  });
}

/** A webview in a page of its own, with a host that is played. */
export class ViewerPage {
  /** What went wrong in the page: errors, and what its policy refused. */
  readonly errors: string[] = [];
  saved: unknown;
  #theme: Theme = 'dark';
  readonly grid: Locator;
  readonly filter: Locator;

  private constructor(
    readonly page: Page,
    readonly host: FakeHost,
  ) {
    this.grid = page.getByRole('grid');
    this.filter = page.getByLabel('Filter', { exact: true });
  }

  static async open(browser: Browser, options: ViewerPageOptions = {}): Promise<ViewerPage> {
    const context = browser.contexts()[0] ?? (await browser.newContext());
    const page = await context.newPage();
    const { width = 1200, height = 760 } = options;
    await page.setViewportSize({ width, height });
    page.setDefaultTimeout(5000);
    const send = (message: ToWebview) => {
      void page
        .evaluate((data) => {
          window.postMessage(data, '*');
        }, message)
        .catch(() => undefined);
    };
    const host = new FakeHost(options.held ?? 1_000_000, send);
    options.prepare?.(host);
    const viewer = new ViewerPage(page, host);
    viewer.saved = options.saved;
    viewer.#theme = options.theme ?? 'dark';
    await viewer.#serve();
    await page.goto(ORIGIN);
    await page.locator('.status-word:not(:empty)').waitFor();
    return viewer;
  }

  /** Hides the webview and shows it again, which builds it anew. */
  async rebuild(): Promise<void> {
    await this.page.reload();
    await this.page.locator('.status-word:not(:empty)').waitFor();
  }

  async setTheme(theme: Theme): Promise<void> {
    this.#theme = theme;
    await this.page.evaluate((data) => {
      const apply: unknown = Reflect.get(window, 'applyTheme');
      if (typeof apply === 'function') Reflect.apply(apply, window, [data]);
    }, themeData(theme));
  }

  /** The row that shows this message, by its number in the table from 0 on. */
  row(index: number): Locator {
    return this.page.locator(`.rows > [aria-rowindex="${index + 2}"]`);
  }

  async screenshot(name: string): Promise<void> {
    await this.page.screenshot({ path: name, animations: 'disabled', caret: 'hide' });
  }

  close(): Promise<void> {
    return this.page.close();
  }

  async #serve(): Promise<void> {
    const { page, host } = this;
    page.on('pageerror', (error) => this.errors.push(error.message));
    page.on('console', (message) => {
      if (message.type() === 'error') this.errors.push(message.text());
    });
    await page.exposeFunction('tellHost', (message: unknown) => {
      const parsed = parseToHost(message);
      if (parsed) host.hear(parsed);
      else this.errors.push(`Not of the protocol: ${JSON.stringify(message)}`);
    });
    await page.exposeFunction('saveState', (state: unknown) => {
      this.saved = state;
    });
    await page.exposeFunction('refused', (what: string) => this.errors.push(`Refused: ${what}`));
    const { script, style, inPage } = await bundled();
    await page.route(`${ORIGIN}/**`, async (route) => {
      const name = new URL(route.request().url()).pathname;
      if (name === '/webview.js')
        await route.fulfill({ body: script, contentType: 'text/javascript' });
      else if (name === '/webview.css')
        await route.fulfill({ body: style, contentType: 'text/css' });
      else if (name === '/') {
        await route.fulfill({ body: this.#html(), contentType: 'text/html' });
      } else await route.fulfill({ status: 404 });
    });
    await page.addInitScript({ content: inPage });
  }

  #html(): string {
    const words = JSON.stringify(strings).replaceAll('<', '\\u003c');
    const saved = JSON.stringify(this.saved ?? null).replaceAll('<', '\\u003c');
    const theme = JSON.stringify(themeData(this.#theme));
    return `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${POLICY}">
<title>Viewer</title>
<link rel="stylesheet" href="${ORIGIN}/webview.css">
<script type="application/json" id="strings" nonce="${NONCE}">${words}</script>
<script type="application/json" id="saved" nonce="${NONCE}">${saved}</script>
<script type="application/json" id="theme" nonce="${NONCE}">${theme}</script>
</head>
<body><script nonce="${NONCE}" src="${ORIGIN}/webview.js"></script></body>
</html>`;
  }
}

const { contributes } = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8')) as {
  readonly contributes: {
    readonly colors: readonly {
      readonly id: string;
      readonly defaults: Readonly<Record<(typeof themes)[Theme]['kind'], string>>;
    }[];
  };
};

interface ThemeData {
  readonly body: string;
  readonly variables: Readonly<Record<string, string>>;
}

function themeData(theme: Theme): ThemeData {
  const { body, colors, kind } = themes[theme];
  const own = contributes.colors.map(({ id, defaults }): [string, string] => [
    id.replace('.', '-'),
    defaults[kind],
  ]);
  return { body, variables: { ...colors, ...Object.fromEntries(own), ...fonts } };
}
