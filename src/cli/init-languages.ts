import { TYPESCRIPT_STRATEGY } from './init-strategy.ts';

/** What `bt init` writes for strategies in one language. */
export interface LanguageTemplate {
  /** How its files end. */
  readonly ending: string;
  /** The text of a strategy; NAME stands for its name. */
  readonly strategy: string;
  /** Whether an editor needs a tsconfig.json. */
  readonly editor: boolean;
}

/** By language; a further one is a line here and an option in `init.ts`. */
export const LANGUAGES = {
  typescript: { ending: '.ts', strategy: TYPESCRIPT_STRATEGY, editor: true },
} as const satisfies Record<string, LanguageTemplate>;
