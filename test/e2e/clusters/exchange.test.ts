import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { root } from '../../support/host/processes';
import { ask, beginJourney, type Journey, photographFailures } from '../window/support';

const pictures = path.join(root, 'out/e2e/exchange');

describe('A file of clusters', () => {
  let journey: Journey;

  before(async () => {
    mkdirSync(pictures, { recursive: true });
    const entry = { endpoint: 'https://kafka.example.com', signIn: { kind: 'none' } };
    const clusters = [
      { ...entry, name: 'contoso', protection: 'production' },
      { ...entry, name: 'fabrikam', signIn: { kind: 'basic', username: 'reader' } },
      { ...entry, name: 'broken', caFile: 'relative.pem' },
    ];
    journey = await beginJourney({
      'team.json': JSON.stringify({ kafkaRestClusters: 1, clusters }),
    });
    await journey.window.page.getByRole('tab', { name: 'Kafka REST' }).first().click();
  });

  photographFailures(() => journey);

  after(() => journey.end());

  it('shows what it holds, and is imported', async () => {
    const { window } = journey;
    await window.runCommand('Kafka REST: Import Clusters...');
    await window.quickInput.getByText('team.json').waitFor();
    await window.pick('team.json');
    await window.quickInput.getByText('Import 2 clusters').waitFor();
    await window.quickInput.getByText('cannot be imported').waitFor();
    await window.screenshot(path.join(pictures, 'page.png'));
    await window.pick('fabrikam');
    await window.pick('Import under Another Name...');
    await ask(journey, 'A name for the cluster', 'partners');
    await window.pick('Import 2 clusters');
    await window.told('Imported: contoso, partners');
    await window.treeItem('partners').waitFor();
    await window
      .treeItem('contoso')
      .getByText(/^production · kafka\.example\.com/)
      .waitFor();
    await window.screenshot(path.join(pictures, 'imported.png'));
  });
});
