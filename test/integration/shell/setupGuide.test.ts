import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import * as vscode from 'vscode';
import { setupSteps } from '../../../src/ui/base/setupGuide';
import { setupStepTitle } from '../../../src/ui/words/setupSteps';
import { Person } from '../../promises/canary/host/person';
import { connect, disconnect, run, until } from '../support';

const guides = () =>
  vscode.window.tabGroups.all
    .flatMap(({ tabs }) => tabs)
    .filter(
      ({ input, label }) =>
        input instanceof vscode.TabInputWebview &&
        input.viewType.endsWith('markdown.preview') &&
        label.includes('azure-setup.md'),
    );

describe('The set-up guide', () => {
  afterEach(async () => {
    await vscode.window.tabGroups.close(guides());
  });

  it('opens at its beginning, at a step, and for an argument that is no step', async () => {
    for (const step of [undefined, 'open-the-ports', { step: 'open-the-ports' }]) {
      assert.deepEqual(await run('openSetupGuide', step), []);
      await until(() => guides().length === 1, 'the guide is open');
    }
  });

  it('has the steps under the headings that the links name', () => {
    const extension = vscode.extensions.getExtension('kafka-rest-explorer.kafka-rest-explorer');
    const file = path.join(extension?.extensionPath ?? '', 'docs/azure-setup.md');
    const headings = readFileSync(file, 'utf8').split('\n');
    assert.deepEqual(
      setupSteps.map(setupStepTitle).filter((title) => !headings.includes(`## ${title}`)),
      [],
    );
  });

  it('is a step away from a connection test that fails, and keeps what was entered', async () => {
    const name = 'strangers';
    const emulator = await connect(name);
    const person = new Person();
    try {
      await run('replaceSecret', { cluster: name }, { showInputBox: 'not the secret' });
      const said = await person.run(
        'editCluster',
        { cluster: name },
        {
          wizard: [
            [/to be changed/, 'Name'],
            [/A name for/, 'acquaintances'],
            [/to be changed/, 'Test the connection and save'],
            [/not work yet/, 'Open setup guide: Give it a secret'],
          ],
        },
      );
      await until(() => guides().length === 1, 'the guide is open');
      assert.match(said.join(), /What you have entered is kept.*Continue with acquaintances/);
      await person.run(
        'editCluster',
        { cluster: name },
        {
          wizard: [
            [/You have begun/, 'Continue with acquaintances'],
            [/to be changed/, 'Test the connection and save'],
            [/not work yet/, 'Save all the same'],
          ],
        },
      );
    } finally {
      person.leave();
      await disconnect('acquaintances', emulator);
    }
  });
});
