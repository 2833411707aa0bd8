import { photograph } from '../window/keys';
import type { Journey } from '../window/support';

const subject = 'com.contoso.Customer';

/** The schema of a customer with one more field. */
function customerWith(field: object): string {
  return JSON.stringify({
    type: 'record',
    name: 'Customer',
    namespace: 'com.contoso',
    fields: [
      { name: 'id', type: 'long' },
      { name: 'name', type: 'string' },
      { name: 'email', type: ['null', 'string'], default: null },
      field,
    ],
  });
}

const required = { name: 'country', type: 'string' };
const optional = { ...required, default: 'CH' };
const another = { name: 'city', type: 'string', default: '' };

/** Replaces the text of the editor that has the focus. */
async function retype({ window: { page } }: Journey, text: string): Promise<void> {
  await page.keyboard.press('Control+A');
  await page.keyboard.insertText(text);
}

function lens({ window: { page } }: Journey, title: string) {
  return page.locator('.codelens-decoration').getByText(title, { exact: true });
}

function tab({ window: { page } }: Journey, name: string) {
  return page.getByRole('tab', { name });
}

/** Registering new versions of a schema. Leaves the topics folded. */
export function evolve(opened: () => Journey): void {
  describe('Evolving a schema', () => {
    let journey: Journey;

    before(async () => {
      journey = opened();
      const { window } = journey;
      // Its topics would stand in between.
      await window.treeItem(/^Topics/).click();
    });

    it('begins in the tree, with the mouse: its versions, and what they changed', async () => {
      const { window } = journey;
      const { page } = window;
      await window.treeItem(/^Schemas/).click();
      await window.treeItem(/^purchases-avro-value.*Avro · version 2/).click();
      await window.treeItem('version 2 (latest)').click();
      await tab(journey, 'purchases-avro-value@2.avsc').waitFor();
      await lens(journey, 'Compare with Previous Version').waitFor();
      await photograph(journey, 'schema-light');
      await window.chooseTheme('Dark Modern');
      await photograph(journey, 'schema-dark');
      await window.chooseTheme('Light Modern');
      await page
        .getByRole('button', { name: 'Compare Schema with Previous Version' })
        .first()
        .click();
      await tab(journey, 'purchases-avro-value: version 1 ↔ version 2').waitFor();
      await page.locator('.line-insert').first().waitFor();
      await photograph(journey, 'schema-diff-light');
    });

    it('refuses what does not fit, with the reason, and keeps the draft', async () => {
      const { window } = journey;
      const { page } = window;
      await window.chooseFromMenu(window.treeItem(subject), 'Register New Version of Schema...');
      await tab(journey, `${subject}@new.avsc`).waitFor();
      await lens(journey, 'Register').waitFor();
      await page.locator('.view-line').getByText('"Customer"').click();
      await retype(journey, customerWith(required));
      await lens(journey, 'Register').click();
      const dialog = page.locator('.monaco-dialog-box');
      await dialog.getByText('Nothing was registered.').waitFor();
      await dialog.getByText(/country.*has no default value/).waitFor();
      await photograph(journey, 'schema-refused-light');
      await page.keyboard.press('Escape');
      await tab(journey, `${subject}@new.avsc`).waitFor();
    });

    it('registers what fits, and shows the new version', async () => {
      const { window } = journey;
      const { page } = window;
      await page.locator('.view-line').first().click();
      await retype(journey, customerWith(optional));
      await page.getByRole('button', { name: 'Register Draft of Schema' }).first().click();
      await window.told(`Registered version 2 of ${subject} on`);
      await tab(journey, `${subject}@2.avsc`).waitFor();
      await tab(journey, `${subject}@new.avsc`).waitFor({ state: 'detached' });
      await window.treeItem(subject).click();
      await window.treeItem('version 2 (latest)').first().waitFor();
      await photograph(journey, 'schema-registered-light');
    });

    it('takes the keyboard alone', async () => {
      const { window } = journey;
      const { page, quickInput } = window;
      await window.runCommand('View: Close All Editors');
      await window.runCommand('Kafka REST: Register New Version of Schema...');
      await quickInput.getByPlaceholder('Which subject?').waitFor();
      await page.keyboard.type('Customer');
      await page.keyboard.press('Enter');
      await tab(journey, `${subject}@new.avsc`).waitFor();
      await lens(journey, 'Register').waitFor();
      await retype(journey, customerWith({ ...another }));
      await page.keyboard.press('Control+Enter');
      await window.told(`Registered version 3 of ${subject} on`);
      await tab(journey, `${subject}@3.avsc`).waitFor();
      await window.runCommand('Kafka REST: Compare Schema with Previous Version');
      await tab(journey, `${subject}: version 2 ↔ version 3`).waitFor();
    });

    it('shows Protobuf with its colors and what it imports', async () => {
      const { window } = journey;
      await window.runCommand('Kafka REST: Open Schema...');
      await window.quickInput.getByPlaceholder('Which subject?').waitFor();
      await window.page.keyboard.type('payments');
      await window.quickInput.getByRole('option', { name: 'payments-protobuf-value' }).waitFor();
      await window.page.keyboard.press('Enter');
      await tab(journey, 'payments-protobuf-value@1.proto').waitFor();
      await window.page.locator('.detected-link').getByText('common/money.proto').waitFor();
      await photograph(journey, 'schema-protobuf-light');
      await window.chooseTheme('Dark Modern');
      await photograph(journey, 'schema-protobuf-dark');
    });
  });
}
