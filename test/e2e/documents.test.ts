import { bySchema } from './documents/bySchema';
import { firstMinutes, firstMinutesFiles } from './documents/firstMinutes';
import { kafkaFiles, kafkaFilesFiles } from './documents/kafkaFiles';
import { beginJourney, type Journey, photographFailures } from './window/support';

/**
 * The journeys that begin in a document, in one window, because opening one takes as long as some
 * of them. The first one starts the emulator.
 */
describe('In a document', () => {
  let journey: Journey;

  before(async () => {
    journey = await beginJourney({ ...firstMinutesFiles, ...kafkaFilesFiles });
  });

  photographFailures(() => journey);

  after(() => journey.end());

  const opened = () => journey;
  firstMinutes(opened);
  kafkaFiles(opened);
  bySchema(opened);
});
