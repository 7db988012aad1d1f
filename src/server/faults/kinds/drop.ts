import { BROKER, defineFault, pick, WHEN } from '../kind.ts';

/** The connection is dropped before the request is carried out, or after it and before its answer. */
export const drop = defineFault({
  kind: 'drop',
  about: 'drops the connection before the request is carried out, or after it and before its answer',
  actions: BROKER,
  rhythm: 'event',
  params: { when: WHEN },
  variant: ({ when }) => when,
  draw: (rng) => ({ when: pick(rng, ['before', 'after']) }),
  effect: ({ when }) => ({
    before: (call) => {
      if (when !== 'before') return 'on';
      call.happened();
      call.link.cut();
      return 'gone';
    },
    after: (answer, call) => {
      if (when !== 'after') return 'on';
      call.happened(answer);
      call.link.cut();
      return 'gone';
    },
  }),
});
