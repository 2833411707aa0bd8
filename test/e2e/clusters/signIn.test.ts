import { type Emulator, startEmulator } from '../../../src/emulator/server';
import { fakeAccount } from '../../support/signIn/fakeAccount';
import { fakeAzureCli } from '../../support/signIn/fakeAzureCli';
import { type Relay, startRelay } from '../../support/network/relay';
import { beginJourney, type Journey, photographFailures } from '../window/support';
import { account } from './signIn/account';
import { azureCli } from './signIn/azureCli';
import { basic } from './signIn/basic';
import { bearerToken } from './signIn/bearerToken';
import { clientCertificate } from './signIn/clientCertificate';
import { federatedAssertion } from './signIn/federatedAssertion';
import { managedIdentity } from './signIn/managedIdentity';
import { mutualTls } from './signIn/mutualTls';
import { oauth } from './signIn/oauth';

/**
 * Every way to sign in, in one window, because opening one takes longer than most of these suites.
 * Each suite begins and ends without clusters.
 */
describe('In a window', () => {
  const az = fakeAzureCli();
  const person = fakeAccount();
  let computer: Emulator;
  let relay: Relay;
  let journey: Journey;

  before(async () => {
    computer = await startEmulator({ auth: 'identity' });
    relay = await startRelay(Number(new URL(computer.info.identityHost ?? '').port));
    journey = await beginJourney(
      {},
      {
        settings: { 'kafkaRest.azureCli.path': az.path },
        env: { AZURE_POD_IDENTITY_AUTHORITY_HOST: `http://127.0.0.1:${relay.port}` },
        extensions: [person.folder],
      },
    );
    await journey.window.page.getByRole('tab', { name: 'Kafka REST' }).first().click();
  });

  photographFailures(() => journey);

  after(async () => {
    await journey.end();
    await relay.close();
    await computer.stop();
    az.remove();
    person.remove();
  });

  const opened = () => journey;
  basic(opened);
  bearerToken(opened);
  oauth(opened);
  mutualTls(opened);
  clientCertificate(opened);
  federatedAssertion(opened);
  managedIdentity(opened, { info: () => computer.info, close: () => relay.close() });
  account(opened, person);
  azureCli(opened, az);
});
