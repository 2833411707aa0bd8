import type { ToHost, ToWebview } from '../viewer/protocol';

const host = acquireVsCodeApi();

function tell(message: ToHost): void {
  host.postMessage(message);
}

window.addEventListener('message', ({ data }: MessageEvent<ToWebview>) => {
  document.title = data.type;
});
tell({ type: 'ready' });
