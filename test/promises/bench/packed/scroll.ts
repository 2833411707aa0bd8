import { run } from '../../../support/host/processes';
import type { Benchmark } from '../benchmark';
import { compare, type Row } from '../rows';

const WAYS = { wheel: 'the wheel', pages: 'page by page', bar: 'the scroll bar' };

/**
 * Scrolls through a million rows of the viewer's table in a browser; standing still is the
 * yardstick.
 */
export const benchScroll: Benchmark = async ({ quick }) => {
  // In a process of its own, whose code knows the browser's types.
  const args = ['--import', 'tsx', 'test/webview/scrollBench.ts', quick ? '1' : '5'];
  const frames = JSON.parse(await run(process.execPath, args)) as Record<string, number[]>;
  return Object.entries(WAYS).map(([way, words]): Row => {
    const { value, ...rest } = compare(frames[way] ?? [], frames['still'] ?? []);
    const what = `viewer, a frame while 1,000,000 rows pass by ${words}`;
    return {
      name: `scroll/${way}`,
      what,
      unit: 'ms',
      ...rest,
      yardstick: { what: 'standing still', value },
    };
  });
};
