import { defineTable } from '../column.ts';
import { COMPANY } from './heads.ts';

// From memory, but for the columns that the corpus reads.

/** Companies, one row each. */
export const STK_COMPANY_INFO = defineTable(
  { database: 'finance', rows: 'event' },
  {
    id: ['int', null, 'running number'],
    company_id: ['int', null, 'company'],
    code: ['text', null, 'security'],
    full_name: ['text', null, 'full name'],
    short_name: ['text', null, 'short name'],
    a_code: ['text', null, 'digits of the A share'],
    b_code: ['text', null, 'digits of the B share'],
    h_code: ['text', null, 'digits of the H share'],
    fullname_en: ['text', null, 'full name in English'],
    shortname_en: ['text', null, 'short name in English'],
    legal_representative: ['text', null, 'legal representative'],
    register_location: ['text', null, 'registered at'],
    office_address: ['text', null, 'address'],
    zipcode: ['text', null, 'post code'],
    register_capital: ['float', '10k CNY', 'registered capital'],
    currency_id: ['int', null, 'currency'],
    currency: ['text', null, 'currency in words'],
    establish_date: ['day', null, 'founded'],
    website: ['text', null, 'web site'],
    email: ['text', null, 'mail address'],
    contact_number: ['text', null, 'telephone'],
    fax_number: ['text', null, 'fax'],
    main_business: ['text', null, 'business'],
    business_scope: ['text', null, 'scope of business'],
    description: ['text', null, 'description'],
    tax_number: ['text', null, 'tax number'],
    license_number: ['text', null, 'licence number'],
    pub_newspaper: ['text', null, 'newspaper of its publications'],
    pub_website: ['text', null, 'web site of its publications'],
    secretary: ['text', null, 'secretary of the board'],
    secretary_number: ['text', null, 'telephone of the secretary'],
    secretary_fax: ['text', null, 'fax of the secretary'],
    secretary_email: ['text', null, 'mail address of the secretary'],
    security_representative: ['text', null, 'representative for securities'],
    province_id: ['text', null, 'province'],
    province: ['text', null, 'province in words'],
    city_id: ['text', null, 'city'],
    city: ['text', null, 'city in words'],
    industry_id: ['text', null, 'industry (CSRC)'],
    industry_1: ['text', null, 'industry, first level'],
    industry_2: ['text', null, 'industry, second level'],
    cpafirm: ['text', null, 'auditor'],
    lawfirm: ['text', null, 'lawyers'],
    ceo: ['text', null, 'general manager'],
    comments: ['text', null, 'remark'],
  },
);

/** Listed securities, one row each. */
export const STK_LIST = defineTable(
  { database: 'finance', rows: 'event' },
  {
    id: ['int', null, 'running number'],
    code: ['text', null, 'security'],
    name: ['text', null, 'name'],
    short_name: ['text', null, 'short name in letters'],
    category: ['text', null, 'kind: A or B'],
    exchange: ['text', null, 'exchange: XSHG or XSHE'],
    start_date: ['day', null, 'listed'],
    end_date: ['day', null, 'delisted'],
    company_id: ['int', null, 'company'],
    company_name: ['text', null, 'name of the company'],
    ipo_shares: ['float', 'shares', 'shares offered'],
    ipo_price: ['float', 'CNY', 'price of the offer'],
    book_price: ['float', 'CNY', 'nominal value'],
    par_value: ['float', 'CNY', 'par value'],
    state_id: ['int', null, 'state'],
    state: ['text', null, 'state in words'],
  },
);

/** Changes of the state of a listing. */
export const STK_STATUS_CHANGE = defineTable(
  { database: 'finance', rows: 'event' },
  {
    ...COMPANY,
    name: ['text', null, 'name'],
    pub_date: ['day', null, 'published'],
    change_date: ['day', null, 'changed'],
    public_status_id: ['int', null, 'state'],
    public_status: ['text', null, 'state in words'],
    change_reason: ['text', null, 'reason'],
    change_type_id: ['int', null, 'kind of change'],
    change_type: ['text', null, 'kind in words'],
    comments: ['text', null, 'remark'],
  },
);

