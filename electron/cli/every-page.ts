interface Page<Row> {
  readonly total: number;
  readonly rows: readonly Row[];
}

/** What one call may ask for. */
const pageRows = 500;

/** All rows of a list that comes in pages, at most `limit`. */
export async function everyPage<Row>(
  limit: number,
  page: (place: { readonly offset: number; readonly limit: number }) => Promise<Page<Row>>,
): Promise<{ readonly total: number; readonly rows: readonly Row[] }> {
  const rows: Row[] = [];
  for (;;) {
    const next = await page({ offset: rows.length, limit: Math.min(limit - rows.length, pageRows) });
    rows.push(...next.rows);
    if (next.rows.length === 0 || rows.length >= Math.min(limit, next.total)) return { total: next.total, rows };
  }
}
