// How a template is told from plain text.

export const isTemplateText = (text: string): boolean =>
  text.includes('{{') || text.includes('{%') || text.includes('{#');
