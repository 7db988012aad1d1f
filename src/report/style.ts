/** The look of the page: light and dark as the system is, and on paper. Red rises, green falls, as in China. */
export const STYLE = `
:root { color-scheme: light dark; --ink: #1c2330; --faint: #5d6778; --line: #dfe3ea; --paper: #ffffff; --panel: #f6f7f9;
  --rise: #b3261e; --fall: #146c3a; --mark: #8a4b00; --curve: #2456a6; }
@media (prefers-color-scheme: dark) { :root { --ink: #e4e8ef; --faint: #9aa4b5; --line: #2e3644; --paper: #12161d;
  --panel: #1a2029; --rise: #ff7b72; --fall: #56d391; --mark: #f0b35e; --curve: #7fb0ff; } }
* { box-sizing: border-box; }
body { margin: 0 auto; max-width: 84rem; padding: 1.5rem 1.25rem 3rem; background: var(--paper); color: var(--ink);
  font: 15px/1.5 system-ui, "PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", sans-serif; }
h1 { margin: 0; font-size: 1.6rem; }
h2 { margin: 2rem 0 .5rem; font-size: 1.1rem; }
p { margin: .25rem 0; }
.faint { color: var(--faint); }
.rise { color: var(--rise); }
.fall { color: var(--fall); }
.mark { color: var(--mark); }
dl { display: grid; grid-template-columns: repeat(auto-fit, minmax(11rem, 1fr)); gap: .75rem; margin: 1.25rem 0 0; }
dl div { background: var(--panel); border: 1px solid var(--line); border-radius: .5rem; padding: .6rem .8rem; }
dt { color: var(--faint); font-size: .85rem; }
dd { margin: 0; font-size: 1.2rem; font-variant-numeric: tabular-nums; }
dd small { display: block; color: var(--faint); font-size: .8rem; }
.scroll { overflow-x: auto; }
table { border-collapse: collapse; width: 100%; font-size: .85rem; }
th, td { padding: .3rem .5rem; border-bottom: 1px solid var(--line); text-align: left; vertical-align: top; }
th { color: var(--faint); font-weight: 600; white-space: nowrap; }
td.number, th.number { text-align: right; white-space: nowrap; font-variant-numeric: tabular-nums; }
td.nowrap { white-space: nowrap; }
ul { margin: .25rem 0; padding-left: 1.25rem; }
svg { display: block; width: 100%; height: auto; }
svg polyline { fill: none; stroke: var(--curve); stroke-width: 2; vector-effect: non-scaling-stroke; }
svg line { stroke: var(--line); }
figure { margin: 0; }
figcaption { color: var(--faint); font-size: .85rem; }
@media print { body { max-width: none; padding: 0; font-size: 11px; } h2 { break-after: avoid; } tr, dl div, figure { break-inside: avoid; }
  thead { display: table-header-group; } .scroll { overflow: visible; } }
`;
