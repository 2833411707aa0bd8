import assert from 'node:assert/strict';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { exitOnSignals, root, vsix } from '../../support/host/processes';
import { type Server, startServer } from '../../support/host/server';
import { Window } from '../../support/host/window';
import type { Canaries } from './canaries';
import { Needles } from './needles';
import { contentsOf, filesIn, filesInZip, stateIn } from './places';
import type { Content } from './processes';

exitOnSignals();

/** The suites in `host`. */
const SUITES = ['operations', 'proxies', 'registry', 'schemas', 'ways'] as const;

const groups = [
  'the settings',
  'the logs, at level trace',
  'the other files of VS Code and its extensions',
  'the window',
  'the state of workspace and user, and all else that the browser stores',
  'exports, rest files and all of the workspace',
  'what VS Code prints',
] as const;

/** Parts of these groups, apart from what a person may have put there. */
const parts = ['the state of the user', 'the state of the workspace', 'temporary files'] as const;

type Place = (typeof groups)[number] | (typeof parts)[number];
type Places = Readonly<Record<Place, readonly Content[]>>;

/** Where nothing of a message may be. */
const WITHOUT_MESSAGES = [
  'the settings',
  'the logs, at level trace',
  'what VS Code prints',
  ...parts,
] as const;

/**
 * Every operation runs with secrets that are marked, in a VS Code that logs all it can; then they
 * are searched for. A served VS Code keeps its secret storage in the memory of the window, so
 * nothing at all is left out of the search.
 */
describe('Client secrets and tokens', () => {
  const scratch = mkdtempSync(path.join(tmpdir(), 'kafka-rest-canary-'));
  let canaries: readonly Canaries[];
  let places: Places;

  before(async () => {
    const workspace = path.join(scratch, 'workspace');
    const report = path.join(scratch, 'report.txt');
    const left = path.join(scratch, 'canaries');
    for (const folder of [workspace, left]) mkdirSync(folder);
    const server = await startServer({
      testDriver: true,
      env: {
        MOCHA_FOLDER: path.join(root, 'out/test/promises/canary/host'),
        MOCHA_OUTPUT: report,
        CANARIES: left,
      },
    });
    try {
      places = await operate(server, workspace);
    } finally {
      await server.stop();
    }
    canaries = SUITES.map((suite) => {
      const file = path.join(left, `${suite}.json`);
      assert.ok(
        existsSync(file),
        existsSync(report) ? readFileSync(report, 'utf8') : 'It broke off.',
      );
      return JSON.parse(readFileSync(file, 'utf8')) as Canaries;
    });
  });

  after(() => {
    rmSync(scratch, { recursive: true, force: true });
  });

  function assertClean(
    all: readonly Content[],
    texts = canaries.flatMap(({ secrets, tokens }) => [...secrets, ...tokens]),
  ): void {
    const needles = new Needles(texts);
    const findings = all.flatMap(({ place, content }) => needles.find(place, content) ?? []);
    assert.deepEqual(findings, []);
  }

  for (const group of groups) {
    it(`are not in ${group}`, () => {
      const all = places[group];
      assertClean(all);
      for (const { control } of canaries) {
        const known = new Needles([control]);
        const found = all.filter(({ content }) => known.in(content));
        assert.ok(found.length > 0, 'the search finds what is there');
      }
    });
  }

  for (const group of WITHOUT_MESSAGES) {
    it(`do not come with messages in ${group}`, () => {
      const all = places[group];
      assertClean(
        all,
        canaries.flatMap(({ bodies }) => bodies),
      );
      const controls = new Needles(canaries.map(({ control }) => control));
      assert.ok(
        all.some(({ content }) => controls.in(content)),
        'the search finds what is there',
      );
    });
  }

  for (const group of WITHOUT_MESSAGES.filter((each) => each !== 'the state of the workspace')) {
    it(`do not come with schemas in ${group}`, () => {
      assertClean(
        places[group],
        canaries.flatMap(({ schemas = [] }) => schemas),
      );
    });
  }

  it('come with the drafts of schemas in the state of the workspace', () => {
    const texts = new Needles(canaries.flatMap(({ schemas = [] }) => schemas));
    const found = places['the state of the workspace'].filter(({ content }) => texts.in(content));
    assert.ok(found.length > 0, 'the search finds what is there');
  });

  it('come with messages in what a person exports', () => {
    const bodies = new Needles(canaries.flatMap((each) => each.bodies));
    const found = places['exports, rest files and all of the workspace'].filter(({ content }) =>
      bodies.in(content),
    );
    assert.ok(found.length > 0, 'the search finds what is there');
  });

  it('are not in the package', () => {
    const files = filesInZip(vsix);
    assertClean(files);
    const known = new Needles(['microsoftonline']);
    const found = files.filter(({ content }) => known.in(content)).map(({ place }) => place);
    const isOurs = (place: string) => /^extension\/dist\/[^/]+\.js$/.test(place);
    assert.ok(found.some(isOurs), 'the search finds what is there');
  });
});

/** Has all operations done in a window, and takes down what they left, wherever it may be. */
async function operate(server: Server, workspace: string): Promise<Places> {
  const printed: string[] = [];
  const window = await Window.open(server, {
    folder: workspace,
    extension: root,
    tests: path.join(root, 'out/test/integration/index.js'),
    logLevel: 'trace',
    onLog: (line) => printed.push(line),
  });
  try {
    await window.exitCode;
    const { page } = window;
    const { shown, stored } = await contentsOf(page);
    // Leaving the page has VS Code save its state.
    await page.goto(server.addressOf(workspace));
    await page.locator('.monaco-workbench').waitFor();
    const later = await contentsOf(page);

    const files = filesIn(server.dataDir);
    const inBrowser = [...stored, ...later.stored];
    const stateOf = (whose: ReturnType<typeof stateIn>) =>
      inBrowser.filter(({ place }) => stateIn(place) === whose);
    const isLog = ({ place }: Content) => place.split(path.sep).includes('logs');
    const isSetting = ({ place }: Content) => path.basename(place) === 'settings.json';
    return {
      'the settings': files.filter(isSetting),
      'the logs, at level trace': [
        ...files.filter(isLog),
        ...inBrowser.filter(({ place }) => place.endsWith('logs-store')),
      ],
      'the other files of VS Code and its extensions': files.filter(
        (file) => !isLog(file) && !isSetting(file),
      ),
      'the window': shown,
      'the state of workspace and user, and all else that the browser stores': inBrowser,
      'the state of the user': stateOf('user'),
      'the state of the workspace': stateOf('workspace'),
      'temporary files': files.filter(({ place }) => place.split(path.sep)[0] === 'tmp'),
      'exports, rest files and all of the workspace': filesIn(workspace),
      'what VS Code prints': [
        { place: 'console', content: printed.join('\n') },
        { place: 'output', content: server.output() },
      ],
    };
  } finally {
    await window.close();
  }
}
