"""The briefing pack: one selection as slides, document, PDF, web page, wall frieze and workbook."""
