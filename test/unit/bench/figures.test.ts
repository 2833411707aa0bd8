import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { format, resolveConfig } from 'prettier';
import {
  type Figures,
  figuresOf,
  figuresPage,
  hasFigures,
  withFigures,
} from '../../promises/bench/report/figures';
import { root } from '../../support/host/processes';

const machine = {
  node: '22.0.0',
  platform: 'linux x64',
  cpus: 2,
  date: '2026-01-02T03:04:05.000Z',
};
const row = {
  name: 'read',
  what: 'reading',
  unit: 'records/s',
  ours: 600,
  yardstick: { what: 'bare', value: 1000 },
};

describe('published figures', () => {
  it('stand as a table between two comments, in place of those before', () => {
    const figures = figuresOf([row, { ...row, name: 'size/media' }], {
      ...machine,
      quick: false,
      idle: true,
    });
    const [begin, end] = [
      '<!-- figures: written by npm run bench -- --record -->',
      '<!-- /figures -->',
    ];
    assert.equal(
      withFigures(`# A\n\n${begin}\n\nold\n\n${end}\n\n# B\n`, figures),
      `# A\n\n${begin}\n\n` +
        'Measured on 2026-01-02: Node 22.0.0 on linux x64, 2 processors.\n\n' +
        '| what | measured | yardstick | ratio |\n| --- | --- | --- | --- |\n' +
        '| reading | 600 records/s | 1,000 records/s (bare) | 0.60 |\n\n' +
        `${end}\n\n# B\n`,
    );
    assert.throws(() => withFigures('# A\n', figures), /It needs the lines/);
  });

  it('are those of the recorded run', async () => {
    const file = path.join(root, figuresPage);
    const recorded = path.join(root, 'bench/figures.json');
    const page = readFileSync(file, 'utf8');
    assert.equal(hasFigures(page), existsSync(recorded));
    if (!hasFigures(page)) return;
    const figures = JSON.parse(readFileSync(recorded, 'utf8')) as Figures;
    const config = { ...(await resolveConfig(file)), parser: 'markdown' };
    assert.equal(page, await format(withFigures(page, figures), config));
  });
});
