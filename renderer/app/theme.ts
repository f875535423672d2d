/** Compact and calm, in the manner of Windows: 13 px, square corners, thin borders, no shadows but under menus and dialogs. */
import { createTheme } from '@mui/material/styles';

/** Colours of the frame that Material has no name for. */
interface FramePalette {
  /** Menu bar, toolbar, status bar, list headers, dialog background. */
  readonly bar: string;
  /** Thin lines between panes and around groups. */
  readonly line: string;
  /** Border of inputs and buttons (3:1 against its ground). */
  readonly control: string;
  readonly hover: string;
  /** Selected row while its pane has the focus, and while it has not. */
  readonly selected: string;
  readonly selectedInactive: string;
  readonly titleBar: string;
}

declare module '@mui/material/styles' {
  interface CssThemeVariables {
    enabled: true;
  }
  interface Palette {
    readonly frame: FramePalette;
  }
  interface PaletteOptions {
    readonly frame?: FramePalette;
  }
}

export const fontFamily = '"Open Sans Variable", "Segoe UI", "Helvetica Neue", Arial, sans-serif';
export const monospaceFontFamily = '"Roboto Mono", Consolas, "Courier New", monospace';

/** Height of a row in trees, lists and menus, in pixels. */
export const rowHeightPx = 24;

const light = {
  primary: { main: '#005a9e', contrastText: '#ffffff' },
  error: { main: '#b3261e' },
  warning: { main: '#8a5100' },
  success: { main: '#0b6a0b' },
  info: { main: '#005a9e' },
  background: { default: '#ffffff', paper: '#ffffff' },
  text: { primary: '#1b1b1b', secondary: '#565656', disabled: '#6f6f6f' },
  divider: '#d5d5d5',
  frame: {
    bar: '#f3f3f3',
    line: '#d0d0d0',
    control: '#8a8a8a',
    hover: '#e8f1fa',
    selected: '#cde6fb',
    selectedInactive: '#e3e3e3',
    titleBar: '#ffffff',
  },
};

const dark = {
  primary: { main: '#6cb8f6', contrastText: '#0b1a26' },
  error: { main: '#ff9a92' },
  warning: { main: '#f2b84b' },
  success: { main: '#7ccf7c' },
  info: { main: '#6cb8f6' },
  background: { default: '#1c1c1c', paper: '#252525' },
  text: { primary: '#f1f1f1', secondary: '#bdbdbd', disabled: '#9a9a9a' },
  divider: '#3f3f3f',
  frame: {
    bar: '#2a2a2a',
    line: '#444444',
    control: '#8c8c8c',
    hover: '#2f3b46',
    selected: '#0f4a78',
    selectedInactive: '#3a3a3a',
    titleBar: '#202020',
  },
};

