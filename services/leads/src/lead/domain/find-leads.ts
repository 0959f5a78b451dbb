import { isFound, searchedWords, searchWords } from '@meilenstein/kernel';
import { textsOf } from '../../identity/domain/survivorship.ts';
import { fullProfile, type CapturedLead } from './lead.ts';

const searchedFields = ['name', 'company', 'email'] as const;

/** With fewer digits a number would be found in too many phone numbers. */
const fewestDigits = 5;
/** With fewer characters an id would be found by a short word. */
const fewestOfId = 8;

const looksLikePhone = (text: string): boolean => /^[\d\s+()/.-]+$/.test(text);
/** The digits of a number as it was typed, without the zeros that stand for a country or an area. */
const digitsOf = (text: string): string => text.replace(/\D/g, '').replace(/^0+/, '');

/** Numbers are written with and without the country, so one of them has to end with the other, or the known one begins with what is typed. */
const hasNumber = (known: readonly string[], typed: string): boolean => {
  const wanted = digitsOf(typed);
  if (wanted.length < fewestDigits) return false;
  return known.map(digitsOf).some((number) => number.includes(wanted) || (number.length > fewestDigits && wanted.endsWith(number)));
};

/**
 * Whether a lead is found by a text: by the words of the person's name, company and e-mail address, whichever source they came from, by the
 * phone number, or by the id.
 */
export const leadFinder = (text: string): ((lead: CapturedLead) => boolean) => {
  const [searched, id] = [searchedWords(text), text.trim().toLowerCase()];
  return (lead) => {
    if (id.length >= fewestOfId && lead.leadId.toLowerCase().startsWith(id)) return true;
    const profile = fullProfile(lead);
    if (looksLikePhone(text)) return hasNumber(textsOf(profile, 'phone'), text);
    const words = searchedFields.flatMap((field) => textsOf(profile, field)).flatMap(searchWords);
    return isFound(words, searched);
  };
};
