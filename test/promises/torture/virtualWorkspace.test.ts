import assert from 'node:assert/strict';
import { mock } from 'node:test';
import { Uri } from 'vscode';
import { exportLayout } from '../../../src/transfer/export/exportFormats';
import { writeExport } from '../../../src/ui/transfer/export/exportTarget';
import { virtualFolder } from '../../../src/ui/transfer/layout/sourceFile';
import { UserError } from '../../../src/ui/words/report';
import { virtualFiles, workspace } from '../faults/vscode';

const unavailable = Object.assign(new Error('Unavailable'), { code: 'Unavailable' });
const folder = Uri.file('/folder').with({ scheme: 'memfs' });
const file = Uri.joinPath(folder, 'a.rest.jsonl');

describe('a virtual workspace that fails', () => {
  const fail = (name: 'stat' | 'writeFile') => {
    mock.method(workspace.fs, name, () => Promise.reject(unavailable));
  };

  afterEach(() => {
    mock.restoreAll();
    virtualFiles.clear();
  });

  it('has nothing overwritten', async () => {
    virtualFiles.set(file.toString(), Buffer.from('former'));
    fail('stat');
    await assert.rejects(virtualFolder(folder).create('a.rest.jsonl'), unavailable);
    assert.equal(String(virtualFiles.get(file.toString())), 'former');
  });

  it('does not keep an empty file in place of what was to be kept', async () => {
    const opened = await virtualFolder(folder).create('a.rest.jsonl');
    await opened.append(Buffer.from('text'));
    fail('writeFile');
    await assert.rejects(opened.close(), unavailable);
    assert.equal(virtualFiles.size, 0);
  });

  it('is told with a next step by an export', async () => {
    fail('writeFile');
    const record = { partition: 0, offset: 0n, key: null, value: 'x' };
    // eslint-disable-next-line @typescript-eslint/require-await
    async function* batches() {
      yield [record];
    }
    const { signal } = new AbortController();
    await assert.rejects(
      writeExport(batches(), file, exportLayout('jsonl', 'orders'), signal),
      (error) => error instanceof UserError && error.reason.includes('(Unavailable)'),
    );
  });
});
