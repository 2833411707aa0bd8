import type { FrameLocator } from 'playwright-core';
import type { Journey } from './support';

/** The page of the viewer, or of another webview, in the active tab. */
export function viewerOf({ window }: Journey): FrameLocator {
  return window.page.frameLocator('iframe.webview.ready').frameLocator('#active-frame');
}
