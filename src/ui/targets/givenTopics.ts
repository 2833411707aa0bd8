import { array, object, string } from '../../core/schema';

/** Several topics of a cluster, as the tree passes them to a command. */
export interface GivenTopics {
  readonly cluster: string;
  readonly topics: readonly string[];
}

const givenTopics = object({ cluster: string, topics: array(string) });

/** Reads several topics from the argument of a command. */
export function toGivenTopics(argument: unknown): GivenTopics | undefined {
  const given = givenTopics(argument);
  return given && given.topics.length > 0 ? given : undefined;
}
