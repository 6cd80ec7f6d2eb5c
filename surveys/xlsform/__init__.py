"""Surveys as XLSForm: a spreadsheet or Markdown tables in, the frozen Survey out, and back.

``read`` raises DefinitionError with all problems; ``examine`` gives them instead; ``write_xlsx`` gives the workbook.
"""

from surveys.xlsform.reading import FileType, examine, read
from surveys.xlsform.writing import write_xlsx

__all__ = ["FileType", "examine", "read", "write_xlsx"]
