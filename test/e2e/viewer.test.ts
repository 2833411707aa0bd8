import assert from 'node:assert/strict';
import axe from 'axe-core';
import type { FrameLocator, Locator } from 'playwright-core';
import { keyboard, mouse } from './window/hands';
import { ask, beginJourney, type Journey, photographFailures } from './window/support';
import { viewerOf } from './window/viewerPage';

const MILLION = 1_000_000;

describe('A million messages in the viewer', function () {
  this.timeout(240_000);
  let journey: Journey;

  before(async () => {
    // Message n has the key key-n and the value {"n":n,...}; the next one is a millisecond later.
    const emulator = ['--empty', '--topic', `big:3:${MILLION}:200`];
    journey = await beginJourney({}, { emulator });
  });

  photographFailures(() => journey);

  after(() => journey.end());

  it('open from the topic', async () => {
    const { window } = journey;
    const { page } = window;
    await page.getByRole('tab', { name: 'Kafka REST' }).first().click();
    await window.chooseFromMenu(window.treeItem('big'), 'View Messages...');
    await window.pick('Which messages');
    await window.pick('The first 100 messages');
    await window.pick('How many');
    await ask(journey, 'How many messages at most?', String(MILLION));
    await window.pick('Open the first 1,000,000 messages of big');
    await page.getByRole('tab', { name: 'big@first-1000000' }).waitFor();
    await complete();
    await rows(MILLION);
  });

  it('scroll to the end and to the middle by keyboard and by mouse', async () => {
    const { page } = journey.window;
    await row('key-0').click();
    await page.keyboard.press('Control+End');
    await row('key-999999').waitFor();
    await page.keyboard.press('Control+Home');
    await row('key-0').waitFor();
    // The pane that the click opens takes room from the table.
    await detail().getByRole('tree', { name: 'Value as JSON' }).waitFor();
    const box = await grid().boundingBox();
    assert.ok(box);
    const { x, y, width, height } = box;
    await page.mouse.move(x + width - 8, y + 27);
    await page.mouse.down();
    await page.mouse.move(x + width - 8, y + height / 2, { steps: 5 });
    await page.mouse.up();
    await grid()
      .getByText(/^key-[3-7]\d{5}$/)
      .first()
      .waitFor();
  });

  it('are searched for one with the mouse', async () => {
    await filterField().click();
    await journey.window.page.keyboard.type('"n":777777,');
    await rows(1);
    await row('key-777777').click();
    await detail().getByText('777777', { exact: true }).waitFor();
  });

  it('are searched for one with the keyboard alone', async () => {
    const { page } = journey.window;
    await page.keyboard.press('Control+F');
    await filterField().and(viewer().locator(':focus')).waitFor();
    await page.keyboard.press('Control+A');
    await page.keyboard.type('$.n == 314159');
    await row('key-314159').waitFor();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await page.getByRole('tab', { name: /big-2@104719\.json/ }).waitFor();
    await page.locator('.view-lines').getByText('314159').first().waitFor();
    await journey.window.runCommand('View: Close Editor');
  });

  it('are found with what the filter offers and what it may have meant', async () => {
    const { page } = journey.window;
    await filterField().fill('');
    await filterField().click();
    await page.keyboard.type('$.');
    await viewer().getByRole('option', { name: '$.n number' }).waitFor();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    assert.equal(await filterField().inputValue(), '$.n');
    await page.keyboard.type(' == "123456"');
    await viewer().getByText('Understood as: $.n in the value is “123456”.').first().waitFor();
    await viewer().getByRole('button', { name: 'Did you mean $.n == 123456?' }).click();
    await row('key-123456').waitFor();
  });

  it('say what is wrong with a filter and show what they showed', async () => {
    const { page } = journey.window;
    await filterField().fill('partition:x');
    await viewer().getByText('“x” is not a number.').first().waitFor();
    await rows(1);
    await filterField().fill('/(key-)(1|11)+$/i and partition:2');
    await page.keyboard.press('Escape');
    await rows(MILLION);
  });

  it('can be compared two by two', async () => {
    const { page } = journey.window;
    await filterField().fill('key:/^key-1[12]$/');
    await rows(2);
    await row('key-11').click();
    await row('key-12').click({ modifiers: ['Control'] });
    await journey.window.chooseFromMenu(row('key-12'), 'Compare Messages');
    await page.getByRole('tab', { name: /big: .*↔/ }).waitFor();
    await page.locator('.monaco-diff-editor').getByText('key-12').first().waitFor();
    await journey.window.runCommand('View: Close Editor');
  });

  it('can be produced again, from a file that can be edited first', async () => {
    const { window } = journey;
    const { page } = window;
    await row('key-11').click();
    await window.chooseFromMenu(row('key-11'), 'Produce Again...');
    await page.locator('.codelens-decoration').getByText('Produce', { exact: true }).waitFor();
    await page.locator('.codelens-decoration').getByText('Produce', { exact: true }).click();
    await window.told('Produced 1 message to big');
    await window.runCommand('View: Revert and Close Editor');
  });

  it('are narrowed to a span of time with the mouse, and with the keyboard', async () => {
    const { page } = journey.window;
    // It has come back from behind the file.
    await row('key-11').waitFor();
    await filterField().fill('');
    await rows(MILLION);
    const box = await histogram().boundingBox();
    assert.ok(box);
    const { x, y, width, height } = box;
    await page.mouse.move(x + width / 4, y + height / 2);
    await page.mouse.down();
    await page.mouse.move(x + width / 2, y + height / 2, { steps: 5 });
    await page.mouse.up();
    const brushed = await fewerRows();
    assert.ok(brushed > MILLION / 8 && brushed < MILLION / 2, `${brushed} of a million`);
    await page.keyboard.press('Escape');
    await rows(MILLION);
    await histogram().focus();
    await page.keyboard.press('Home');
    for (const key of ['ArrowRight', 'Shift+ArrowRight', 'Enter']) await page.keyboard.press(key);
    const chosen = await fewerRows();
    assert.ok(chosen > 0 && chosen < brushed, `${chosen} of a million`);
    await page.keyboard.press('Escape');
    await rows(MILLION);
  });

  it('keep place, filter and selection while another tab hides them', async () => {
    const { window } = journey;
    await filterField().fill('partition:1');
    await rows(333_333);
    // The rows of before stay until the others have come.
    await row('key-0').waitFor({ state: 'hidden' });
    await row('key-1').click();
    await window.page.keyboard.press('Control+End');
    await row('key-999997').waitFor();
    await window.runCommand('File: New Untitled Text File');
    await window.page.getByRole('tab', { name: 'Untitled-' }).waitFor();
    await window.runCommand('View: Close Editor');
    await row('key-999997').waitFor();
    assert.equal(await row('key-999997').getAttribute('aria-selected'), 'true');
    assert.equal(await filterField().inputValue(), 'partition:1');
  });

  for (const theme of [
    'Light Modern',
    'Dark Modern',
    'Dark High Contrast',
    'Light High Contrast',
  ]) {
    it(`have no fault that axe finds in ${theme}`, async () => {
      const { window } = journey;
      await filterField().fill('not partition:1 or partition:x');
      await viewer().getByText('“x” is not a number.').first().waitFor();
      await window.chooseTheme(theme);
      await viewer().locator(`body[data-vscode-theme-name="${theme}"]`).waitFor();
      assert.deepEqual(await faults(), []);
    });
  }

  it('are read again after the window was reloaded', async () => {
    const { window } = journey;
    await filterField().fill('partition:2');
    await row('key-2').waitFor();
    const loaded = window.page.waitForEvent('load');
    await window.runCommand('Developer: Reload Window');
    await loaded;
    await complete();
    assert.equal(await filterField().inputValue(), 'partition:2');
    await rows(333_333);
  });

  it('keep their columns in the next viewer', async () => {
    const { page } = journey.window;
    await viewer().getByRole('button', { name: 'Columns' }).click();
    await viewer().getByRole('dialog', { name: 'Columns' }).getByText('Size').click();
    await page.keyboard.press('Escape');
    await viewer().getByRole('columnheader', { name: 'Size' }).waitFor({ state: 'hidden' });
  });

  for (const hands of [mouse, keyboard]) {
    it(`are read between two times, with the ${hands.name}`, async () => {
      const { window } = journey;
      await filterField().fill('$.n == 500000');
      const cells = row('key-500000').getByRole('gridcell');
      const time = await cells.nth(2).textContent();
      const { onTopic, choose } = hands(journey);
      await onTopic('big', 'View Messages...');
      await choose('Which messages');
      await choose('By time…');
      await choose('From … to …');
      await ask(journey, 'The date and time to begin at', time ?? '');
      await ask(journey, 'The end, after', secondAfter(time ?? ''));
      await window.quickInput.getByText(/^Open messages from .+ to .+ of big$/).waitFor();
      await window.page.keyboard.press('Enter');
      await complete();
      await rows(1_000);
      await row('key-500000').waitFor();
      assert.equal(await viewer().getByRole('columnheader', { name: 'Size' }).isVisible(), false);
      await window.runCommand('View: Close Editor');
    });
  }

  it('are others of their topic after a change of range, with the filter that was there', async () => {
    const { window } = journey;
    await filterField().fill('partition:2');
    await viewer().getByRole('button', { name: 'Change Range...' }).click();
    // The page begins with what the viewer shows.
    await window.quickInput.getByText('Show the first 1,000,000 messages of big').waitFor();
    await window.pick('How many');
    await ask(journey, 'How many messages at most?', '900');
    await window.quickInput.getByText('Show the first 900 messages of big').waitFor();
    await window.page.keyboard.press('Enter');
    await window.page.getByRole('tab', { name: 'big@first-900', exact: true }).waitFor();
    await complete();
    assert.equal(await filterField().inputValue(), 'partition:2');
    await rows(300);
    await row('key-2').waitFor();
    assert.equal(await window.page.getByRole('tab', { name: /^big@/ }).count(), 1);
  });

  function viewer(): FrameLocator {
    return viewerOf(journey);
  }

  function grid(): Locator {
    return viewer().getByRole('grid');
  }

  function filterField(): Locator {
    return viewer().getByRole('combobox', { name: 'Filter' });
  }

  function detail(): Locator {
    return viewer().getByRole('complementary', { name: 'Message' });
  }

  function histogram(): Locator {
    return viewer().getByRole('slider', { name: 'Messages over time' });
  }

  function row(key: string): Locator {
    return grid()
      .getByRole('row')
      .filter({ has: viewer().getByText(key, { exact: true }) });
  }

  async function complete(): Promise<void> {
    await viewer().getByText('Complete', { exact: true }).waitFor({ timeout: 120_000 });
  }

  /** Waits until the table has so many rows. */
  async function rows(count: number): Promise<void> {
    // One more: the headers.
    await viewer()
      .locator(`[role="grid"][aria-rowcount="${count + 1}"]`)
      .waitFor();
  }

  /** Waits until the table has not all messages any more. Returns how many it has. */
  async function fewerRows(): Promise<number> {
    const all = viewer().locator(`[role="grid"][aria-rowcount="${MILLION + 1}"]`);
    await all.waitFor({ state: 'hidden' });
    return Number(await grid().getAttribute('aria-rowcount')) - 1;
  }

  /** What axe finds wrong, with the first element that it concerns. */
  async function faults(): Promise<string[]> {
    const body = await viewer().locator('body').elementHandle();
    const frame = await body.ownerFrame();
    assert.ok(frame);
    await frame.evaluate(axe.source);
    const { violations } = await frame.evaluate<axe.AxeResults>('axe.run()');
    return violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html ?? ''}`);
  }
});

/** A local time one second after another one, both as in `2026-11-22 14:00:00.000`. */
function secondAfter(time: string): string {
  return new Date(Date.parse(`${time.replace(' ', 'T')}Z`) + 1_000).toISOString().slice(0, -1);
}
