import { lenient, literal, object, type Read, string } from '../../core/schema';
import { type Target, toTarget } from '../clusters/pick';

const messageFields = object({
  text: lenient(string),
  how: lenient(literal('one', 'many')),
  key: lenient(string),
});

/** The arguments that a node of the tree or a keybinding passes to a command. */
export type GivenMessage = Target & Read<typeof messageFields>;

/** Reads the arguments of a command. */
export function toGivenMessage(argument: unknown): GivenMessage {
  return { ...toTarget(argument), ...messageFields(argument) };
}
