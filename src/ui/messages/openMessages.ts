import * as vscode from 'vscode';
import { boolean, lenient, literal, object } from '../../core/schema';
import { opensInViewer } from '../base/settings';
import type { GoRow, PageRow } from '../dialogs/page';
import { markWordsOf } from '../words/clusterMarks';
import { runs } from '../words/remedies';
import { UserError } from '../words/report';
import type { Consumer } from './consume';
import type { Follower } from './follow';
import { type GivenSelection, toGivenSelection } from './givenSelection';
import { LastRead } from './lastRead';
import { rangeOf, toFollowedView, toView } from './selection';
import { askSelection, emptySelection, type SelectionServices } from './selectionPage';
import { describePartitions, describeRange } from './selectionWords';
import type { ReadDraft } from './topicFacts';
import { type Display, places, type Place } from './view';

/** The arguments of the commands that open messages. */
export interface GivenOpen extends GivenSelection {
  /** Where to open them. */
  readonly in?: Place;
  /** Whether to show the page first. Without it, the last range is read if none is given. */
  readonly ask?: boolean;
}

const openFields = object({ in: lenient(literal(...places)), ask: lenient(boolean) });

/** Reads the arguments of a command. */
export function toGivenOpen(argument: unknown): GivenOpen {
  return { ...toGivenSelection(argument), ...openFields(argument) };
}

interface OpenDraft extends ReadDraft {
  readonly place: Place;
}

export interface OpenerServices extends SelectionServices {
  readonly consumer: Consumer;
  readonly display: Display;
  readonly follower: Follower;
  readonly workspaceState: vscode.Memento;
}

/** Opens messages of a topic, in a viewer or a document, after one page at most. */
export class MessageOpener {
  readonly #last: LastRead;

  constructor(private readonly services: OpenerServices) {
    this.#last = new LastRead(services.workspaceState);
  }

  /** Opens messages where they were opened the last time, or where the person chooses. */
  async open(given: GivenOpen): Promise<void> {
    const place = given.in ?? this.#last.place ?? configuredPlace();
    const draft = await this.#ask(given, place, vscode.l10n.t('Open Messages'));
    await this.#last.rememberPlace(draft.place);
    await this.#show(draft);
  }

  /** Opens messages in a document, or in a viewer if the settings say so. */
  async consume(given: GivenOpen): Promise<void> {
    const place = given.in ?? configuredPlace();
    await this.#show(await this.#ask(given, place, vscode.l10n.t('Consume Messages')));
  }

  /** Opens messages in a viewer. */
  async view(given: GivenOpen): Promise<void> {
    await this.#show(await this.#ask(given, 'viewer', vscode.l10n.t('View Messages')));
  }

  /** Reads once more what was read last. Relative times count from now. */
  async repeatLast(): Promise<void> {
    const last = this.#last.selection;
    if (!last) {
      throw new UserError(
        vscode.l10n.t('nothing was read yet in this workspace'),
        vscode.l10n.t('Open messages of a topic first'),
        runs(vscode.l10n.t('Open Messages'), 'openMessages'),
      );
    }
    this.services.connections.clusters.require(last.cluster);
    await this.#show(last);
  }

  /** Shows messages as they arrive, until the person closes the tab or stops it there. */
  async follow(given: GivenOpen): Promise<void> {
    const t = vscode.l10n.t;
    const place = given.in ?? this.#last.place ?? configuredPlace();
    const initial: OpenDraft = { ...emptySelection(), start: 'new', place };
    const draft = await askSelection(this.services, argumentsOf(given, initial), initial, {
      title: t('Follow Topic'),
      offersNew: true,
      go: (state) => ({
        label:
          state.start === 'new'
            ? t('Follow {0}: new messages as they arrive', state.topic)
            : t('Follow {0}: {1}, then new ones', state.topic, describeRange(state)),
        description: this.#describe(state),
      }),
      rows: placeRows,
    });
    const { connections, targets, follower, display } = this.services;
    await targets.used(draft);
    const proxy = await connections.ready(draft.cluster);
    const view = toFollowedView(draft);
    if (draft.place === 'viewer') await display.follow(view, new AbortController().signal);
    else await follower.followInDocument(proxy, view);
  }

  async #ask(given: GivenOpen, place: Place, title: string): Promise<OpenDraft> {
    const t = vscode.l10n.t;
    const range = given.start === undefined ? this.#last.rangeFor(given) : {};
    const initial: OpenDraft = { ...emptySelection(), ...range, place };
    return askSelection(this.services, argumentsOf(given, initial), initial, {
      title,
      go: (state): GoRow => ({
        label: t('Open {0} of {1}', describeRange(state), state.topic),
        description: this.#describe(state),
      }),
      rows: placeRows,
    });
  }

  #describe(state: OpenDraft): string {
    const cluster = this.services.connections.clusters.get(state.cluster);
    const marks = markWordsOf(cluster?.definition);
    return [describePartitions(state), state.cluster, ...marks, placeName(state.place)].join(' · ');
  }

  async #show(draft: OpenDraft): Promise<void> {
    await this.services.targets.used(draft);
    await this.#last.remember(draft, draft.place);
    await this.services.consumer.show(toView(draft), draft.place);
  }
}

/** Returns the arguments. If no page may show, what they leave open is as in the draft. */
function argumentsOf(given: GivenOpen, draft: OpenDraft): GivenSelection {
  if (given.ask !== false) return given;
  return { partitions: draft.partitions, ...rangeOf(draft), ...given };
}

function configuredPlace(): Place {
  return opensInViewer() ? 'viewer' : 'document';
}

function placeName(place: Place): string {
  const t = vscode.l10n.t;
  return place === 'viewer' ? t('in a viewer') : t('in a document');
}

function placeRows({ place }: OpenDraft): readonly PageRow<OpenDraft>[] {
  return [
    {
      label: vscode.l10n.t('Open in'),
      description:
        place === 'viewer'
          ? vscode.l10n.t('a viewer (choose this line for a document)')
          : vscode.l10n.t('a document (choose this line for a viewer)'),
      iconPath: new vscode.ThemeIcon(place === 'viewer' ? 'table' : 'file'),
      ask: () => Promise.resolve({ place: place === 'viewer' ? 'document' : 'viewer' }),
    },
  ];
}
