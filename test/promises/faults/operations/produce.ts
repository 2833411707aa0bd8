import assert from 'node:assert/strict';
import { readFile, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Uri } from 'vscode';
import { produceAll } from '../../../../src/core/produce/produceAll';
import { describeOutcome } from '../../../../src/ui/produce/produceOutcome';
import { summarize } from '../../../../src/ui/transfer/runs/bulkOutcome';
import { openBeside } from '../../../../src/ui/transfer/runs/openBeside';
import { describeLine } from '../../../../src/ui/transfer/layout/importProblem';
import { toSourceFile } from '../../../../src/ui/transfer/layout/sourceFile';
import { checkedFor } from '../../../support/checked';
import { type Cell, TIMEOUTS } from '../cell';
import { type Operation, tell, type Told } from './operation';

type Fate = 'accepted' | 'failed' | 'unclear';

/** Compares record by record what was told with what is in the log. */
function verifyFates(cell: Cell, fates: ReadonlyMap<string, Fate>): void {
  const logged = cell.logged();
  const wrong = [...fates].filter(([value, fate]) => {
    const times = logged.get(value) ?? 0;
    return fate === 'unclear' ? times > 1 : times !== (fate === 'accepted' ? 1 : 0);
  });
  assert.deepEqual(wrong, [], 'records whose fate was not told truly');
  assert.ok([...logged.keys()].every((value) => fates.has(value)));
}

/** Two calls to the proxy, the second of which is struck. */
export const produce: Operation = {
  name: 'produce',
  strikes: 'produce',
  from: 2,
  run: async (cell) => {
    const values = Array.from({ length: 1200 }, (_, n) => `${cell.topic}: ${n} ${'x'.repeat(50)}`);
    const records = values.map((value) => ({ value }));
    const checked = checkedFor(cell.proxy, records);
    const outcome = await produceAll(cell.proxy, cell.topic, checked, { signal: cell.signal });
    const { accepted, refused, unclear, unsent, error, aborted } = outcome;
    if (error) cell.errors.push(error);
    const fates = new Map<string, Fate>();
    const add = (fate: Fate, { ranges }: typeof accepted): void => {
      for (const { start, end } of ranges) {
        for (const value of values.slice(start, end)) fates.set(value, fate);
      }
    };
    add('accepted', accepted);
    add('failed', refused);
    add('failed', unsent);
    add('unclear', unclear);
    assert.equal(fates.size, values.length);
    const failure = unclear.count > 0 ? 'unclear' : (error?.kind ?? 'refused');
    const done = accepted.count === values.length;
    const to = { cluster: 'contoso', topic: cell.topic };
    return {
      outcome: done ? 'ok' : aborted ? 'cancelled' : failure,
      message: done ? '' : describeOutcome(outcome, to, records).text,
      verify: () => {
        verifyFates(cell, fates);
      },
    };
  },
};

/** Each line of the source is in the log, in `.rest` or in `.unclear`: in exactly one of them. */
export const bulk: Operation = {
  name: 'bulk produce',
  strikes: 'produce',
  from: 2,
  run: async (cell) => {
    const { signal, topic, folder } = cell;
    const name = 'source.jsonl';
    const values = Array.from({ length: 2200 }, (_, n) => `${topic}: ${n} ${'x'.repeat(50)}`);
    const path = (file: string): string => join(folder, file);
    await writeFile(path(name), values.map((value) => `${JSON.stringify({ value })}\n`).join(''));
    let told: Omit<Told, 'verify'> | undefined;
    let accepted: number | undefined;
    const prepared = await tell(cell, 'produce the file', async () => {
      const partitions = (await cell.proxy.partitions(topic, { signal })).map(({ id }) => id);
      const options = {
        topic,
        partitions,
        signal,
        onBad: 'stop' as const,
        requests: 2,
        retryBudgetMs: TIMEOUTS.patience,
        pauseMs: 20,
        graceMs: TIMEOUTS.grace,
      };
      const source = await toSourceFile(Uri.file(path(name)));
      const { run } = await openBeside(cell.proxy, source, { format: 'jsonl' }, options);
      const report = await run();
      const { end, files } = report;
      cell.errors.push(report);
      accepted = report.accepted;
      const summary = summarize({
        source: name,
        cluster: 'cell',
        topic,
        headline: `Produced ${report.accepted} messages from ${name} to ${topic}.`,
        report,
        files,
        describe: describeLine,
        place: ({ line }) => `line ${line}`,
      });
      const outcomes = {
        done: 'ok',
        item: 'refused',
        source: 'source',
        encoding: 'encoding',
        keep: 'keep',
      } as const;
      const outcome =
        end.kind === 'proxy'
          ? end.error.kind
          : end.kind === 'unclear' || end.kind === 'cancelled'
            ? end.kind
            : outcomes[end.kind === 'done' && report.keepError !== undefined ? 'keep' : end.kind];
      told = { outcome, message: outcome === 'ok' ? '' : summary.text };
    });
    const verify = async (): Promise<void> => {
      const lines = async (kind: string): Promise<readonly string[]> => {
        const text = await readFile(path(`source.${kind}.jsonl`), 'utf8').catch(() => '');
        return text
          .split('\n')
          .filter(Boolean)
          .map((line) => (JSON.parse(line) as { value: string }).value);
      };
      const [rest, unclear] = [await lines('rest'), await lines('unclear')];
      const nothingSent = accepted === undefined || accepted + unclear.length === 0;
      const fates = new Map<string, Fate>(
        values.map((value) => [value, nothingSent ? 'failed' : 'accepted']),
      );
      for (const value of rest) fates.set(value, 'failed');
      for (const value of unclear) fates.set(value, 'unclear');
      assert.equal(new Set([...rest, ...unclear]).size, rest.length + unclear.length);
      assert.equal(fates.size, values.length);
      const count = [...fates.values()].filter((fate) => fate === 'accepted').length;
      assert.equal(count, accepted ?? 0, 'as many as were said to be accepted');
      verifyFates(cell, fates);
      const expected = [name, ...['rest', 'unclear'].map((kind) => `source.${kind}.jsonl`)];
      const files = await readdir(folder);
      assert.deepEqual(
        files.filter((file) => !expected.includes(file)),
        [],
      );
    };
    return { ...(told ?? prepared), verify };
  },
};
