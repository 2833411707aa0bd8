import path from 'node:path';
import { root } from '../support/host/processes';
import { beginJourney, type Journey, photographFailures } from './window/support';
import { viewerOf } from './window/viewerPage';

describe('The welcome view', () => {
  let journey: Journey;

  before(async () => {
    journey = await beginJourney({}, { workspaceTrust: true });
  });

  photographFailures(() => journey);

  after(() => journey.end());

  it('says in Restricted Mode what works, and where to end it', async () => {
    const { page } = journey.window;
    await page.getByRole('tab', { name: 'Kafka REST' }).first().click();
    const welcome = page.getByRole('region', { name: 'Welcome' });
    await welcome.getByText('This window is in Restricted Mode.').waitFor();
    await welcome.getByRole('button', { name: 'Start Emulator' }).waitFor();
    await welcome.getByRole('button', { name: 'Manage Workspace Trust' }).click();
    await page.getByText('You are in Restricted Mode').waitFor();
  });

  it('says in an empty window what a folder is for', async () => {
    const { page } = journey.window;
    await page.goto(new URL('/?ew=true', page.url()).href);
    await page.getByRole('tab', { name: 'Kafka REST' }).first().click();
    const welcome = page.getByRole('region', { name: 'Welcome' });
    await welcome.getByText('No folder is open.').waitFor();
    await welcome.getByRole('button', { name: 'Open Folder' }).click();
    await journey.window.quickInput.getByText('Open Folder').waitFor();
    await page.keyboard.press('Escape');
    await journey.window.quickInput.waitFor({ state: 'hidden' });
  });

  it('comes with a walkthrough that leads to the set-up guide for Azure', async () => {
    const { window } = journey;
    const { page } = window;
    // The picture of a step needs the width.
    await window.runCommand('View: Toggle Primary Side Bar Visibility');
    await window.runCommand('Welcome: Open Walkthrough...');
    await window.pick('Get Started with Kafka REST Explorer');
    const step = page.getByRole('button', { name: /Set up Azure HDInsight/ });
    await step.click();
    const open = page.getByRole('button', { name: 'Open the Guide' });
    await open.waitFor();
    await page.locator('.getting-started-media iframe').waitFor();
    await window.screenshot(path.join(root, 'out/e2e/walkthrough.png'));
    await open.click();
    await viewerOf(journey)
      .getByRole('heading', { name: /From nothing to a list/ })
      .waitFor();
  });
});
