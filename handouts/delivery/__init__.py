"""What takes a finished sheet out of the program: a printer."""
