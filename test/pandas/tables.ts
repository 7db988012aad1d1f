/** What the cases need of our tables, from where it is at home. */
export { DataFrame } from '../../runtime/objects/frame/data-frame.ts';
export { Index as Labels } from '../../runtime/objects/frame/index/index.ts';
export { pd } from '../../runtime/objects/frame/pandas.ts';
export { Series } from '../../runtime/objects/frame/series.ts';
export { slice } from '../../runtime/objects/frame/slice.ts';
export { isFrame, isIndex, isSeries } from '../../runtime/objects/frame/is-table.ts';
