"""Surveys as XLSForm: a spreadsheet or Markdown tables in, the frozen Survey out, and back."""

from surveys.xlsform.reading import read

__all__ = ["read"]
