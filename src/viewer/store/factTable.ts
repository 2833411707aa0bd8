import type { ShownParts } from '../../core/message/decoded';
import type { DecodedFacts } from '../../core/message/decoders/decoder';
import { MAX_FACTS } from './chunkLayout';

type PartFacts = Partial<Record<'key' | 'value', DecodedFacts>>;

/**
 * The facts of how messages were decoded, each combination once: a topic has few, so that a message
 * needs only the number of its combination. 0 stands for none.
 */
export class FactTable {
  readonly #combinations: PartFacts[] = [{}];
  /** The numbers of combinations, by the numbers of the facts of key and value. */
  readonly #numbers = new Map<number, number>();
  /** The facts of one part by their numbers, and the numbers by the facts as JSON. */
  readonly #facts: (DecodedFacts | undefined)[] = [undefined];
  readonly #byText = new Map<string, number>();
  /** The same by the objects, which a batch shares. */
  readonly #byObject = new WeakMap<DecodedFacts, number>();
  readonly #formats = { key: new Set<string>(), value: new Set<string>() };

  /** Returns a number for the facts. Of very many different ones, the later ones are left out. */
  numberOf(shown: ShownParts | undefined): number {
    const [key, value] = [shown?.key?.facts, shown?.value?.facts];
    if (!key && !value) return 0;
    const [keyNumber, valueNumber] = [this.#partNumber(key), this.#partNumber(value)];
    if (keyNumber + valueNumber === 0) return 0;
    const pair = keyNumber * MAX_FACTS + valueNumber;
    const known = this.#numbers.get(pair);
    if (known !== undefined) return known;
    if (this.#combinations.length >= MAX_FACTS) return 0;
    if (key) this.#formats.key.add(key.format);
    if (value) this.#formats.value.add(value.format);
    this.#numbers.set(pair, this.#combinations.length);
    const [keyFacts, valueFacts] = [this.#facts[keyNumber], this.#facts[valueNumber]];
    return (
      this.#combinations.push({
        ...(keyFacts && { key: keyFacts }),
        ...(valueFacts && { value: valueFacts }),
      }) - 1
    );
  }

  at(number: number): PartFacts {
    return this.#combinations[number] ?? {};
  }

  /** The formats of the keys or values so far, in the order in which they came. */
  formats(part: 'key' | 'value'): readonly string[] {
    return [...this.#formats[part]];
  }

  #partNumber(facts: DecodedFacts | undefined): number {
    if (!facts) return 0;
    const met = this.#byObject.get(facts);
    if (met !== undefined) return met;
    const number = this.#textNumber(facts);
    this.#byObject.set(facts, number);
    return number;
  }

  #textNumber(facts: DecodedFacts): number {
    const text = JSON.stringify(facts);
    const known = this.#byText.get(text);
    if (known !== undefined) return known;
    const { misfit, ...others } = facts;
    // Each message may have a misfit of its own, and must not take the place of the schemas.
    const most = misfit === undefined ? MAX_FACTS - 1 : MAX_FACTS / 2;
    if (this.#facts.length <= most) return this.#add(facts, text);
    return misfit === undefined ? 0 : this.#textNumber(others);
  }

  #add(facts: DecodedFacts, text: string): number {
    const number = this.#facts.push(facts) - 1;
    this.#byText.set(text, number);
    return number;
  }
}
