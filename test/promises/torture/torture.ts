import assert from 'node:assert/strict';
import { type Emulator, startEmulator } from '../../../src/emulator/server';
import { type Certificates, makeCertificates } from '../../support/faults/certificates';
import { identityRouter } from '../../support/faults/identityRouter';
import type { MatrixFace } from '../faults/matrix';
import type { Call, Strike } from './calls';
import { type Line, print } from './report';
import { runOnce, type Tortured } from './run';
import { sampleOf } from './sample';
import { openSeams } from './seams/seams';

/** A kind of REST proxy, or a way to sign in, with operations whose every call is to fail once. */
export type TorturedFace = Omit<MatrixFace, 'rows'>;

/** Whether only a part is tried: `npm test` does that. */
const samples = process.env['TORTURE'] === 'sample';

/** Declares a test for each operation of some proxies, in which each of its calls fails once. */
export function describeTorture(
  title: string,
  faces: readonly TorturedFace[],
  { file, prepare }: { readonly file: string; readonly prepare: () => () => void },
): void {
  describe(title, () => {
    const lines: Line[] = [];
    let certificates: Certificates;
    let close: () => void;
    let undo: () => void;

    before(async () => {
      undo = prepare();
      // What is loaded on demand is loaded before handles count.
      await import('@azure/msal-node');
      await identityRouter();
      certificates = makeCertificates();
      close = openSeams();
    });

    after(() => {
      close();
      undo();
      print(file, lines);
    });

    for (const { name, emulator: options, person, operations } of faces) {
      describe(name, () => {
        let emulator: Emulator;

        before(async () => {
          emulator = await startEmulator({ samples: false, ...options });
        });

        after(() => emulator.stop());

        for (const operation of operations) {
          it(operation.name, async () => {
            const world = { emulator, certificates };
            const line = await torture(name, { world, operation, ...(person && { person }) });
            lines.push(line);
            assert.ok(line.problems.length === 0, line.problems.join('\n\n'));
          });
        }
      });
    }
  });
}

/** Lets each call of an operation fail once, one after the other, in each way in which it can. */
export async function torture(face: string, tortured: Tortured, isSample = samples): Promise<Line> {
  const start = performance.now();
  const calm = await runOnce(tortured);
  const { made } = calm.calls;
  const problems = calm.problems.map((problem) => `nothing fails: ${problem}`);
  if (calm.outcome !== 'ok') problems.push(`nothing fails: ${calm.outcome}, ${calm.message}`);
  const all = strikesOf(made);
  const strikes = isSample ? sampleOf(all) : all;
  const outcomes = new Map<string, number>();
  const tell = (outcome: string): void => {
    outcomes.set(outcome, (outcomes.get(outcome) ?? 0) + 1);
  };
  for (const strike of strikes) {
    const ran = await runOnce(tortured, strike);
    const { struck } = ran.calls;
    tell(struck ? ran.outcome : 'not reached');
    const what = `${strike.kind} ${strike.n}, ${strike.how}, ${struck?.name ?? '?'} in ${struck?.site ?? '?'}`;
    problems.push(...ran.problems.map((problem) => `${what}: ${ran.outcome}: ${problem}`));
  }
  const seconds = (performance.now() - start) / 1000;
  const operation = tortured.operation.name;
  return { face, operation, calls: made, tried: strikes.length, outcomes, problems, seconds };
}

/** Returns each call by its number among those of its kind, with each way in which it may fail. */
function strikesOf(calls: readonly Call[]): readonly Strike[] {
  const counts = new Map<string, number>();
  return calls.flatMap(({ kind, hows }) => {
    const n = (counts.get(kind) ?? 0) + 1;
    counts.set(kind, n);
    return hows.map((how) => ({ kind, n, how }));
  });
}
