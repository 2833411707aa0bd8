import type { ToHost, ToWebview } from '../viewer/protocol';
import { readSavedView, type SavedView } from './lib/savedView';
import { parseToWebview } from './toWebview';

/** The minimum number of milliseconds between two saves. */
const SAVE_EVERY = 200;

/** The extension host, as the webview knows it. */
export class Host {
  readonly #api = acquireVsCodeApi();
  #timer: ReturnType<typeof setTimeout> | undefined;

  tell(message: ToHost): void {
    this.#api.postMessage(message);
  }

  /** Calls back with every message that comes from the host. */
  listen(take: (message: ToWebview) => void): void {
    window.addEventListener('message', ({ data }: MessageEvent<unknown>) => {
      const message = parseToWebview(data);
      if (message) take(message);
    });
  }

  /** The state that the previous webview saved. */
  get saved(): SavedView | undefined {
    return readSavedView(this.#api.getState());
  }

  /** Saves what `view` returns for the next webview: after a delay, or at once with `now`. */
  save(view: () => SavedView & { readonly definition: string }, now = false): void {
    if (now) {
      clearTimeout(this.#timer);
      this.#timer = undefined;
      this.#api.setState(view());
      return;
    }
    this.#timer ??= setTimeout(() => {
      this.save(view, true);
    }, SAVE_EVERY);
  }
}
