import * as vscode from 'vscode';
import type { Capabilities } from '../../core/kafka';
import type { CheckedRecords } from '../../core/produce/sendable';
import { keepsFinalLineBreak } from '../base/settings';
import { withOnlyAble } from '../clusters/pick';
import { pickTarget } from '../targets/pickTarget';
import { askPage, runPage } from '../dialogs/page';
import { mapAnswer, runWizard, type Step } from '../dialogs/wizard';
import { requireMessages } from './checkMessages';
import {
  type Draft,
  isSingle,
  needsEncoding,
  payloadOf,
  planOf,
  type Source,
  TextSource,
} from './draft';
import type { GivenMessage } from './given';
import { ProducePage, type ProducePageServices } from './producePage';
import { askMessage } from './produceQuestions';

/** A draft to send. */
export interface Agreed {
  readonly draft: Draft;
  /** Whether the person has seen the page, which says what is left out. */
  readonly isSeen: boolean;
}

interface State extends Agreed {
  /** Whether the arguments or the person named the target, so that it is no guess. */
  readonly isSure: boolean;
}

/**
 * Asks for what is not given: the target if none is likely, the text if there is no source, and on
 * one page whatever else can be changed. Asks nothing if all is given. `uri`: the document that the
 * source is from.
 */
export async function askDraft(
  services: ProducePageServices,
  title: string,
  argument: GivenMessage,
  source: Source | undefined,
  uri: vscode.Uri | undefined,
): Promise<Agreed> {
  const { connections, targets, typed, formats } = services;
  const given = withOnlyAble(argument, connections, 'produce');
  const isSure = given.cluster !== undefined && given.topic !== undefined;
  const target = isSure ? given : targets.likely('produce', given);
  const page = new ProducePage(services);
  const steps: Step<State>[] = [
    {
      skip: () => target !== undefined,
      ask: async ({ draft }, context) => {
        const answer = await pickTarget(context, connections, targets, {
          placeholder: vscode.l10n.t('Produce to which topic?'),
          ability: 'produce',
          active: { cluster: draft.cluster, topic: draft.topic },
          cluster: given.cluster,
        });
        return mapAnswer(answer, (picked) => {
          const usual = formats.usual({ ...picked, uri });
          return { draft: { ...draft, ...picked, formats: usual }, isSure: true };
        });
      },
    },
    {
      skip: () => source !== undefined,
      ask: async ({ draft }, context) => {
        const answer = await askMessage(draft, typed, context);
        return mapAnswer(answer, (text) => ({ draft: { ...draft, ...text } }));
      },
    },
    {
      skip: ({ draft, isSure }) => isSure && isSettled(draft, given),
      ask: async ({ draft }, context) => {
        // A question for a secret would close the page. If that of the registry is not given, the page
        // says so.
        await connections.ready(draft.cluster);
        await formats.ready(draft);
        const answer = await askPage(context, draft, page);
        return mapAnswer(answer, (agreed) => ({ draft: agreed, isSeen: true }));
      },
    },
  ];
  const draft = { ...newDraft({ ...target, ...given }, source), uri };
  const usual = formats.usual(draft);
  const initial = { draft: { ...draft, formats: usual }, isSure, isSeen: false };
  return runWizard<State>(title, initial, steps);
}

/**
 * Returns the messages to send of a draft. Throws a `UserError` if some of them cannot be sent and
 * the person has not seen that.
 */
export function messagesOf(
  { draft, isSeen }: Agreed,
  capabilities: Pick<Capabilities, 'produce'>,
): CheckedRecords {
  return isSeen
    ? planOf(draft, capabilities).sending
    : requireMessages(payloadOf(draft), capabilities);
}

/** Shows the page for a draft, for example after a failure. */
export async function reviewDraft(
  services: ProducePageServices,
  title: string,
  initial: Draft,
): Promise<Agreed> {
  await services.connections.ready(initial.cluster);
  await services.formats.ready(initial);
  const page = new ProducePage(services);
  const draft = await runPage<Draft>(
    title,
    { ...initial, found: undefined, encoding: undefined },
    page,
  );
  return { draft, isSeen: true };
}

/** Returns a draft of what is given, with the usual answers for the rest. */
export function newDraft(
  {
    cluster = '',
    topic = '',
    how,
    key = '',
    partition = 'any',
  }: Omit<GivenMessage, 'partition'> & {
    readonly partition?: Draft['partition'];
  },
  source: Source = new TextSource('', 'typed'),
): Draft {
  const seemsMany = source instanceof TextSource && source.seemsMany;
  return {
    cluster,
    topic,
    source,
    how: how ?? (seemsMany ? 'many' : 'one'),
    key,
    partition,
    finalLineBreak: keepsFinalLineBreak(),
    withLarge: true,
  };
}

/** Whether the arguments answer all that the page would ask. */
function isSettled(draft: Draft, given: GivenMessage): boolean {
  // The person must see first what a setting or the check of a file makes of them.
  if (needsEncoding(draft)) return false;
  const { source } = draft;
  const isOpen = source instanceof TextSource && source.seemsMany && given.how === undefined;
  if (isOpen) return false;
  return !isSingle(draft) || (given.key !== undefined && given.partition !== undefined);
}
