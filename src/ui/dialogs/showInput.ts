import * as vscode from 'vscode';
import { oneLine } from '../../core/text/visible';
import { type Answer, back, type StepContext } from './wizard';

type BackableInput = vscode.QuickInput & Pick<vscode.InputBox, 'buttons' | 'onDidTriggerButton'>;

/** Shows the input. Resolves with the answer, `back`, or `undefined` if it is dismissed. */
export function showInput<T>(
  input: BackableInput,
  context: StepContext,
  wire: (settle: (answer: T) => void, fail: (error: unknown) => void) => void,
): Promise<Answer<T>> {
  input.title = oneLine(context.title);
  if (context.totalSteps > 1) {
    input.step = context.step;
    input.totalSteps = context.totalSteps;
  }
  input.ignoreFocusOut = true;
  const { Back } = vscode.QuickInputButtons;
  if (context.canGoBack) input.buttons = [Back, ...input.buttons];
  return new Promise<Answer<T>>((resolve, reject) => {
    input.onDidTriggerButton((button) => {
      if (button === Back) resolve(back);
    });
    input.onDidHide(() => {
      resolve(undefined);
    });
    wire(resolve, reject);
    input.show();
  }).finally(() => {
    input.dispose();
  });
}