/** Names a security has had. */
export const STK_NAME_HISTORY = defineTable(
  { database: 'finance', rows: 'event' },
  {
    id: ['int', null, 'running number'],
    code: ['text', null, 'security'],
    company_id: ['int', null, 'company'],
    new_name: ['text', null, 'name from then on'],
    new_spelling: ['text', null, 'its letters'],
    org_name: ['text', null, 'name before'],
    org_spelling: ['text', null, 'its letters'],
    start_date: ['day', null, 'from'],
    pub_date: ['day', null, 'published'],
    reason: ['text', null, 'reason'],
  },
);

/** Opinions of auditors on yearly reports. */
export const STK_AUDIT_OPINION = defineTable(
  { database: 'finance', rows: 'event' },
  {
    ...COMPANY,
    pub_date: ['day', null, 'published'],
    end_date: ['day', null, 'last day of the period'],
    report_type: ['text', null, 'kind of report: yearly …'],
    accounting_firm: ['text', null, 'auditor'],
    accountant: ['text', null, 'who signs'],
    opinion_type_id: [
      'int',
      null,
      '1 without reservation, 2 with an emphasis, 3 qualified, 4 none given, 5 adverse, 6 not audited',
    ],
    opinion_type: ['text', null, 'opinion in words'],
  },
);

/** Forecasts of profit. */
export const STK_FIN_FORCAST = defineTable(
  { database: 'finance', rows: 'event' },
  {
    ...COMPANY,
    name: ['text', null, 'name'],
    end_date: ['day', null, 'last day of the period'],
    report_type_id: ['int', null, 'period'],
    report_type: ['text', null, 'period in words'],
    pub_date: ['day', null, 'published'],
    type_id: ['int', null, 'kind of forecast'],
    type: ['text', null, 'kind in words'],
    profit_min: ['float', 'CNY', 'least profit'],
    profit_max: ['float', 'CNY', 'most profit'],
    profit_last: ['float', 'CNY', "last year's profit"],
    profit_ratio_min: ['float', '%', 'least change'],
    profit_ratio_max: ['float', '%', 'most change'],
    content: ['text', null, 'forecast in words'],
  },
);

/** Employees at the end of a year. */
export const STK_EMPLOYEE_INFO = defineTable(
  { database: 'finance', rows: 'event' },
  {
    ...COMPANY,
    name: ['text', null, 'name'],
    end_date: ['day', null, 'last day of the year'],
    pub_date: ['day', null, 'published'],
    employee: ['int', 'persons', 'employees'],
    retirement: ['int', 'persons', 'retired'],
    graduate_rate: ['float', '%', "with a master's degree or more"],
    college_rate: ['float', '%', "with a bachelor's degree"],
    middle_rate: ['float', '%', 'with another education'],
  },
);

/** Managers. */
export const STK_MANAGEMENT_INFO = defineTable(
  { database: 'finance', rows: 'event' },
  {
    ...COMPANY,
    pub_date: ['day', null, 'published'],
    person_id: ['int', null, 'person'],
    name: ['text', null, 'name'],
    title_class_id: ['int', null, 'kind of office'],
    title_class: ['text', null, 'kind in words'],
    title: ['text', null, 'office'],
    start_date: ['day', null, 'from'],
    leave_date: ['day', null, 'until'],
    leave_reason: ['text', null, 'why it ended'],
    on_job: ['flag', null, 'still in office'],
    gender: ['text', null, 'gender'],
    birth_year: ['text', null, 'year of birth'],
    highest_degree_id: ['int', null, 'highest degree'],
    highest_degree: ['text', null, 'degree in words'],
    title_level_id: ['int', null, 'level'],
    title_level: ['text', null, 'level in words'],
    profession_certificate: ['text', null, 'certificates'],
    nationality_id: ['int', null, 'nationality'],
    nationality: ['text', null, 'nationality in words'],
    security_career_start_year: ['text', null, 'in the business since'],
    resume: ['text', null, 'career'],
  },
);
