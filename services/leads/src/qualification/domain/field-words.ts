import { inEachLanguage, wordings, type FieldTest, type InLanguages, type Language, type Wording } from '@meilenstein/kernel';
import { qualificationTexts } from './texts.ts';

const prefixes = ['number.', 'text.', 'custom.'] as const;

/** The name of a field for sales; a custom field keeps its own name. */
export const fieldInWords = (field: string, language: Language): string => {
  const { fields, ofCompany } = qualificationTexts[language];
  const known = Object.hasOwn(fields, field) ? fields[field] : undefined;
  if (known !== undefined) return known;
  if (field.startsWith('business.')) return ofCompany(fieldInWords(field.slice('business.'.length), language));
  const prefix = prefixes.find((one) => field.startsWith(one));
  return prefix === undefined ? field : fieldInWords(field.slice(prefix.length), language);
};

const isCompanys = (rule: FieldTest): boolean => rule.field === 'email.business' || rule.field.startsWith('business.');

/** Rules about a lead or a touch, in the words of sales. */
export const leadWordings: InLanguages<Wording> = inEachLanguage((language) => {
  const texts = qualificationTexts[language];
  const named = wordings[language];
  return {
    ...named,
    test: (rule) => {
      if (rule.test === 'equals' && isCompanys(rule)) {
        const field = rule.field === 'email.business' ? 'email' : rule.field.slice('business.'.length);
        return texts.isCompanys(fieldInWords(field, language), rule.value === true);
      }
      const known = rule.test === 'equals' && rule.field === 'kind' ? texts.kinds[String(rule.value)] : undefined;
      return known ?? named.test({ ...rule, field: fieldInWords(rule.field, language) });
    },
  };
});
