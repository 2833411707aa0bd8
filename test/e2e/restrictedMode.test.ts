import { beginJourney, type Journey, photographFailures } from './support';

describe('Restricted Mode', () => {
  let journey: Journey;

  before(async () => {
    const file = 'PRODUCER\ntopic: orders\nhello\n###\n';
    journey = await beginJourney({ 'orders.kafka': file }, { workspaceTrust: true });
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
});
