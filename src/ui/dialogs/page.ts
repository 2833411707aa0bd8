import * as vscode from 'vscode';
import { askPick, type Choice } from './questions';
import { detailToRead } from './toRead';
import { type Answer, back, onlyStep, type StepContext } from './wizard';

type Look = Pick<vscode.QuickPickItem, 'label' | 'description' | 'detail' | 'iconPath'>;

/** The first row of a page, which says what Enter does. */
export interface GoRow extends Look {
  /** Why it cannot be done as things stand. Enter then does nothing. */
  readonly refused?: string | undefined;
}

/** A row of a page: how one thing stands, and the question that changes it. */
export interface PageRow<S> extends Look {
  /** Asks for the change. Without it, the row only informs. */
  ask?(state: S, context: StepContext): Promise<Answer<Partial<S>>>;
}

/** A heading above the rows that follow. */
export interface PageHeading {
  readonly heading: string;
}

/**
 * A page over the state `S`: one list that says what will happen, with a row for each thing that
 * can be changed first.
 */
export interface Page<S> {
  placeholder(state: S): string;
  go(state: S): GoRow;
  rows(state: S): readonly (PageRow<S> | PageHeading)[];
  /**
   * Loads facts that take a request. The page shows itself meanwhile, and again once they are
   * there, or `show` is called with those that are. Called each time the page shows, so it returns
   * `{}` if there is nothing to load.
   */
  load?(state: S, signal: AbortSignal, show: (facts: Partial<S>) => void): Promise<Partial<S>>;
}

/**
 * Shows a page until the person goes on, and returns the state as they left it. Going back or
 * giving up in the question of a row leads back to the page. Rejects if loading fails.
 */
export async function askPage<S extends object>(
  context: StepContext,
  initial: S,
  page: Page<S>,
): Promise<Answer<S>> {
  let state = initial;
  for (;;) {
    const list = () => choicesOf(state, page);
    const answer = await askPick<Go | PageRow<S>>(context, {
      placeholder: page.placeholder(state),
      choices: async (signal, showMeanwhile) => {
        // What arrives after the page is left must not change what was chosen since.
        const add = (facts: Partial<S> = {}) => {
          signal.throwIfAborted();
          state = { ...state, ...facts };
          return list();
        };
        showMeanwhile(list());
        const loaded = await page.load?.(state, signal, (facts) => {
          showMeanwhile(add(facts));
        });
        return add(loaded);
      },
    });
    if (answer === back || answer === undefined) return answer;
    if (answer === go) return state;
    const changed = await answer.ask?.(state, onlyStep(context.title, true));
    if (changed !== undefined && changed !== back) state = { ...state, ...changed };
  }
}

/** As `askPage`, for a page that stands alone. Throws a `CancellationError` if the person gives up. */
export async function runPage<S extends object>(
  title: string,
  initial: S,
  page: Page<S>,
): Promise<S> {
  const answer = await askPage(onlyStep(title), initial, page);
  if (answer === undefined || answer === back) throw new vscode.CancellationError();
  return answer;
}

const go = Symbol('go');
type Go = typeof go;

function choicesOf<S>(state: S, page: Page<S>): readonly Choice<Go | PageRow<S>>[] {
  const { refused, ...look } = page.go(state);
  const first: readonly Choice<Go>[] =
    refused === undefined
      ? [{ iconPath: new vscode.ThemeIcon('play'), ...look, choice: go }]
      : refusedRows(look, refused);
  return [
    ...first,
    ...page.rows(state).map((row): Choice<PageRow<S>> => {
      if ('heading' in row) {
        return { label: row.heading, kind: vscode.QuickPickItemKind.Separator };
      }
      const { label, description, detail } = row;
      const iconPath = row.iconPath ?? new vscode.ThemeIcon(row.ask ? 'edit' : 'info');
      const look: Choice<PageRow<S>> = {
        label,
        iconPath,
        ...(description !== undefined && { description }),
        ...(detail !== undefined && { detail }),
      };
      return row.ask ? { ...look, choice: row } : look;
    }),
  ];
}

/** Returns the first row where Enter does nothing, and below it what its detail has no room for. */
function refusedRows(look: Look, refused: string): readonly Choice<never>[] {
  const { detail, below } = detailToRead(refused);
  return [{ ...look, detail, iconPath: new vscode.ThemeIcon('warning') }, ...below];
}
