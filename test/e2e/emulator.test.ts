import { createTopic } from './emulator/createTopic';
import { fileLayout, fileLayoutFiles } from './emulator/fileLayout';
import { journeys } from './emulator/journeys';
import { links } from './emulator/links';
import { produce, produceFiles } from './emulator/produce';
import { times } from './emulator/times';
import { beginJourney, type Journey, photographFailures } from './window/support';

/** Topics beside the samples. */
const topics = ['linked:1:300:20', 'rows:1:0:1', 'keyed:1:0:1'];

/**
 * Journeys with one cluster, in one window, because opening one takes as long as some of them. Each
 * of them also runs alone, as in `npm run test:e2e -- --grep "A link"`.
 */
describe('With an emulator', () => {
  let journey: Journey;

  before(async () => {
    journey = await beginJourney(
      { ...produceFiles, ...fileLayoutFiles },
      { emulator: topics.flatMap((topic) => ['--topic', topic]) },
    );
    await journey.window.page.getByRole('tab', { name: 'Kafka REST' }).first().click();
    await journey.window.treeItem('orders').waitFor();
  });

  photographFailures(() => journey);

  after(() => journey.end());

  const opened = () => journey;
  produce(opened);
  links(opened);
  journeys(opened);
  times(opened);
  fileLayout(opened);
  createTopic(opened);
});
