/**
 * Runs in the page before the webview: what VS Code gives a webview. A bundle of its own, for what tsx
 * makes of functions cannot be sent into a page.
 */
interface ThemeData {
  readonly body: string;
  readonly variables: Readonly<Record<string, string>>;
}

function call(name: string, value: unknown): void {
  const exposed: unknown = Reflect.get(window, name);
  if (typeof exposed === 'function') Reflect.apply(exposed, window, [value]);
}

document.addEventListener('securitypolicyviolation', (event) => {
  call('refused', `${event.violatedDirective} ${event.blockedURI} ${event.sample}`);
});

Reflect.set(window, 'acquireVsCodeApi', () => ({
  postMessage: (message: unknown) => {
    call('tellHost', message);
  },
  setState: (state: unknown) => {
    call('saveState', state);
  },
  getState: (): unknown => {
    const text = document.getElementById('saved')?.textContent ?? 'null';
    return JSON.parse(text) ?? undefined;
  },
}));

/** Sets a theme as VS Code does. */
function applyTheme({ body, variables }: ThemeData): void {
  const { style } = document.documentElement;
  for (const name of [...style]) if (name.startsWith('--vscode')) style.removeProperty(name);
  for (const [name, value] of Object.entries(variables)) {
    style.setProperty(`--vscode-${name}`, value);
  }
  document.body.className = body;
}

Reflect.set(window, 'applyTheme', applyTheme);
// The body is there before the first script in it runs.
new MutationObserver((_, observer) => {
  if (!document.querySelector('body')) return;
  observer.disconnect();
  call('applyTheme', JSON.parse(document.getElementById('theme')?.textContent ?? ''));
}).observe(document, { childList: true, subtree: true });
