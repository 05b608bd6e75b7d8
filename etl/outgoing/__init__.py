"""What is sent out to those who file: empty templates, findings, reminders, the calendar, how returns stand."""
