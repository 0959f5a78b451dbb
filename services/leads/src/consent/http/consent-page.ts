type Bilingual = { readonly de: string; readonly en: string };

export const questionText = {
  confirm: { de: 'Dürfen wir Ihnen schreiben?', en: 'May we write to you?' },
  withdraw: { de: 'Sollen wir Ihnen nicht mehr schreiben?', en: 'Do you want us to stop writing to you?' },
} as const satisfies Record<string, Bilingual>;

export const doneText = {
  confirm: { de: 'Danke. Ihre Einwilligung ist bestätigt.', en: 'Thank you. Your consent is confirmed.' },
  withdraw: { de: 'Ihre Einwilligung ist widerrufen.', en: 'Your consent is withdrawn.' },
  stays: {
    de: 'Sie haben diese Einwilligung widerrufen; der Widerruf gilt weiterhin. Sie können sich jederzeit neu anmelden.',
    en: 'You have withdrawn this consent, and the withdrawal stays in effect. You can subscribe again at any time.',
  },
} as const satisfies Record<string, Bilingual>;

const buttonText = {
  confirm: { de: 'Ja, bestätigen', en: 'Yes, confirm' },
  withdraw: { de: 'Ja, widerrufen', en: 'Yes, withdraw' },
} as const satisfies Record<string, Bilingual>;

/** A page of fixed texts without any input. The form posts to its own address. */
export const consentPage = (text: Bilingual, ask?: keyof typeof buttonText): string => {
  const button = ask === undefined ? '' : `<form method="post"><button>${buttonText[ask].de} / ${buttonText[ask].en}</button></form>`;
  return [
    '<!doctype html><html lang="de"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">',
    '<meta name="robots" content="noindex"><meta name="referrer" content="no-referrer"><title>Einwilligung / Consent</title>',
    '<style>body{font:1.1rem/1.5 system-ui;max-width:32rem;margin:15vh auto;padding:0 1rem}button{font:inherit;padding:.6rem 1.2rem}</style>',
    `</head><body><h1>${text.de}</h1><p lang="en">${text.en}</p>${button}</body></html>`,
  ].join('');
};
