import { given } from '../signatures/signature.ts';
import { REDUCED } from '../store.ts';
import type { GroupResult } from './groups.ts';
import type { GroupArgs } from './options.ts';
import { GroupTransforms } from './transforms.ts';

/** One statistic a group. */
export abstract class GroupStatistics<S extends boolean> extends GroupTransforms<S> {
  sum(...args: GroupArgs): GroupResult<S> {
    return this[REDUCED]('sum', given(args));
  }

  mean(...args: GroupArgs): GroupResult<S> {
    return this[REDUCED]('mean', given(args));
  }

  median(...args: GroupArgs): GroupResult<S> {
    return this[REDUCED]('median', given(args));
  }

  min(...args: GroupArgs): GroupResult<S> {
    return this[REDUCED]('min', given(args));
  }

  max(...args: GroupArgs): GroupResult<S> {
    return this[REDUCED]('max', given(args));
  }

  std(...args: GroupArgs): GroupResult<S> {
    return this[REDUCED]('std', given(args));
  }

  var(...args: GroupArgs): GroupResult<S> {
    return this[REDUCED]('var', given(args));
  }

  sem(...args: GroupArgs): GroupResult<S> {
    return this[REDUCED]('sem', given(args));
  }

  prod(...args: GroupArgs): GroupResult<S> {
    return this[REDUCED]('prod', given(args));
  }

  skew(...args: GroupArgs): GroupResult<S> {
    return this[REDUCED]('skew', given(args));
  }

  count(): GroupResult<S> {
    return this[REDUCED]('count');
  }

  nunique(...args: GroupArgs): GroupResult<S> {
    return this[REDUCED]('nunique', given(args));
  }

  /** First cell of each group that is not missing. */
  first(...args: GroupArgs): GroupResult<S> {
    return this[REDUCED]('first', given(args));
  }

  last(...args: GroupArgs): GroupResult<S> {
    return this[REDUCED]('last', given(args));
  }

  any(...args: GroupArgs): GroupResult<S> {
    return this[REDUCED]('any', given(args));
  }

  all(...args: GroupArgs): GroupResult<S> {
    return this[REDUCED]('all', given(args));
  }
}
