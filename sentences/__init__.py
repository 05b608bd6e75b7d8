"""Numbers into words, in both languages: titles, verdicts, reasons, attention, gaps. Above the marts, below charts and files."""
