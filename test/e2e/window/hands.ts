import type { Window } from '../../support/host/window';
import type { Journey } from './support';

/** How a person does things: with the mouse where it can be, or with the keyboard alone. */
export interface Hands {
  /** Runs what the menu of a topic offers. */
  readonly onTopic: (topic: string, title: string) => Promise<void>;
  /** Begins to produce a file of the folder to a topic, up to the question how. */
  readonly produceFile: (file: string, topic: string) => Promise<void>;
  /** Chooses an entry of the list that is open, once it is there. */
  readonly choose: (label: string) => Promise<void>;
}

export function mouse({ window }: Journey): Hands {
  const { page, quickInput } = window;
  const show = async (view: string) => {
    const tab = page.getByRole('tab', { name: view }).first();
    // A second click would hide it.
    if ((await tab.getAttribute('aria-selected')) !== 'true') await tab.click();
  };
  const choose = async (label: string) => {
    await quickInput
      .locator('.quick-input-list-entry')
      .filter({ has: page.getByText(label, { exact: true }) })
      .first()
      .click();
  };
  return {
    async onTopic(topic, title) {
      await show('Kafka REST');
      await window.chooseFromMenu(window.treeItem(topic), title);
    },
    async produceFile(file, topic) {
      await show('Explorer');
      await window.chooseFromMenu(window.treeItem(file), 'Produce File to Topic...');
      await toTopic(window, choose, topic);
    },
    choose,
  };
}

export function keyboard({ window }: Journey): Hands {
  const { page, quickInput } = window;
  // When the palette closes, the focus goes back to where it was before, and comes on from there.
  const listening = async () => {
    const input = quickInput.locator('input');
    try {
      await input.and(page.locator(':focus')).waitFor({ timeout: 10_000 });
    } catch {
      // VS Code gives the focus to a viewer in steps, and may end only after the question showed.
      await input.focus();
    }
  };
  const run = async (title: string) => {
    await page.keyboard.press('F1');
    await listening();
    await page.keyboard.type(title);
    await choose(title);
  };
  /** Moves down the list until the entry has the focus. */
  const choose = async (label: string) => {
    const entry = quickInput
      .locator('.quick-input-list .monaco-list-row')
      .filter({ has: page.getByText(label, { exact: true }) })
      .first();
    await entry.waitFor();
    // Until it is loaded the list may yet change below the fingers.
    await quickInput.locator('.quick-input-progress:not(.infinite)').waitFor({ state: 'attached' });
    await listening();
    const focused = entry.and(page.locator('.focused'));
    while ((await focused.count()) === 0) await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
  };
  return {
    async onTopic(topic, title) {
      await run(`Kafka REST: ${title}`);
      const question = quickInput.getByPlaceholder('Which topic?');
      const row = quickInput.getByText(/^\S+ on \S+$/).first();
      await question.or(row).first().waitFor();
      if ((await question.count()) === 0) {
        if ((await row.innerText()).startsWith(`${topic} on `)) return;
        await choose('Topic');
      }
      await choose(topic);
    },
    async produceFile(file, topic) {
      await run('Kafka REST: Produce File to Topic...');
      // The dialog begins in the folder. It comes at once if a topic is likely.
      const dialog = quickInput.getByText(file, { exact: true });
      const question = quickInput.getByPlaceholder(QUESTION);
      await dialog.or(question).first().waitFor();
      if ((await question.count()) > 0) await choose(topic);
      await choose(file);
      await toTopic(window, choose, topic);
    },
    choose,
  };
}

const QUESTION = 'Produce to which topic?';

/** Answers the question for a topic, or has the page produce to it if another one was likely. */
async function toTopic(
  { quickInput }: Window,
  choose: (label: string) => Promise<void>,
  topic: string,
): Promise<void> {
  const question = quickInput.getByPlaceholder(QUESTION);
  const row = quickInput.getByText(/^To: \S+ on \S+$/);
  await question.or(row).first().waitFor();
  if ((await question.count()) === 0) {
    const label = await row.innerText();
    if (label.startsWith(`To: ${topic} on `)) return;
    await choose(label);
  }
  await choose(topic);
}
