import { run } from '../../../../src/auth/azureCli/run';
import { fails } from '../../../support/fails';

describe('a program that is run', () => {
  const { signal } = new AbortController();
  const options = { signal, limitMs: 60_000 };

  it('is told to be missing also if Node throws that it cannot be started', async () => {
    const program = { file: '/bin/a\0b', args: [] };
    await fails(run(program, [], options), { kind: 'program-missing', detail: program.file });
  });

  it('is told to be missing if there is none', async () => {
    const program = { file: '/nowhere/at/all', args: [] };
    await fails(run(program, [], options), { kind: 'program-missing', detail: program.file });
  });
});
