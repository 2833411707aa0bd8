import assert from 'node:assert/strict';
import type { TimeSpan } from '../../src/viewer/protocol';
import { until } from '../support/until';
import { useViewers } from './support';
import type { ViewerPage } from './viewerPage';

function spans({ host }: ViewerPage): readonly (TimeSpan | null)[] {
  return host.said.flatMap((message) => (message.type === 'span' ? [message.span] : []));
}

describe('the histogram', () => {
  const open = useViewers();

  it('selects what is brushed, in whole bins, and clears it with a double click', async () => {
    const viewer = await open();
    const { page, host } = viewer;
    const bars = page.locator('.u-over');
    const box = await bars.boundingBox();
    assert.ok(box && host.state.histogram);
    const { from, width } = host.state.histogram;
    const bin = box.width / 60;
    await page.mouse.move(box.x + 10.5 * bin, box.y + 20);
    await page.mouse.down();
    await page.mouse.move(box.x + 14.5 * bin, box.y + 30, { steps: 4 });
    await page.mouse.up();
    await until(() => spans(viewer).length === 1);
    assert.deepEqual(spans(viewer), [{ from: from + 10 * width, to: from + 15 * width }]);
    await page.getByText('Only 15:42 to 16:34').waitFor();
    const brushed = await page.locator('.u-select').boundingBox();
    assert.ok(Math.abs((brushed?.width ?? 0) - 5 * bin) < 2);
    await bars.dblclick();
    await until(() => spans(viewer).at(-1) === null);
    await page.getByText('Only 15:42').waitFor({ state: 'detached' });
  });

  it('selects by keyboard, and says what there is', async () => {
    const viewer = await open();
    const { page, host } = viewer;
    const slider = page.getByRole('slider', { name: 'Messages over time' });
    const text = () => slider.getAttribute('aria-valuetext');
    await slider.focus();
    await page.keyboard.press('Home');
    assert.equal(await text(), '14:00 to 14:10: 16,667 messages, 16,667 matches');
    for (const key of [
      'ArrowRight',
      'PageUp',
      'ArrowLeft',
      'Shift+ArrowRight',
      'Shift+ArrowRight',
    ]) {
      await page.keyboard.press(key);
    }
    assert.equal(await slider.getAttribute('aria-valuenow'), '12');
    assert.match((await text()) ?? '', /^15:42 to 16:13: /);
    await page.keyboard.press('Enter');
    await until(() => spans(viewer).length === 1);
    assert.ok(host.state.histogram);
    const { from, width } = host.state.histogram;
    assert.deepEqual(spans(viewer), [{ from: from + 10 * width, to: from + 13 * width }]);
    await page.keyboard.press('Escape');
    await until(() => spans(viewer).at(-1) === null);
  });

  it('is as the theme is', async () => {
    const viewer = await open({ theme: 'dark' });
    const pixel = () =>
      viewer.page.evaluate(() => {
        const canvas = document.querySelector('canvas');
        const context = canvas?.getContext('2d');
        return [...(context?.getImageData(12, canvas ? canvas.height - 30 : 0, 1, 1).data ?? [])];
      });
    assert.deepEqual(await pixel(), [89, 164, 249, 255]);
    await viewer.setTheme('light');
    await until(async () => (await pixel()).join() === '0,99,211,255');
  });

  it('can be closed, and stays closed', async () => {
    const viewer = await open();
    const toggle = viewer.page.getByRole('button', { name: 'Messages over time' });
    await toggle.click();
    await viewer.page.getByRole('slider').waitFor({ state: 'hidden' });
    await until(() => JSON.stringify(viewer.saved ?? '').includes('"histogram":false'));
    await viewer.rebuild();
    assert.equal(await toggle.getAttribute('aria-expanded'), 'false');
  });
});
