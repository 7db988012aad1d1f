/** A character with the initial of its reading. */
type Syllable = readonly [string, string];

// Eighty characters that names of companies begin with, and eighty that follow.
const FIRST = syllables(
  '华H金J天T东D南N北B中Z新X宏H海H江J长C安A永Y大D国G光G远Y万W恒H泰T盛S兴X龙L凯K瑞R鑫X汇H佳J嘉J德D博B信X通T科K力L立L' +
    '顺S丰F利L益Y美M宝B银Y星X云Y山S河H湖H川C岳Y岭L峰F润R泽Z源Y浩H晨C旭X辉H明M朗L景J春C秋Q雅Y格G康K诚C捷J航H宇Y迈M诺N腾T鸿H',
);
const SECOND = syllables(
  '达D源Y润R盛S兴X茂M昌C隆L祥X瑞R泰T康K宁N和H顺S发F丰F裕Y恒H永Y久J固G坚J强Q胜S捷J迅X通T联L合H众Z邦B友Y朋P佳J优Y卓Z越Y' +
    '腾T翔X飞F鸿H鹏P麟L凤F鹤H燕Y虹H霞X晖H曜Y晶J莹Y澜L涛T泓H清Q淳C澄C岩Y磊L峻J峰F岱D森S林L桐T柏B松S竹Z兰L菱L钧J铭M锐R铂B鼎D钰Y',
);

/** What names of companies end with, by the first level of 申万 they are of; others take one of the last row. */
const ENDINGS: Readonly<Record<string, readonly string[]>> = {
  '801010': ['农业NY', '牧业MY', '种业ZY', '生物SW'],
  '801030': ['化工HG', '材料CL', '化学HX', '新材XC'],
  '801040': ['钢铁GT', '特钢TG'],
  '801050': ['有色YS', '矿业KY', '锂业LY', '稀土XT'],
  '801080': ['电子DZ', '微电WD', '光电GD', '半导BD'],
  '801880': ['汽配QP', '汽车QC', '动力DL'],
  '801110': ['电器DQ', '家电JD'],
  '801120': ['食品SP', '酒业JY', '乳业RY'],
  '801130': ['服饰FS', '纺织FZ', '股份GF'],
  '801140': ['家居JJ', '包装BZ', '纸业ZY'],
  '801150': ['药业YY', '医药YY', '生物SW', '医疗YL'],
  '801160': ['电力DL', '能源NY', '燃气RQ'],
  '801170': ['物流WL', '航运HY', '高速GS'],
  '801180': ['地产DC', '置业ZY', '发展FZ'],
  '801200': ['商贸SM', '百货BH', '商业SY'],
  '801210': ['旅游LY', '教育JY', '检测JC'],
  '801780': ['银行YH'],
  '801790': ['证券ZQ', '金控JK', '信托XT'],
  '801710': ['建材JC', '水泥SN', '玻璃BL'],
  '801720': ['建设JS', '工程GC', '设计SJ'],
  '801730': ['电气DQ', '新能XN', '电源DY', '电缆DL'],
  '801890': ['机械JX', '装备ZB', '重工ZG', '精工JG'],
  '801740': ['航空HK', '防务FW', '军工JG'],
  '801750': ['软件RJ', '信息XX', '数据SJ', '网络WL'],
  '801760': ['传媒CM', '文化WH', '出版CB'],
  '801770': ['通信TX', '光缆GL'],
  '801950': ['煤业MY', '能源NY'],
  '801960': ['石化SH', '油服YF'],
  '801970': ['环保HB', '环境HJ', '水务SW'],
  '801980': ['日化RH', '美妆MZ'],
};
const ANY = ['股份GF', '科技KJ', '集团JT', '控股KG', '实业SY'];
/** One name of four takes an ending that says nothing of what the company does. */
const PLAIN = 4;

export interface Name {
  readonly displayName: string;
  /** Initials. */
  readonly name: string;
}

/** How many companies can have names of their own. */
export const COMPANY_NAMES = FIRST.length * SECOND.length;

/** An invented name: another one for each number below COMPANY_NAMES. `hash` chooses how it ends. */
export function companyName(nth: number, industry: string, hash: number): Name {
  // Multiplied by a number that shares no factor with them: neighbours do not sound alike, and none comes twice.
  const place = (nth * 2741 + 997) % COMPANY_NAMES;
  const [first, initial] = FIRST[place % FIRST.length] ?? ['', ''];
  const [second, follows] = SECOND[Math.floor(place / FIRST.length)] ?? ['', ''];
  const own = hash % PLAIN === 0 ? undefined : ENDINGS[industry];
  const endings = own ?? ANY;
  const ending = endings[Math.floor(hash / PLAIN) % endings.length] ?? '';
  return { displayName: `${first}${second}${ending.slice(0, 2)}`, name: `${initial}${follows}${ending.slice(2)}` };
}

const THEMES = (
  '沪深300HS300 中证500ZZ500 中证1000ZZ1000 中证A500ZZA500 创业板CYB 科创50KC50 上证50SZ50 红利HL 红利低波HLDB 央企YQ 国企GQ 消费XF ' +
  '医药YY 医疗YL 创新药CXY 生物SW 芯片XP 半导体BDT 人工智能RGZN 机器人JQR 云计算YJS 大数据DSJ 软件RJ 通信TX 卫星WX 游戏YX 传媒CM 新能源XNY ' +
  '光伏GF 电池DC 电网DW 电力DL 新能车XNC 军工JG 航空HK 证券ZQ 银行YH 保险BX 地产DC 基建JJ 钢铁GT 有色YS 稀土XT 煤炭MT 石化SH 化工HG ' +
  '农业NY 养殖YZ 食品SP 家电JD 旅游LY 教育JY 环保HB 物联网WLW 恒生科技HSKJ 港股通GGT 中概ZG 纳指NZ 日经RJ 黄金股HJG'
).split(' ');
const MANAGERS =
  '华岳HY 东泽DZ 明川MC 中岭ZL 恒远HY 金海JH 博信BX 嘉禾JH 景山JS 万润WR 安泰AT 国康GK 星河XH 瑞林RL 长晖CH 云峰YF 德顺DS 宏利HL 永丰YF 天晟TS'.split(
    ' ',
  );

/** How many funds can have names of their own. */
export const FUND_NAMES = THEMES.length * MANAGERS.length;

/** The name of a listed fund: another one for each number below FUND_NAMES. */
export function fundName(nth: number, kind: 'ETF' | 'LOF'): Name & { readonly manager: string } {
  const place = (nth * 769 + 31) % FUND_NAMES;
  const [theme, manager] = [THEMES[place % THEMES.length] ?? '', MANAGERS[Math.floor(place / THEMES.length)] ?? ''];
  const [words, initials] = [/^.*?(?=[A-Z]+\d*$)/u.exec(theme)?.[0] ?? theme, /[A-Z]+\d*$/u.exec(theme)?.[0] ?? ''];
  return {
    displayName: `${words}${kind}${manager.slice(0, 2)}`,
    name: `${initials}${kind}${manager.slice(2)}`,
    manager: `${manager.slice(0, 2)}基金管理有限公司`,
  };
}

function syllables(text: string): Syllable[] {
  return Array.from(text.matchAll(/(.)([A-Z])/gu), ([, character = '', initial = '']) => [character, initial]);
}
