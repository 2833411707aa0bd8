import { beginJourney, type Journey, photographFailures } from '../window/support';
import { addCluster } from './definitions/addCluster';
import { exchange, exchangeFiles } from './definitions/exchange';
import { offered } from './definitions/offered';
import { schemaRegistry } from './definitions/schemaRegistry';
import { wrongTurns } from './definitions/wrongTurns';

/**
 * The ways in which clusters come into a window, in one window, because opening one takes as long
 * as some of them. Each suite begins and ends without clusters.
 */
describe('In a window without clusters', () => {
  let journey: Journey;

  before(async () => {
    journey = await beginJourney(exchangeFiles);
    await journey.window.page.getByRole('tab', { name: 'Kafka REST' }).first().click();
  });

  photographFailures(() => journey);

  after(() => journey.end());

  const opened = () => journey;
  wrongTurns(opened);
  exchange(opened);
  schemaRegistry(opened);
  offered(opened);
  addCluster(opened);
});
