import { type Emulator, startEmulator } from '../../src/emulator/server';
import { checkedFile, checkedFiles } from './schemas/checkedFile';
import { decoding } from './schemas/decoding';
import { evolve } from './schemas/evolve';
import { producedFiles, produceFile } from './schemas/produceFile';
import { producePage } from './schemas/producePage';
import { beginJourney, type Journey, photographFailures } from './window/support';

/** Has the editor take a schema as it is, without the brackets and quotes that it adds to typing. */
const asTyped = {
  '[json]': {
    'editor.autoClosingBrackets': 'never',
    'editor.autoClosingQuotes': 'never',
    'editor.autoSurround': 'never',
  },
};

/** The journeys with schemas, in one window, because opening one takes as long as some of them. */
describe('With a schema registry', () => {
  let emulator: Emulator;
  let journey: Journey;

  before(async () => {
    emulator = await startEmulator({ face: 'confluent', auth: 'none', samples: true });
    const files = { ...checkedFiles, ...producedFiles };
    journey = await beginJourney(files, { running: emulator.info, settings: asTyped });
    await journey.window.page.getByRole('tab', { name: 'Kafka REST' }).first().click();
  });

  photographFailures(() => journey);

  after(async () => {
    await journey.end();
    await emulator.stop();
  });

  const opened = () => journey;
  decoding(opened);
  producePage(opened);
  produceFile(opened, () => emulator);
  evolve(opened);
  checkedFile(opened);
});
