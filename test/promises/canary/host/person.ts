import * as vscode from 'vscode';
import { until } from '../../../integration/support';

/** The questions that take a whole call. */
const dialogs = [
  'showInputBox',
  'showInformationMessage',
  'showWarningMessage',
  'showErrorMessage',
  'showSaveDialog',
] as const;

const replaced = [
  ...dialogs,
  'createInputBox',
  'createQuickPick',
  'withProgress',
  'setStatusBarMessage',
  'createStatusBarItem',
] as const;

/** How long a command may take, in milliseconds. */
const LIMIT_MS = 40_000;

export type Answers = Partial<Record<(typeof dialogs)[number], unknown>> & {
  /** What is typed or picked where the prompt or the placeholder matches, in this order. */
  readonly wizard?: readonly (readonly [prompt: RegExp, answer: string])[];
  /** What is typed into the boxes whose title or prompt matches. There must be one for each box. */
  readonly typed?: readonly (readonly [box: RegExp, answer: string])[];
  /** Cancels what shows its progress when this resolves. */
  readonly cancelOn?: Promise<unknown>;
};

/**
 * Stands in for the person: answers VS Code's dialogs and wizards, and takes down every word that
 * the extension says in one of them.
 */
export class Person {
  /** What was said, in the whole: texts, details, buttons, hints, choices. */
  readonly heard: string[] = [];
  #answers: Answers = {};
  #unanswered: string[] = [];
  readonly #originals = Object.fromEntries(
    replaced.map((name) => [name, vscode.window[name]]),
  ) as Pick<typeof vscode.window, (typeof replaced)[number]>;

  constructor() {
    for (const name of dialogs) {
      const answer = (...args: unknown[]) => {
        const said = JSON.stringify([name, ...args]);
        this.heard.push(said);
        const { typed } = this.#answers;
        if (name !== 'showInputBox' || !typed) return Promise.resolve(this.#answers[name]);
        const known = typed.find(([box]) => box.test(said))?.[1];
        if (known === undefined) this.#unanswered.push(said);
        return Promise.resolve(known);
      };
      Object.assign(vscode.window, { [name]: answer });
    }
    const { createInputBox, createQuickPick, withProgress, setStatusBarMessage } = this.#originals;
    const { createStatusBarItem } = this.#originals;
    Object.assign(vscode.window, {
      createInputBox: () => this.#watchBox(createInputBox()),
      createQuickPick: () => this.#watchPick(createQuickPick()),
      createStatusBarItem: (id: string) => this.#watchItem(createStatusBarItem(id)),
      withProgress: ((options, task) =>
        withProgress(options, (progress, token) => {
          this.heard.push(JSON.stringify(options));
          const source = new vscode.CancellationTokenSource();
          token.onCancellationRequested(() => {
            source.cancel();
          });
          void this.#answers.cancelOn?.then(() => {
            source.cancel();
          });
          const report: typeof progress.report = (value) => {
            this.heard.push(JSON.stringify(value));
            progress.report(value);
          };
          return task({ report }, source.token);
        })) satisfies typeof withProgress,
      setStatusBarMessage: (text: string, ms: number) => {
        this.heard.push(text);
        return setStatusBarMessage(text, ms);
      },
    });
  }

  #watchItem(item: vscode.StatusBarItem): vscode.StatusBarItem {
    const show = item.show.bind(item);
    return Object.assign(item, {
      show: () => {
        this.heard.push(JSON.stringify([item.text, item.tooltip, item.accessibilityInformation]));
        show();
      },
    });
  }

  /**
   * Runs a command of the extension, and returns what it said. Throws what was said if that takes too
   * long, or if there was no answer to a question.
   */
  async run(command: string, argument?: unknown, answers: Answers = {}): Promise<string[]> {
    const before = this.heard.length;
    this.#answers = answers;
    this.#unanswered = [];
    let done = false;
    const running = Promise.resolve(
      vscode.commands.executeCommand(`kafkaRest.${command}`, argument),
    ).finally(() => (done = true));
    const said = () => this.heard.slice(before);
    await Promise.race([running, until(() => done, `${command} ends`, LIMIT_MS)]).catch(
      (error: unknown) => {
        throw new Error(`${command} said: ${said().join('\n')}`, { cause: error });
      },
    );
    const [unanswered] = this.#unanswered;
    if (unanswered !== undefined) throw new Error(`no answer to ${unanswered}`);
    return said();
  }

  leave(): void {
    Object.assign(vscode.window, this.#originals);
  }

  #watchBox(input: vscode.InputBox): vscode.InputBox {
    return this.#watch(
      input,
      () => [input.prompt, input.validationMessage],
      (answer) => {
        input.value = answer;
        return true;
      },
    );
  }

  #watchPick(pick: vscode.QuickPick<vscode.QuickPickItem>): typeof pick {
    let active: string | undefined;
    let moved = false;
    pick.onDidChangeActive(([item]) => (active = item?.label));
    return this.#watch(
      pick,
      () => pick.items,
      (answer) => {
        // VS Code reports only a change, and there is none if the answer was active from the start.
        const first = moved ? undefined : pick.activeItems[0]?.label;
        if ((active ?? first) === answer) return true;
        moved = true;
        pick.activeItems = pick.items.filter(({ label }) => label === answer);
        return false;
      },
    );
  }

  /** `enter` gives an answer, and tells whether the window has it, so that it can be accepted. */
  #watch<T extends vscode.QuickInput & { placeholder: string | undefined }>(
    input: T,
    words: () => unknown,
    enter: (answer: string) => boolean,
  ): T {
    const show = input.show.bind(input);
    const dispose = input.dispose.bind(input);
    let open = true;
    const tell = () => this.heard.push(JSON.stringify([input.title, input.placeholder, words()]));
    const answer = async () => {
      const { wizard = [] } = this.#answers;
      const prompt = `${input.placeholder ?? ''}\n${JSON.stringify(words())}`;
      const next = wizard.find(([pattern]) => pattern.test(prompt));
      this.#answers = { ...this.#answers, wizard: wizard.filter((each) => each !== next) };
      await until(async () => {
        if (open && (!next || enter(next[1]))) {
          const command = next ? 'acceptSelectedQuickOpenItem' : 'closeQuickOpen';
          await vscode.commands.executeCommand(`workbench.action.${command}`);
        }
        return !open;
      }, `${prompt} is answered`);
    };
    return Object.assign(input, {
      show: () => {
        show();
        tell();
        void answer();
      },
      dispose: () => {
        tell();
        open = false;
        dispose();
      },
    });
  }
}
