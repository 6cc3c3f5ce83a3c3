"""Task lists in sheets: XLSX, XLS and CSV."""