export const theme = createTheme({
  cssVariables: { colorSchemeSelector: 'data-theme' },
  colorSchemes: { light: { palette: light }, dark: { palette: dark } },
  spacing: 4,
  shape: { borderRadius: 0 },
  typography: {
    fontFamily,
    htmlFontSize: 16,
    fontSize: 13,
    body1: { fontSize: 13, lineHeight: 1.4 },
    body2: { fontSize: 12, lineHeight: 1.4 },
    h1: { fontSize: 18, fontWeight: 600, lineHeight: 1.3 },
    h2: { fontSize: 15, fontWeight: 600, lineHeight: 1.3 },
    h3: { fontSize: 13, fontWeight: 600, lineHeight: 1.4 },
    button: { fontSize: 13, fontWeight: 400, textTransform: 'none', lineHeight: 1.4 },
  },
  transitions: { create: () => 'none' },
  components: {
    MuiCssBaseline: {
      styleOverrides: (root) => ({
        'html, body, #root': { height: '100%', overflow: 'hidden' },
        body: { fontSize: 13, lineHeight: 1.4, cursor: 'default', userSelect: 'none' },
        'input, textarea, [data-selectable]': { userSelect: 'text', cursor: 'text' },
        // One visible focus for everything; the system's colour in high contrast.
        ':focus-visible': { outline: `2px solid ${root.vars.palette.primary.main}`, outlineOffset: -2 },
        '@media (forced-colors: active)': {
          ':focus-visible': { outline: '2px solid Highlight' },
          // The states that a background shows otherwise. Component styles are more specific than this sheet.
          [[
            '[role="row"][aria-selected="true"]',
            '[role="tab"][aria-selected="true"]',
            '[role="menubar"] [aria-expanded="true"]',
            '.MuiTreeItem-content[data-selected]',
            '.MuiMenuItem-root:focus',
            '[aria-pressed="true"]',
            '[aria-current="true"]',
          ].join(', ')]: {
            forcedColorAdjust: 'none',
            background: 'Highlight !important',
            color: 'HighlightText !important',
            '& *': { color: 'inherit !important' },
          },
          '[aria-disabled="true"]:not(:focus), :disabled': { color: 'GrayText !important' },
        },
      }),
    },
    MuiButtonBase: { defaultProps: { disableRipple: true, disableTouchRipple: true } },
    MuiButton: {
      defaultProps: { variant: 'outlined', color: 'inherit', disableElevation: true },
      styleOverrides: {
        root: ({ theme: { vars } }) => ({
          minWidth: 84,
          flexShrink: 0,
          height: 26,
          padding: '0 12px',
          whiteSpace: 'nowrap',
          borderColor: vars.palette.frame.control,
          backgroundColor: vars.palette.background.paper,
          '&:hover': { backgroundColor: vars.palette.frame.hover, borderColor: vars.palette.primary.main },
          '&[type="submit"]': { borderColor: vars.palette.primary.main, borderWidth: 2 },
          '&.Mui-disabled': { color: vars.palette.text.disabled, borderColor: vars.palette.frame.line },
        }),
      },
    },
    MuiPaper: { defaultProps: { elevation: 0 }, styleOverrides: { root: { backgroundImage: 'none' } } },
    MuiDialog: {
      defaultProps: { transitionDuration: 0 },
      styleOverrides: {
        paper: ({ theme: { vars } }) => ({
          border: `1px solid ${vars.palette.frame.control}`,
          backgroundColor: vars.palette.frame.bar,
          boxShadow: '0 8px 24px rgb(0 0 0 / 35%)',
          margin: 16,
        }),
      },
    },
    MuiBackdrop: { styleOverrides: { root: { backgroundColor: 'rgb(0 0 0 / 8%)' } } },
    MuiMenuItem: {
      styleOverrides: {
        root: ({ theme: { vars } }) => ({
          minHeight: rowHeightPx,
          padding: '2px 12px 2px 8px',
          fontSize: 13,
          '&:hover, &:focus, &.Mui-focusVisible': { backgroundColor: vars.palette.frame.selected },
          '&.Mui-selected, &.Mui-selected:hover': { backgroundColor: 'transparent' },
          '&.Mui-selected:focus': { backgroundColor: vars.palette.frame.selected },
          // The reason why it is off is in the tooltip, so the pointer must reach the item.
          '&.Mui-disabled': { opacity: 1, color: vars.palette.text.disabled, pointerEvents: 'auto', cursor: 'default' },
        }),
      },
    },
    MuiTooltip: {
      defaultProps: { enterDelay: 500, enterNextDelay: 100 },
      styleOverrides: {
        tooltip: ({ theme: { vars } }) => ({
          fontSize: 12,
          lineHeight: 1.4,
          padding: '3px 7px',
          maxWidth: 420,
          color: vars.palette.text.primary,
          backgroundColor: vars.palette.background.paper,
          border: `1px solid ${vars.palette.frame.control}`,
          whiteSpace: 'pre-line',
        }),
      },
    },
    MuiTabs: {
      styleOverrides: {
        root: { minHeight: 26 },
        indicator: { display: 'none' },
      },
    },
    MuiTab: {
      styleOverrides: {
        root: ({ theme: { vars } }) => ({
          minHeight: 26,
          minWidth: 0,
          padding: '3px 12px',
          textTransform: 'none',
          color: vars.palette.text.primary,
          border: `1px solid ${vars.palette.frame.line}`,
          borderBottom: 'none',
          marginRight: -1,
          backgroundColor: vars.palette.frame.bar,
          '&.Mui-selected': {
            color: vars.palette.text.primary,
            backgroundColor: vars.palette.background.paper,
            boxShadow: `inset 0 2px 0 ${vars.palette.primary.main}`,
          },
        }),
      },
    },
  },
});
