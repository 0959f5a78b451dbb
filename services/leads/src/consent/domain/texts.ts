import type { InLanguages } from '@meilenstein/kernel';

type ConsentTexts = {
  readonly title: string;
  readonly questions: Readonly<Record<'confirm' | 'withdraw', string>>;
  readonly buttons: Readonly<Record<'confirm' | 'withdraw', string>>;
  readonly done: Readonly<Record<'confirm' | 'withdraw' | 'stays' | 'invalid', string>>;
  readonly mail: {
    readonly subject: string;
    readonly greeting: string;
    readonly confirm: string;
    readonly withdraw: string;
  };
};

/** What persons read who are asked for their consent. */
export const consentTexts: InLanguages<ConsentTexts> = {
  en: {
    title: 'Consent',
    questions: { confirm: 'May we write to you?', withdraw: 'Do you want us to stop writing to you?' },
    buttons: { confirm: 'Yes, confirm', withdraw: 'Yes, withdraw' },
    done: {
      confirm: 'Thank you. Your consent is confirmed.',
      withdraw: 'Your consent is withdrawn.',
      stays: 'You have withdrawn this consent, and the withdrawal stays in effect. If you change your mind, please write to us.',
      invalid: 'This link is not valid, or no longer valid. Please open the link in the e-mail again.',
    },
    mail: {
      subject: 'Please confirm your subscription',
      greeting: 'Hello,',
      confirm: 'On our website you agreed to receive e-mails from us. Please confirm this with the following link:',
      withdraw: 'If this was not you, you can ignore this e-mail. You can withdraw your consent at any time here:',
    },
  },
  de: {
    title: 'Einwilligung',
    questions: { confirm: 'Dürfen wir Ihnen schreiben?', withdraw: 'Sollen wir Ihnen nicht mehr schreiben?' },
    buttons: { confirm: 'Ja, bestätigen', withdraw: 'Ja, widerrufen' },
    done: {
      confirm: 'Vielen Dank. Ihre Einwilligung ist bestätigt.',
      withdraw: 'Ihre Einwilligung ist widerrufen.',
      stays:
        'Sie haben diese Einwilligung widerrufen; der Widerruf gilt weiterhin. Wenn Sie es sich anders überlegen, schreiben Sie uns bitte.',
      invalid: 'Dieser Link ist nicht oder nicht mehr gültig. Bitte öffnen Sie noch einmal den Link in der E-Mail.',
    },
    mail: {
      subject: 'Bitte bestätigen Sie Ihre Anmeldung',
      greeting: 'Guten Tag,',
      confirm: 'Sie haben auf unserer Website eingewilligt, dass wir Ihnen E-Mails schreiben. Bitte bestätigen Sie das über diesen Link:',
      withdraw:
        'Falls Sie das nicht waren, brauchen Sie nichts zu tun. Ihre Einwilligung können Sie jederzeit über diesen Link widerrufen:',
    },
  },
};
