import assert from 'node:assert/strict';
import { Uri } from 'vscode';
import { openReader } from '../../../../src/core/read/reader';
import { exportLayout } from '../../../../src/transfer/export/exportFormats';
import { writeExport } from '../../../../src/ui/transfer/export/exportTarget';
import { toSourceFile } from '../../../../src/ui/transfer/layout/sourceFile';
import { openBeside } from '../../../../src/ui/transfer/runs/openBeside';
import { virtualFiles } from '../../faults/vscode';
import { type Operation, tell } from '../../faults/operations/operation';

const RECORDS = 40;
const values = Array.from({ length: RECORDS }, (_, n) => `${n}: ${'x'.repeat(20)}`);

const folderOf = (topic: string): Uri => Uri.file(`/${topic}`).with({ scheme: 'memfs' });

function textOf(uri: Uri): string | undefined {
  const bytes = virtualFiles.get(uri.toString());
  return bytes && Buffer.from(bytes).toString('utf8');
}

/** A file of a virtual workspace that is said to be written is whole; otherwise there is none. */
export const exportedThere: Operation = {
  name: 'export to a virtual workspace',
  strikes: 'consume',
  from: 1,
  run: async (cell) => {
    const { proxy, topic, signal, emulator } = cell;
    emulator.append(
      topic,
      values.map((value) => ({ value, partition: 0 })),
    );
    const file = Uri.joinPath(folderOf(topic), 'export.jsonl');
    const told = await tell(cell, 'export the messages', async () => {
      const reader = await openReader(proxy, { topic, from: { at: 'earliest' } }, { signal });
      await writeExport(reader, file, exportLayout('jsonl', topic), signal);
    });
    return {
      ...told,
      verify: () => {
        const text = textOf(file);
        if (told.outcome !== 'ok') assert.equal(text, undefined);
        else assert.equal(text?.split('\n').filter(Boolean).length, RECORDS);
        virtualFiles.delete(file.toString());
      },
    };
  },
};

/** Each line is in the log or in the file of what can be sent again, and nothing is overwritten. */
export const producedThere: Operation = {
  name: 'produce a file of a virtual workspace',
  strikes: 'produce',
  from: 1,
  run: async (cell) => {
    const { proxy, topic, signal } = cell;
    const folder = folderOf(topic);
    const [file, former, rest] = ['a.jsonl', 'a.rest.jsonl', 'a.rest-2.jsonl'].map((name) =>
      Uri.joinPath(folder, name),
    );
    assert.ok(file && former && rest);
    // The last but one cannot be sent.
    const lines = values.map((value, n) =>
      n === RECORDS - 2 ? '{"value":{},"partition":9}' : JSON.stringify({ value, partition: 0 }),
    );
    virtualFiles.set(file.toString(), Buffer.from(lines.map((line) => `${line}\n`).join('')));
    virtualFiles.set(former.toString(), Buffer.from('former'));
    let accepted = 0;
    let hasRest = false;
    let unclear = 0;
    const told = await tell(cell, 'produce the file', async () => {
      const source = await toSourceFile(file);
      const options = {
        ...{ topic, partitions: [0, 1], signal, onBad: 'stop' as const, requests: 1 },
        ...{ retryBudgetMs: 500, pauseMs: 20, graceMs: 40 },
      };
      const { run } = await openBeside(proxy, source, { format: 'jsonl' }, options);
      const report = await run();
      ({ accepted, unclear } = report);
      hasRest = report.files.rest !== undefined;
      if (report.end.kind === 'proxy') throw report.end.error;
    });
    return {
      ...told,
      verify: () => {
        assert.equal(textOf(former), 'former');
        const logged = cell.logged();
        assert.ok([...logged.values()].every((times) => times === 1));
        assert.ok(logged.size >= accepted && logged.size <= accepted + unclear);
        const kept = textOf(rest);
        assert.equal(kept !== undefined, hasRest);
        if (hasRest) {
          assert.equal(kept?.split('\n').filter(Boolean).length, RECORDS - accepted - unclear);
        }
        for (const uri of [file, former, rest]) virtualFiles.delete(uri.toString());
      },
    };
  },
};
