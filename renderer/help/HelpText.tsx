/** Markdown as React elements. There is no HTML on the way: what a page has of it is shown as the text it is. */
import { styled } from '@mui/material/styles';
import type { MarkedToken, Token, Tokens } from 'marked';
import { createElement, Fragment, type ReactNode } from 'react';
import { monospaceFontFamily } from '../app/theme.ts';
import { type NamedTexts, settingNameOf, textOfSetting } from './help-page.ts';
import { type HelpTopic, topicOfLink } from './topics.ts';

const Body = styled('div')(({ theme }) => ({
  lineHeight: 1.5,
  '& h4': { margin: '14px 0 4px', fontSize: 13, fontWeight: 600 },
  '& p': { margin: '0 0 8px' },
  '& ul, & ol': { margin: '0 0 8px', paddingLeft: 20 },
  '& li': { margin: '0 0 4px' },
  '& li > p': { margin: 0 },
  '& table': { borderCollapse: 'collapse', margin: '0 0 8px' },
  '& th, & td': {
    padding: '3px 8px',
    border: `1px solid ${theme.vars.palette.frame.line}`,
    textAlign: 'left',
    verticalAlign: 'top',
  },
  '& th': { backgroundColor: theme.vars.palette.frame.bar, fontWeight: 600 },
  '& code, & pre': { fontFamily: monospaceFontFamily, fontSize: 12 },
  '& pre': {
    margin: '0 0 8px',
    padding: '6px 8px',
    overflow: 'auto',
    backgroundColor: theme.vars.palette.frame.bar,
    border: `1px solid ${theme.vars.palette.frame.line}`,
  },
}));

const PageLink = styled('button')(({ theme }) => ({
  display: 'inline',
  padding: 0,
  border: 'none',
  background: 'none',
  color: theme.vars.palette.primary.main,
  font: 'inherit',
  textDecoration: 'underline',
  textAlign: 'left',
  cursor: 'pointer',
  userSelect: 'text',
}));

interface HelpTextProps {
  readonly body: readonly Token[];
  readonly texts: NamedTexts;
  readonly onOpen: (topic: HelpTopic) => void;
}

export function HelpText({ body, texts, onOpen }: HelpTextProps) {
  return <Body>{drawAll(body, { texts, onOpen })}</Body>;
}

type Context = Pick<HelpTextProps, 'texts' | 'onOpen'>;

const drawAll = (tokens: readonly Token[], context: Context): ReactNode =>
  // A page does not change while it is shown: the place of a token is its identity.
  tokens.map((token, index) => createElement(Fragment, { key: index }, draw(token as MarkedToken, context)));

function draw(token: MarkedToken, context: Context): ReactNode {
  switch (token.type) {
    case 'heading':
      return <h4>{drawAll(token.tokens, context)}</h4>;
    case 'paragraph':
      return <p>{drawAll(token.tokens, context)}</p>;
    case 'list':
      return createElement(
        token.ordered ? 'ol' : 'ul',
        null,
        token.items.map((item) => <li key={item.raw}>{drawItem(item, context)}</li>),
      );
    case 'table':
      return drawTable(token, context);
    case 'code':
      return (
        <pre>
          <code>{token.text}</code>
        </pre>
      );
    case 'codespan':
      return <code>{token.text}</code>;
    case 'strong':
      return <strong>{drawAll(token.tokens, context)}</strong>;
    case 'em':
      return <em>{drawAll(token.tokens, context)}</em>;
    case 'link':
      return drawLink(token, context);
    case 'text':
      return token.tokens === undefined ? token.text : drawAll(token.tokens, context);
    case 'escape':
      return token.text;
    case 'br':
      return <br />;
    case 'space':
      return null;
    default:
      return token.raw;
  }
}

function drawItem(item: Tokens.ListItem, context: Context): ReactNode {
  const name = settingNameOf(item);
  const setting = name === null ? null : textOfSetting(context.texts, name);
  if (setting === null) return drawAll(item.tokens, context);
  return (
    <>
      <strong>{setting.label}</strong>: {setting.help}
    </>
  );
}

function drawLink({ href, tokens }: Tokens.Link, context: Context): ReactNode {
  const topic = topicOfLink(href);
  // Nothing outside is opened from here.
  if (topic === null) return drawAll(tokens, context);
  return (
    <PageLink type="button" onClick={() => context.onOpen(topic)}>
      {drawAll(tokens, context)}
    </PageLink>
  );
}

const drawTable = ({ header, rows }: Tokens.Table, context: Context): ReactNode => (
  <table>
    <thead>
      <tr>
        {header.map((cell) => (
          <th key={cell.text} scope="col">
            {drawAll(cell.tokens, context)}
          </th>
        ))}
      </tr>
    </thead>
    <tbody>
      {rows.map((row) => (
        <tr key={row.map(({ text }) => text).join('|')}>
          {row.map((cell, column) => (
            <td key={header[column]?.text}>{drawAll(cell.tokens, context)}</td>
          ))}
        </tr>
      ))}
    </tbody>
  </table>
);
