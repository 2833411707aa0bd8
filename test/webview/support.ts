import assert from 'node:assert/strict';
import type { Browser } from 'playwright-core';
import { openBrowser, ViewerPage, type ViewerPageOptions } from './viewerPage';

/**
 * A browser for the tests of a suite. Returns how a viewer is opened in it; after each test the
 * viewers are closed, and nothing may have gone wrong in them.
 */
export function useViewers(): (options?: ViewerPageOptions) => Promise<ViewerPage> {
  let browser: Browser;
  const open: ViewerPage[] = [];
  before(async () => {
    browser = await openBrowser();
  });
  afterEach(async () => {
    const errors = open.flatMap((viewer) => viewer.errors);
    await Promise.all(open.splice(0).map((viewer) => viewer.close()));
    assert.deepEqual(errors, []);
  });
  after(() => browser.close());
  return async (options = {}) => {
    const viewer = await ViewerPage.open(browser, options);
    open.push(viewer);
    return viewer;
  };
}

/** The offset that a row shows, once it has come. */
export async function offsetIn(viewer: ViewerPage, index: number): Promise<string> {
  const cell = viewer.row(index).locator('.offset');
  await viewer.row(index).and(viewer.page.locator(':not([aria-busy])')).waitFor();
  return (await cell.textContent()) ?? '';
}
