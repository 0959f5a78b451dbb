import { consentTexts } from '../domain/texts.ts';

const { de, en } = consentTexts;

type Purpose = keyof typeof de.questions;

const pageOf = (german: string, english: string, form: string): string =>
  [
    '<!doctype html><html lang="de"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">',
    `<meta name="robots" content="noindex"><meta name="referrer" content="no-referrer"><title>${de.title} / ${en.title}</title>`,
    '<style>body{font:1.1rem/1.5 system-ui;max-width:32rem;margin:15vh auto;padding:0 1rem}button{font:inherit;padding:.6rem 1.2rem}</style>',
    `</head><body><h1>${german}</h1><p lang="en">${english}</p>${form}</body></html>`,
  ].join('');

/** A page that asks a question, without any input. The form posts to its own address. */
export const questionPage = (purpose: Purpose): string =>
  pageOf(
    de.questions[purpose],
    en.questions[purpose],
    `<form method="post"><button>${de.buttons[purpose]} / ${en.buttons[purpose]}</button></form>`,
  );

/** A page that says what is so now. */
export const donePage = (result: keyof typeof de.done): string => pageOf(de.done[result], en.done[result], '');
