import assert from 'node:assert/strict';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { root } from '../../support/host/processes';
import { startServer } from '../../support/host/server';
import { Window } from '../../support/host/window';

describe('In Restricted Mode', () => {
  const scratch = mkdtempSync(path.join(tmpdir(), 'kafka-rest-restricted-'));

  after(() => {
    rmSync(scratch, { recursive: true, force: true });
  });

  it('a workspace has nothing sent, wherever its files point', async () => {
    const workspace = path.join(scratch, 'workspace');
    const report = path.join(scratch, 'report.txt');
    mkdirSync(workspace);
    const server = await startServer({
      testDriver: true,
      workspaceTrust: true,
      settings: { 'security.workspace.trust.startupPrompt': 'never' },
      env: {
        MOCHA_FOLDER: path.join(root, 'out/test/promises/canary/restrictedHost'),
        MOCHA_OUTPUT: report,
      },
    });
    const window = await Window.open(server, {
      folder: workspace,
      extension: root,
      tests: path.join(root, 'out/test/integration/index.js'),
    });
    const code = await window.exitCode;
    await window.close();
    await server.stop();
    const told = existsSync(report) ? readFileSync(report, 'utf8') : 'It broke off.';
    assert.ok(code === 0 && told.includes('3 passing'), told);
  });
});
