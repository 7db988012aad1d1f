import type { Board } from '../../domain/market/board.ts';
import { hashText, mix, unit } from '../../platform/random.ts';
import { industriesOf } from './industries.ts';

// Code, name, first day, and the classes of 申万 (first or second level) whose companies are often of it. Codes are plausible.
const ROWS = `
GN001 稀土永磁 2010-06-01 801051,801054
GN002 黄金概念 2010-06-01 801053,801133
GN003 锂电池 2010-09-01 801737,801056
GN011 物联网 2010-10-15 801770,801101,801103
GN028 智能电网 2010-09-01 801738
GN030 新材料 2011-01-17 801030,801051
GN032 云计算 2011-03-10 801750
GN036 风能 2010-09-01 801736,801161
GN038 太阳能 2010-09-01 801735
GN045 军工航天 2010-09-01 801740
GN050 核电核能 2011-03-15 801161,801074
GN055 生物育种 2011-01-30 801016
GN060 节能环保 2011-08-01 801970
GN066 水利建设 2011-01-30 801723,801711
GN070 央企改革 2013-11-15 801720,801160,801780,801170
GN075 土地流转 2013-11-12 801010
GN080 大数据 2013-06-01 801750
GN085 移动支付 2012-06-01 801103,801101
GN088 智能穿戴 2013-08-01 801085
GN090 网络安全 2014-02-28 801104,801103
GN095 特斯拉 2013-05-10 801093,801737
GN098 充电桩 2014-05-28 801738,801733
GN100 机器人 2013-10-10 801078,801074
GN103 国产软件 2014-03-01 801104
GN106 职业教育 2014-06-24 801994
GN110 养老概念 2013-08-20 801156,801153
GN115 电子竞技 2014-08-01 801764
GN120 无人机 2014-11-01 801742
GN125 一带一路 2014-11-10 801723,801724,801178
GN130 量子通信 2015-01-12 801102
GN135 人工智能 2016-03-10 801750,801081
GN140 虚拟现实 2015-12-01 801085,801084
GN145 芯片概念 2016-06-20 801081
GN150 雄安新区 2017-04-05 801711,801723,801181
GN155 新零售 2017-05-26 801203,801206
GN160 区块链 2016-01-20 801103,801104
GN165 富时罗素 2018-09-27 801780,801120,801150
GN170 5G 2018-06-14 801102
GN175 创新药 2018-11-08 801151,801152,801156
GN180 猪肉概念 2019-02-14 801017,801014
GN185 氢能源 2019-03-15 801096,801733,801034
GN190 数字货币 2019-08-19 801103,801101
GN195 华为概念 2019-05-21 801102,801104,801085
GN200 光刻胶 2019-09-06 801086,801034
GN205 医疗美容 2020-06-15 801983,801982
GN210 疫苗 2020-02-03 801152
GN215 免税概念 2020-06-09 801203
GN220 第三代半导体 2020-09-04 801081
GN225 碳中和 2021-03-01 801970,801161,801040
GN230 储能 2021-07-15 801733,801737,801735
GN235 专精特新 2021-09-03 801890,801030
GN240 元宇宙 2021-10-29 801764,801767
GN245 东数西算 2022-02-17 801103,801223
GN250 中药概念 2022-03-10 801155
GN255 信创 2022-10-10 801104,801101
GN260 中特估 2022-11-22 801720,801961,801223,801782
GN265 人形机器人 2023-06-26 801078,801093
GN270 算力租赁 2023-08-28 801103
GN275 低空经济 2024-02-01 801742,801093
GN280 固态电池 2024-04-09 801737
`;

export interface Concept {
  readonly code: string;
  readonly name: string;
  /** `YYYY-MM-DD`. */
  readonly startDate: string;
  readonly classes: ReadonlySet<string>;
}

export const CONCEPTS: readonly Concept[] = ROWS.trim()
  .split('\n')
  .map((row) => {
    const [code = '', name = '', startDate = '', classes = ''] = row.split(' ');
    return { code, name, startDate, classes: new Set(classes.split(',')) };
  });

/** How many of the companies of its classes are of a concept, and how many of all others. */
const NEAR = 0.6;
const FAR = 0.015;

/** Whether a company is one of a concept's, from the concept's first day on; the same for every seed. */
export function isOfConcept(security: string, board: Board, { code, classes }: Concept): boolean {
  const { sw_l1, sw_l2 } = industriesOf(security, board);
  const isNear = classes.has(sw_l1.code) || classes.has(sw_l2.code);
  return unit(mix(hashText(security), hashText(code))) < (isNear ? NEAR : FAR);
}
