import { strToU8, zipSync } from 'fflate';

const escaped = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');

const cellOf = (cell: string | number, texts: string[]): string => {
  if (cell === '') return '<c/>';
  if (typeof cell === 'number') return `<c><v>${cell}</v></c>`;
  return `<c t="s"><v>${texts.push(cell) - 1}</v></c>`;
};

/** An XLSX file with one sheet, as spreadsheet programs write it: texts in a list of their own, dates as numbers. */
export const spreadsheetOf = (rows: readonly (readonly (string | number)[])[]): Uint8Array => {
  const texts: string[] = [];
  const lines = rows.map((cells, at) => `<row r="${at + 1}">${cells.map((cell) => cellOf(cell, texts)).join('')}</row>`);
  const relationships = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
  return zipSync({
    'xl/workbook.xml': strToU8(
      `<workbook xmlns:r="${relationships}"><sheets><sheet name="Tabelle1" sheetId="1" r:id="rId3"/></sheets></workbook>`,
    ),
    'xl/_rels/workbook.xml.rels': strToU8('<Relationships><Relationship Id="rId3" Target="worksheets/tabelle.xml"/></Relationships>'),
    'xl/worksheets/tabelle.xml': strToU8(`<worksheet><sheetData>${lines.join('')}</sheetData></worksheet>`),
    'xl/sharedStrings.xml': strToU8(`<sst>${texts.map((text) => `<si><t>${escaped(text)}</t></si>`).join('')}</sst>`),
  });
};
