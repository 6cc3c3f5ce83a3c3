"""Answers as files: text for machines and spreadsheets, workbooks to be read or filled, lists to print, calendars."""
