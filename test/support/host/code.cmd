@node --import tsx "%~dp0code.ts" %*
