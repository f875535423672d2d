/**
 * Programs of Windows write the OEM code page of the system into a pipe. The ones of western and central Europe are not
 * among the encodings of the platform; the upper halves of their tables stand here, from the code page tables of Unicode.
 */

const frames = '░▒▓│┤';
const upperHalves: Readonly<Record<number, string>> = {
  437: `ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜ¢£¥₧ƒáíóúñÑªº¿⌐¬½¼¡«»${frames}╡╢╖╕╣║╗╝╜╛┐└┴┬├─┼╞╟╚╔╩╦╠═╬╧╨╤╥╙╘╒╓╫╪┘┌█▄▌▐▀αßΓπΣσµτΦΘΩδ∞φε∩≡±≥≤⌠⌡÷≈°∙·√ⁿ²■\u{a0}`,
  850: `ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜø£Ø×ƒáíóúñÑªº¿®¬½¼¡«»${frames}ÁÂÀ©╣║╗╝¢¥┐└┴┬├─┼ãÃ╚╔╩╦╠═╬¤ðÐÊËÈıÍÎÏ┘┌█▄¦Ì▀ÓßÔÒõÕµþÞÚÛÙýÝ¯´\u{ad}±‗¾¶§÷¸°¨·¹³²■\u{a0}`,
  852: `ÇüéâäůćçłëŐőîŹÄĆÉĹĺôöĽľŚśÖÜŤťŁ×čáíóúĄąŽžĘę¬źČş«»${frames}ÁÂĚŞ╣║╗╝Żż┐└┴┬├─┼Ăă╚╔╩╦╠═╬¤đĐĎËďŇÍÎě┘┌█▄ŢŮ▀ÓßÔŃńňŠšŔÚŕŰýÝţ´\u{ad}˝˛ˇ˘§÷¸°¨˙űŘř■\u{a0}`,
};

/** Code pages the platform decodes, by its names for them. */
const platformNames: Readonly<Record<number, string>> = {
  866: 'ibm866',
  874: 'windows-874',
  932: 'shift_jis',
  936: 'gbk',
  949: 'euc-kr',
  950: 'big5',
  65001: 'utf-8',
};

/** Of a system whose code page is not known: what both 437 and 850 have in common is right. */
export const usualCodePage = 850;

/** @param bytes  as Latin-1, as a command runner gives them. */
export function decodeOemText(bytes: string, codePage: number): string {
  const upperHalf = codePage === 858 ? upperHalves[850]?.replace('ı', '€') : upperHalves[codePage];
  if (upperHalf !== undefined) {
    const letters = [...upperHalf];
    return bytes.replace(/[\u{80}-\u{ff}]/gu, (byte) => letters[byte.charCodeAt(0) - 0x80] ?? byte);
  }
  const name = platformNames[codePage] ?? (codePage >= 1250 && codePage <= 1258 ? `windows-${codePage}` : null);
  if (name === null) return decodeOemText(bytes, usualCodePage);
  return new TextDecoder(name).decode(Buffer.from(bytes, 'latin1'));
}

/**
 * Whether `shown`, read through the code page, can be `text`: a letter that the code page does not have comes out as some
 * other one.
 */
export function sameThroughOemText(text: string, shown: string, codePage: number): boolean {
  if (text === shown) return true;
  if (text.length !== shown.length || codePage === 65001) return false;
  const known = new Set(decodeOemText(allBytes, codePage));
  return [...Array(text.length).keys()].every(
    (index) => text.charAt(index) === shown.charAt(index) || !known.has(text.charAt(index)),
  );
}

const allBytes = String.fromCharCode(...Array(256).keys());
