import type { Language } from '../../platform/language.ts';
import { inLanguage } from '../../words/in-language.ts';
import type { PageSource } from './source.ts';

/** Members of a document that are sentences of bt. Everything else is a name, a number or a state, for which the page has words. */
const SAID: ReadonlySet<string> = new Set(['reason', 'text', 'problem', 'gate']);
/** Who writes lines that are not of bt. */
const STRATEGY = 'strategy';

/** The same instances, as they are told to somebody who reads that language. */
export function spokenSource(source: PageSource, language: Language): PageSource {
  if (language === 'en') return source;
  const spoken = <T>(value: T): T => spokenIn(value, language) as T;
  return {
    list: async () => spoken(await source.list()),
    status: async (instance, query) => spoken(await source.status(instance, query)),
    log: async (instance, query) => {
      const page = await source.log(instance, query);
      return { ...page, lines: page.lines.map((line) => (line.source === STRATEGY ? line : spoken(line))) };
    },
    command: (instance, request) => source.command(instance, request),
    kill: (instance, values) => source.kill(instance, values),
    changes: (listener) => source.changes(listener),
    close: () => source.close(),
  };
}

/** A document's sentences in that language. */
export function spokenIn(value: unknown, language: Language): unknown {
  if (Array.isArray(value)) return value.map((each) => spokenIn(each, language));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, member]) => [
      name,
      typeof member === 'string' && SAID.has(name) ? inLanguage(member, language) : spokenIn(member, language),
    ]),
  );
}
