import { beginJourney, type Journey, photographFailures } from './window/support';

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
  });
});
