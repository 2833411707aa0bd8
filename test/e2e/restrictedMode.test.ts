import { ask, beginJourney, type Journey, photographFailures } from './window/support';
import { viewerOf } from './window/viewerPage';

describe('Restricted Mode', () => {
  let journey: Journey;

  before(async () => {
    const file = 'PRODUCER\ntopic: orders\nhello\n###\n';
    const emulator = ['--empty', '--topic', 'big:1:1000:100'];
    const options = { workspaceTrust: true, emulator };
    journey = await beginJourney({ 'orders.kafka': file }, options);
  });

  photographFailures(() => journey);

  after(() => journey.end());

  it('lets a .kafka file be read, and sends nothing', async () => {
    const { window } = journey;
    const { page } = window;
    await page.getByText('Restricted Mode is intended for safe code browsing').waitFor();
    await page.keyboard.press('Control+P');
    await window.quickInput.locator('input').fill('orders.kafka');
    await window.pick('orders.kafka');
    await page.getByText('Restricted Mode: blocks do not run').waitFor();
    await page.locator('.view-line').filter({ hasText: 'PRODUCER' }).click();
    await page.keyboard.press('Control+Enter');
    await window.notification('Could not run the block: this workspace is not trusted');
  });

  it('restores a viewer, and reads again when it is told to', async () => {
    const { window } = journey;
    const { page } = window;
    const viewer = () => viewerOf(journey);
    await page.getByRole('tab', { name: 'Kafka REST' }).first().click();
    await window.chooseFromMenu(window.treeItem('big'), 'View Messages...');
    await window.pick('Which messages');
    await window.pick('The first 100 messages');
    await window.pick('How many');
    await ask(journey, 'How many messages at most?', '1000');
    await window.pick('Open the first 1,000 messages of big');
    await viewer().getByText('Complete', { exact: true }).waitFor();
    const loaded = page.waitForEvent('load');
    await window.runCommand('Developer: Reload Window');
    await loaded;
    await viewer().getByText('Not read', { exact: true }).waitFor();
    await viewer().getByRole('button', { name: 'Read Messages' }).first().click();
    await viewer().getByText('Complete', { exact: true }).waitFor();
  });
});
