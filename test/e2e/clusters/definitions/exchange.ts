import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { root } from '../../../support/host/processes';
import { ask, type Journey } from '../../window/support';

const pictures = path.join(root, 'out/e2e/exchange');

const entry = { endpoint: 'https://kafka.example.com', signIn: { kind: 'none' } };

/** Files of the window's folder. */
export const exchangeFiles = {
  'team.json': JSON.stringify({
    kafkaRestClusters: 1,
    clusters: [
      { ...entry, name: 'northwind', protection: 'production' },
      { ...entry, name: 'fabrikam', signIn: { kind: 'basic', username: 'reader' } },
      { ...entry, name: 'broken', caFile: 'relative.pem' },
    ],
  }),
};

/** Clusters that come from a file. */
export function exchange(opened: () => Journey): void {
  describe('A file of clusters', () => {
    let journey: Journey;

    before(() => {
      mkdirSync(pictures, { recursive: true });
      journey = opened();
    });

    after(() => journey.forgetClusters());

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
      await window.told('Imported: northwind, partners');
      await window.treeItem('partners').waitFor();
      await window
        .treeItem('northwind')
        .getByText(/^production · kafka\.example\.com/)
        .waitFor();
      await window.screenshot(path.join(pictures, 'imported.png'));
    });
  });
}
