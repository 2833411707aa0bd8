import { prepareStarts } from './broker';
import { KafkaMissing } from './java';

/** Mocha calls this once, before it runs files at the same time. */
export async function mochaGlobalSetup(): Promise<void> {
  try {
    await prepareStarts();
  } catch (error) {
    // The tests say so.
    if (!(error instanceof KafkaMissing)) throw error;
  }
}
