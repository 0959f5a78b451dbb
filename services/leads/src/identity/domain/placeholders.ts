import { emailAddressOf } from './email-address.ts';

/** What people type before the `@` if they do not want to be written to, letters only. */
const nobody = new Set([
  'noemail',
  'nomail',
  'noemailaddress',
  'noaddress',
  'noreply',
  'donotreply',
  'noone',
  'nobody',
  'none',
  'notavailable',
  'notprovided',
  'notknown',
  'unknown',
  'keineemail',
  'keinemail',
  'keine',
  'keineangabe',
  'keineangaben',
  'unbekannt',
  'nichtbekannt',
  'nichtvorhanden',
  'ohneemail',
  'ohnemail',
  'hatkeine',
  'hatkeineemail',
  'pasdemail',
  'pasdemel',
  'aucun',
  'nessuno',
  'noemailgiven',
  'invalid',
  'fake',
  'fakeemail',
  'dummy',
  'anonymous',
  'anonym',
  'asdf',
  'asdfasdf',
  'asdfgh',
  'qwertz',
  'qwerty',
  'sdfsdf',
  'asdasd',
]);

/** Words that are an address only for the form, if the domain is called the same or is one of them, too. */
const stopgaps = new Set([
  'test',
  'tests',
  'testing',
  'tester',
  'testmail',
  'testtest',
  'foo',
  'bar',
  'foobar',
  'baz',
  'abc',
  'abcd',
  'xyz',
  'mail',
  'email',
  'example',
  'beispiel',
  'sample',
  'muster',
  'no',
  'none',
  'user',
  'name',
  'asd',
  'qwe',
  'demo',
  'domain',
  'bla',
  'blabla',
  'blub',
  'spam',
  'trash',
  'nothing',
]);

const letters = (text: string): string => text.toLowerCase().replace(/[^\p{L}]/gu, '');

/** An address that is typed because the form wants one (`a@a.com`, `noemail@…`, `test@test…`): it reaches nobody and names nobody. */
export const isPlaceholderAddress = (typed: string): boolean => {
  const [local = '', domain = ''] = emailAddressOf(typed)?.key.split('@') ?? [];
  const site = domain.split('.').at(-2) ?? '';
  const [own, host] = [letters(local), letters(site)];
  if (local === '') return false;
  const isRepeated = /^(.)\1*$/u;
  if (nobody.has(own) || (local.length > 2 && isRepeated.test(local))) return true;
  if (local === site) return local.length <= 2 || isRepeated.test(local) || stopgaps.has(own) || /^\d+$/.test(local);
  return stopgaps.has(own) && (stopgaps.has(host) || nobody.has(host));
};

/** Where mail to a person is sent; undefined if nobody would get it. */
export const mailAddressOf = (email: string | undefined): string | undefined =>
  email === undefined || isPlaceholderAddress(email) ? undefined : emailAddressOf(email)?.mailTo;
