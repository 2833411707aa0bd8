/**
 * Runs in the page before the webview: what VS Code gives a webview. A bundle of its own, for what
 * tsx makes of functions cannot be sent into a page.
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

/** The number of the first row in sight, from 0 on. */
function topRow(): number {
  const head = document.querySelector('.head')?.getBoundingClientRect().bottom ?? 0;
  const rows = [...document.querySelectorAll('.rows > [aria-rowindex]')];
  const top = rows.find((row) => row.getBoundingClientRect().bottom > head + 1);
  return Number(top?.getAttribute('aria-rowindex')) - 2;
}

const keys: string[] = [];

window.addEventListener('keydown', ({ key }) => keys.push(key));

const heard: string[] = [];

function listenToStatus(): void {
  const status = document.querySelector('[role="status"]');
  if (!status) return;
  new MutationObserver(() => heard.push(status.textContent)).observe(status, {
    childList: true,
    characterData: true,
    subtree: true,
  });
}

/** The accessible name of the element with the focus, as far as attributes and text give it. */
function focusedName(): string {
  let focused = document.activeElement;
  while (focused?.shadowRoot?.activeElement) focused = focused.shadowRoot.activeElement;
  if (!focused || focused === document.body) return '';
  return focused.getAttribute('aria-label') ?? focused.textContent;
}

/** Scrolls the table by so many pixels a frame. Returns milliseconds between the frames. */
async function measureScroll(step: number): Promise<{ median: number; worst: number }> {
  const grid = document.querySelector('.grid');
  const nextFrame = () => new Promise<number>((resolve) => requestAnimationFrame(resolve));
  const times: number[] = [];
  let before = await nextFrame();
  for (let frame = 0; frame < 45; frame++) {
    if (grid) grid.scrollTop = (grid.scrollTop + step) % (grid.scrollHeight - 1000);
    const now = await nextFrame();
    times.push(now - before);
    before = now;
  }
  times.sort((a, b) => a - b);
  const at = (share: number) => times[Math.floor(times.length * share)] ?? NaN;
  return { median: at(0.5), worst: at(0.95) };
}

let longest = 0;
new PerformanceObserver((list) => {
  for (const { duration } of list.getEntries()) longest = Math.max(longest, duration);
}).observe({ type: 'longtask' });

const tools = { applyTheme, focusedName, listenToStatus, measureScroll, topRow };
for (const [name, tool] of Object.entries(tools)) Reflect.set(window, name, tool);
Reflect.set(window, 'heardStatus', () => heard);
Reflect.set(window, 'heardKeys', () => keys);
Reflect.set(window, 'longestTask', () => longest);
// The body is there before the first script in it runs.
new MutationObserver((_, observer) => {
  if (!document.querySelector('body')) return;
  observer.disconnect();
  call('applyTheme', JSON.parse(document.getElementById('theme')?.textContent ?? ''));
}).observe(document, { childList: true, subtree: true });
