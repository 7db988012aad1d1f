/**
 * Names that JavaScript, promises, loggers, test tools and luxon look for on any object: they are no spelling mistakes, and
 * answer undefined.
 */
export const PROBES =
  /^(?:then|toJSON|constructor|inspect|nodeType|tagName|asymmetricMatch|length|isLuxon\w+|valueOf|\$\$typeof|@@.*|__.*)$/;
