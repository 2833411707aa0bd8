import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { localFolder } from '../../../src/transfer/bulk/localFolder';
import type { NewFile } from '../../../src/transfer/bulk/restFiles';
import { type Emulator, startEmulator } from '../../../src/emulator/server';
import { makeCertificates } from '../../support/faults/certificates';
import type { World } from '../faults/cell';
import type { Operation, Told } from '../faults/operations/operation';
import { openSeams } from './seams/seams';
import { torture } from './torture';

const TEXT = 'a whole text';
const FULL = 'Could not write: the disk is full. Choose another one.';

/** All files, because one that stays open must not be collected as garbage. */
const opened: NewFile[] = [];

type Write = (file: NewFile) => Promise<Pick<Told, 'outcome' | 'message'>>;

const ok = { outcome: 'ok', message: '' };
const append = (file: NewFile): Promise<void> => file.append(Buffer.from(TEXT));

/** Writes a file, as code of the product might that has a mistake. */
function writing(write: Write): Operation {
  return {
    name: 'planted',
    strikes: 'other',
    from: 1,
    run: async ({ folder }) => {
      let file: NewFile;
      try {
        file = await localFolder(folder).create('planted');
        opened.push(file);
      } catch {
        return { outcome: 'refused', message: FULL, verify: () => undefined };
      }
      const told = await write(file);
      return {
        ...told,
        verify: async () => {
          const text = await readFile(join(folder, 'planted'), 'utf8');
          const fits = text === TEXT || (text === '' && told.outcome !== 'ok');
          assert.ok(fits, `what was written: ${text}`);
        },
      };
    },
  };
}

/** Sends once more what may have been processed. */
const doubling: Operation = {
  name: 'planted',
  strikes: 'produce',
  from: 1,
  run: async (cell) => {
    const { proxy, topic } = cell;
    const send = () => proxy.produce(topic, [{ value: 'once' }]);
    const [result] = await send();
    if (result?.status === 'unclear') await send();
    return {
      ...ok,
      verify: () => {
        assert.deepEqual([...cell.logged()], [['once', 1]], 'what the log holds');
      },
    };
  },
};

const planted: Readonly<Record<string, readonly [Operation, RegExp]>> = {
  nothing: [
    writing(async (file) => {
      try {
        await append(file);
        await file.close();
        return ok;
      } catch {
        await file.close().catch(() => undefined);
        return { outcome: 'refused', message: FULL };
      }
    }),
    /^$/,
  ],
  'an error that is swallowed': [
    writing(async (file) => {
      await append(file).catch(() => undefined);
      await file.close().catch(() => undefined);
      return ok;
    }),
    /^file 2, ENOSPC, appendFile in .*localFolder.*: ok: true: what was written/m,
  ],
  'a file that stays open': [
    writing(async (file) => {
      try {
        await append(file);
      } catch {
        return { outcome: 'refused', message: FULL };
      }
      await file.close().catch(() => undefined);
      return ok;
    }),
    /^file 2, ENOSPC, .*: refused: left: open: .*planted/m,
  ],
  'an operation that hangs': [
    writing(async (file) => {
      const failed = await append(file).catch(() => true);
      await file.close().catch(() => undefined);
      if (failed === true) await new Promise(() => undefined);
      return ok;
    }),
    /^file 2, ENOSPC, .*: run: nothing within 300 ms/m,
  ],
  'a rejection that nobody handles': [
    writing(async (file) => {
      void append(file).finally(() => file.close().catch(() => undefined));
      await new Promise((resolve) => setImmediate(resolve));
      return ok;
    }),
    /^file 2, ENOSPC, .*: unhandled: ENOSPC/m,
  ],
  'a failure without a next step': [
    writing(async (file) => {
      try {
        await append(file);
        return ok;
      } catch {
        return { outcome: 'refused', message: 'Could not write.' };
      } finally {
        await file.close().catch(() => undefined);
      }
    }),
    /^file 2, ENOSPC, .*: refused: told: The input did not match/m,
  ],
  'a message that is sent twice': [
    doubling,
    /^HTTP \d, lost, request in .*: ok: true: what the log holds/m,
  ],
};

describe('the run in which each call fails once finds', () => {
  let emulator: Emulator;
  let world: World;
  let close: () => void;

  before(async () => {
    emulator = await startEmulator({ samples: false, auth: 'basic' });
    world = { emulator, certificates: makeCertificates() };
    close = openSeams();
  });

  after(async () => {
    close();
    await Promise.allSettled(opened.map((file) => file.close()));
    await emulator.stop();
  });

  for (const [name, [operation, finds]] of Object.entries(planted)) {
    it(name, async () => {
      const { problems, tried } = await torture('planted', { world, operation, hangs: 300 }, false);
      assert.ok(tried >= 2);
      assert.match(problems.join('\n'), finds);
    });
  }
});
